// Text that changes by itself, as JSON texts. "start" watches from now on; "ours" says that what follows may be our doing
// (keys, presses, another window size); "theirs" that it is not again; "late" the same, once the page was seen; "read"
// gives the elements of which changes were seen. Elements have the numbers that snapshot.js gave them. Runs in a world of our own.
function changes(argument) {
  const { step } = JSON.parse(argument);
  const getter = (type, name) => {
    const { get } = Object.getOwnPropertyDescriptor(type.prototype, name);
    return (node) => Reflect.apply(get, node, []);
  };
  const method =
    (type, name) =>
    (node, ...args) =>
      Reflect.apply(type.prototype[name], node, args);
  const rootOf = getter(Element, "shadowRoot");
  const parentOf = getter(Node, "parentNode");
  const contentOf = getter(Node, "textContent");
  const localName = getter(Element, "localName");
  const innerText = getter(HTMLElement, "innerText");
  const rectangle = method(Element, "getBoundingClientRect");
  const visible = method(Element, "checkVisibility");
  const SILENT = new Set(["head", "title", "script", "style", "noscript", "template", "textarea", "option", "select"]);
  const APART = 100; // milliseconds between two changes, as a reader counts them
  const LONGEST = 80;
  const MOST = 1000;

  if (step === "start") {
    const state = (globalThis.presscheckChanges = { seen: new Map(), ours: false });
    const note = (element, before, after) => {
      if (before.trim() === after.trim()) return;
      const now = performance.now();
      let one = state.seen.get(element);
      if (!one) {
        if (state.seen.size >= MOST) return;
        state.seen.set(element, (one = { times: 0, swaps: 0, late: 0, ours: 0, first: now, last: -Infinity }));
      }
      if (now - one.last < APART) return;
      one.last = now;
      if (state.ours) one.ours += 1;
      else {
        if (!one.times) one.first = now;
        one.times += 1;
        if (before.trim() && after.trim()) one.swaps += 1;
        if (state.late) one.late += 1;
      }
    };
    const look = (records) => {
      const lists = new Map(); // what one script took out and put in, at once
      for (const { type, target, oldValue, removedNodes, addedNodes } of records) {
        const holder = type === "characterData" ? parentOf(target) : target;
        if (!(holder instanceof HTMLElement) || SILENT.has(localName(holder))) continue;
        if (type === "characterData") {
          note(holder, oldValue ?? "", contentOf(target) ?? "");
          continue;
        }
        const list = lists.get(holder) ?? ["", ""];
        for (const [side, nodes] of [removedNodes, addedNodes].entries())
          for (const node of nodes)
            if (!(node instanceof Comment) && !(node instanceof Element && SILENT.has(localName(node)))) list[side] += contentOf(node);
        lists.set(holder, list);
      }
      for (const [holder, [before, after]] of lists) note(holder, before, after);
    };
    const observer = new MutationObserver(look);
    const watch = (root) => {
      observer.observe(root, { subtree: true, childList: true, characterData: true, characterDataOldValue: true });
      for (const element of method(root instanceof Document ? Document : ShadowRoot, "querySelectorAll")(root, "*"))
        if (rootOf(element)) watch(rootOf(element));
    };
    watch(document);
    return JSON.stringify({});
  }

  const state = globalThis.presscheckChanges;
  if (!state) return JSON.stringify(null);
  if (step === "ours") state.ours = true;
  if (step === "theirs") state.ours = false;
  if (step === "late") [state.ours, state.late] = [false, true];
  if (step !== "read") return JSON.stringify({});

  const shown = (element) => {
    const box = rectangle(element);
    const there = box.width > 2 && box.height > 2 && box.right + scrollX > 0 && box.bottom + scrollY > 0;
    return there && visible(element, { opacityProperty: true, visibilityProperty: true });
  };
  const numbered = (element) => {
    const numbers = globalThis.presscheckNumbers;
    for (let at = element; at; at = parentOf(at) ?? null) if (numbers?.has(at)) return numbers.get(at);
    return null;
  };
  const short = (text) => text.trim().replace(/\s+/g, " ");
  const body = getter(Document, "body")(document);
  const found = [];
  for (const [element, { times, swaps, late, ours, first, last }] of state.seen) {
    const number = numbered(element);
    if (number === null || !shown(element)) continue;
    const text = short(innerText(element));
    const alone = Boolean(body) && text === short(innerText(body));
    const [seconds, idle] = [(last - first) / 1000, (performance.now() - last) / 1000];
    found.push({ element: number, times, swaps, late, ours, seconds, idle, text: text.slice(0, LONGEST), alone });
  }
  return JSON.stringify(found);
}
