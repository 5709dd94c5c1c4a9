// One synchronous look at the laid-out page, from a world of our own: the page's scripts neither run in it nor reach
// its built-ins. Elements are reached by the prototypes' own accessors, since a page's names (<img name=URL>, an
// <input name=children> in a form) hide those of documents and forms in every world.
// Takes a JSON text {mark, longest} and closed shadow roots; gives a JSON text.
function snapshot(argument, ...closed) {
  const { mark, longest } = JSON.parse(argument);
  const getter = (type, name) => {
    const { get } = Object.getOwnPropertyDescriptor(type.prototype, name);
    return (node) => Reflect.apply(get, node, []);
  };
  const method =
    (type, name) =>
    (node, ...args) =>
      Reflect.apply(type.prototype[name], node, args);
  const rootOf = getter(Element, "shadowRoot");
  const localName = getter(Element, "localName");
  const namespace = getter(Element, "namespaceURI");
  const slotOf = getter(Element, "assignedSlot");
  const parentOf = getter(Node, "parentNode");
  const typeOf = getter(Node, "nodeType");
  const hostOf = getter(ShadowRoot, "host");
  const attribute = method(Element, "getAttribute");
  const rectangle = method(Element, "getBoundingClientRect");
  const visible = method(Element, "checkVisibility");
  const walkerOf = method(Document, "createTreeWalker");
  const documentElement = getter(Document, "documentElement");
  const HTML = "http://www.w3.org/1999/xhtml";
  const closedRoots = new Map(closed.map((root) => [root.host, root]));
  const shadowOf = (element) => rootOf(element) ?? closedRoots.get(element) ?? null;

  function* elementsOf(root) {
    const walker = walkerOf(document, root, NodeFilter.SHOW_ELEMENT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      yield node;
      const shadow = shadowOf(node);
      if (shadow) yield* elementsOf(shadow);
    }
  }

  const elements = [];
  const numbers = new Map();
  const boxes = [];
  const hidden = [];
  const unseen = new Set();
  const images = [];
  const backgrounds = [];
  const media = [];
  const frames = [];
  const documents = [];

  const isHidden = (element) => {
    if (visible(element, { opacityProperty: true, visibilityProperty: true })) return false;
    if (getComputedStyle(element).display !== "contents") return true;
    const parent = slotOf(element) ?? parentOf(element);
    const holder = parent && typeOf(parent) === Node.DOCUMENT_FRAGMENT_NODE ? hostOf(parent) : parent;
    return !holder || !numbers.has(holder) || unseen.has(holder);
  };

  const currentSource = getter(HTMLImageElement, "currentSrc");
  const complete = getter(HTMLImageElement, "complete");
  const width = getter(HTMLImageElement, "naturalWidth");
  const height = getter(HTMLImageElement, "naturalHeight");
  const clip = (url) => (url.startsWith("data:") ? url.slice(0, longest) : url);
  const rooted = (element) => /^\s*\/(?!\/)/.test(attribute(element, "src") ?? "");

  const parentElement = getter(Node, "parentElement");
  const namedParent = (element) => localName(parentElement(element) ?? element);
  const pictureOf = (element, number) => {
    const url = currentSource(element);
    const size = [width(element), height(element)];
    if (size[0] && (attribute(element, "srcset") !== null || namedParent(element) === "picture")) {
      // A candidate of srcset has its size divided by its density; the same picture alone has its own.
      const alone = new Image();
      alone.src = url;
      if (alone.complete && alone.naturalWidth) size.splice(0, 2, alone.naturalWidth, alone.naturalHeight);
    }
    images.push([number, clip(url), ...size, complete(element), rooted(element)]);
  };

  const buttonOf = (element, number) => {
    const url = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "src").get.call(element);
    images.push([number, clip(url), 0, 0, null, rooted(element)]);
  };

  const mediaOf = (element, number) => {
    const said = (name) => Object.getOwnPropertyDescriptor(HTMLMediaElement.prototype, name)?.get.call(element);
    if (!said("autoplay")) return;
    const [url, part = ""] = said("currentSrc").split("#");
    const seconds = said("duration");
    media.push({
      element: number,
      source: clip(url) + (part && `#${part.slice(0, longest)}`),
      duration: Number.isFinite(seconds) ? seconds : null,
      ready: said("readyState"),
      silent: said("muted") || said("volume") === 0,
      loop: said("loop"),
      stopped: said("paused") && !said("ended"),
      sounding: said("webkitAudioDecodedByteCount") > 0,
    });
  };

  const backgroundsOf = (element, number) => {
    for (const pseudo of [null, "::before", "::after"]) {
      const style = getComputedStyle(element, pseudo);
      if (pseudo && (style.content === "none" || style.content === "normal")) continue;
      const value = style.backgroundImage;
      if (value === "none" || !value.includes("url(")) continue;
      for (const [, text] of value.matchAll(/url\("((?:[^"\\]|\\.)*)"\)/gs)) {
        const url = text.replace(/\\(.)/gs, "$1");
        if (url) backgrounds.push([number, clip(url)]);
      }
    }
  };

  const frameOf = (element, number, queue) => {
    const type = { iframe: HTMLIFrameElement, frame: HTMLFrameElement, object: HTMLObjectElement }[localName(element)];
    const inner = getter(type, "contentDocument")(element);
    if (type === HTMLObjectElement && !inner) return;
    const address = getter(type, type === HTMLObjectElement ? "data" : "src")(element);
    const url = inner ? getter(Document, "URL")(inner) : address;
    const frame = { element: number, url: clip(url), html: null, drawn: !unseen.has(element) };
    frames.push(frame);
    if (inner && documentElement(inner)) queue.push([inner, element, frame]);
  };

  const look = (element, dx, dy, queue, below) => {
    const number = elements.length;
    elements.push(element);
    numbers.set(element, number);
    const box = rectangle(element);
    boxes.push(
      [box.left + dx, box.top + dy, box.width, box.height].map((value) => Math.round(value) || 0),
    );
    if (below || isHidden(element)) {
      unseen.add(element);
      hidden.push(number);
    } else {
      backgroundsOf(element, number);
    }
    if (namespace(element) !== HTML) return;
    const name = localName(element);
    if (name === "img") pictureOf(element, number);
    else if (name === "audio" || name === "video") mediaOf(element, number);
    else if (name === "input" && attribute(element, "type")?.toLowerCase() === "image") buttonOf(element, number);
    else if (name === "iframe" || name === "frame" || name === "object") frameOf(element, number, queue);
  };

  const queue = [[document, null, null]];
  while (queue.length) {
    const [root, holder, frame] = queue.shift();
    let [dx, dy] = [scrollX, scrollY];
    if (holder) {
      const style = getComputedStyle(holder);
      const [x, y] = boxes[numbers.get(holder)];
      dx = x + (parseFloat(style.borderLeftWidth) || 0) + (parseFloat(style.paddingLeft) || 0);
      dy = y + (parseFloat(style.borderTopWidth) || 0) + (parseFloat(style.paddingTop) || 0);
    }
    const below = Boolean(holder && unseen.has(holder));
    const shadows = [];
    for (const element of elementsOf(root)) {
      look(element, dx, dy, queue, below);
      const shadow = shadowOf(element);
      if (shadow) shadows.push(shadow);
    }
    documents.push({ root, frame, shadows });
  }

  const set = method(Element, "setAttribute");
  const remove = method(Element, "removeAttribute");
  const markup = ({ root, shadows }) => {
    const top = documentElement(root);
    if (!top) return "";
    const holder = method(Document, "createElement")(document, "div");
    method(Node, "appendChild")(holder, method(Node, "cloneNode")(top, false));
    const shell = getter(Element, "innerHTML")(holder); // outerHTML is not its own while the engine runs, or hangs
    const end = shell.lastIndexOf("</");
    const kind = getter(Document, "doctype")(root);
    const ids = kind?.publicId ? ` PUBLIC "${kind.publicId}"` : kind?.systemId ? " SYSTEM" : "";
    const doctype = kind ? `<!DOCTYPE ${kind.name}${ids}${kind.systemId ? ` "${kind.systemId}"` : ""}>` : "";
    return doctype + shell.slice(0, end) + method(Element, "getHTML")(top, { shadowRoots: shadows }) + shell.slice(end);
  };
  let htmls = [];
  try {
    elements.forEach((element, number) => set(element, mark, String(number)));
    htmls = documents.map((one) =>
      markup(one)
        .replaceAll(/data-presscheck/gi, "data-presscheck-own") // no number but ours
        .replaceAll(mark, "data-presscheck"),
    );
  } finally {
    for (const element of elements) remove(element, mark);
  }
  documents.forEach(({ frame }, index) => {
    if (frame) frame.html = htmls[index];
  });
  globalThis.presscheckNumbers = numbers; // for what looks at the page later
  const judged = globalThis.presscheckAxe?.elements ?? [];
  return JSON.stringify({
    html: htmls[0],
    boxes,
    hidden,
    images,
    backgrounds,
    media,
    frames,
    axe: judged.map((element) => numbers.get(element) ?? null),
    closed: [...closedRoots.keys()].map((host) => numbers.get(host) ?? null),
  });
}
