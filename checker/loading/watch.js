// Whether the page is quiet, as a JSON text: milliseconds since the last change of the DOM, pictures that are still
// coming, fonts, the document's state, and whether timers
// run at all (under a Content-Security-Policy of sandbox they do not). The first call starts the watch. Runs in a world of our own.
function watch() {
  const getter = (name) => Object.getOwnPropertyDescriptor(Document.prototype, name).get;
  const of = (root, name) => Reflect.apply(getter(name), root, []);
  const query = (selector) => Reflect.apply(Document.prototype.querySelectorAll, document, [selector]);
  let state = globalThis.presscheckWatch;
  if (!state) {
    const changed = () => {
      state.last = performance.now();
    };
    state = globalThis.presscheckWatch = { last: performance.now(), observer: new MutationObserver(changed), seen: new Set(), alive: false };
    setTimeout(() => {
      state.alive = true;
    }, 0);
  }
  const observe = (root) => {
    if (!root || state.seen.has(root)) return;
    state.seen.add(root);
    state.observer.observe(root, { subtree: true, childList: true, attributes: true, characterData: true });
  };
  observe(document);
  let pictures = 0;
  for (const frame of query("iframe")) {
    observe(Object.getOwnPropertyDescriptor(HTMLIFrameElement.prototype, "contentDocument").get.call(frame));
  }
  for (const image of query("img")) {
    // A lazy one that is nowhere to be seen is never asked for.
    if (!image.complete && image.loading !== "lazy") pictures += 1;
  }
  const fonts = Object.getOwnPropertyDescriptor(Document.prototype, "fonts")?.get;
  return JSON.stringify({
    alive: state.alive,
    quiet: Math.floor(performance.now() - state.last),
    pictures,
    fonts: !fonts || Reflect.apply(fonts, document, []).status === "loaded",
    ready: of(document, "readyState"),
  });
}
