// The keyboard's focus, step by step, as JSON texts. "start" takes the closed shadow roots and numbers the elements of
// the top document and its shadow roots as snapshot.js does, and says how many the keyboard is likely to reach; "here"
// says where the focus is, "passed" where it was after each Tab since it was last asked: as the key went up or, {held},
// as the next one went down; "to" gives it to {element}; "away" takes it off, "back" puts it there again; "end"
// leaves the page as it was found. Runs in a world of our own.
function focus(argument, ...closed) {
  const { step, held, element: wanted } = JSON.parse(argument);
  const EDGE = 16;
  const getter = (type, name) => {
    const { get } = Object.getOwnPropertyDescriptor(type.prototype, name);
    return (node) => Reflect.apply(get, node, []);
  };
  const method =
    (type, name) =>
    (node, ...args) =>
      Reflect.apply(type.prototype[name], node, args);
  const openRoot = getter(Element, "shadowRoot");
  const closedRoots =
    globalThis.presscheckFocus?.closedRoots ?? new Map(closed.map((root) => [getter(ShadowRoot, "host")(root), root]));
  const rootOf = (element) => openRoot(element) ?? closedRoots.get(element) ?? null;
  const localName = getter(Element, "localName");
  const rectangle = method(Element, "getBoundingClientRect");
  const walkerOf = method(Document, "createTreeWalker");
  const activeOf = (root) => (root === document ? getter(Document, "activeElement")(root) : getter(ShadowRoot, "activeElement")(root));

  const active = () => {
    let found = activeOf(document);
    while (found && rootOf(found) && activeOf(rootOf(found))) found = activeOf(rootOf(found));
    return found;
  };
  const call = (element, name, ...args) => {
    const type = element instanceof HTMLElement ? HTMLElement : element instanceof SVGElement ? SVGElement : null;
    if (type) method(type, name)(element, ...args);
  };
  const blur = () => {
    const element = active();
    if (element) call(element, "blur");
  };

  function* elementsOf(root) {
    const walker = walkerOf(document, root, NodeFilter.SHOW_ELEMENT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      yield node;
      const shadow = rootOf(node);
      if (shadow) yield* elementsOf(shadow);
    }
  }

  const outlined = (element) => {
    const style = getComputedStyle(element);
    if (style.outlineStyle === "none" || !(parseFloat(style.outlineWidth) > 0)) return false;
    if (/^rgba\(.*, 0\)$|^transparent$/.test(style.outlineColor)) return false;
    const box = rectangle(element);
    return box.width >= 4 && box.height >= 4 && box.right > 0 && box.bottom > 0;
  };
  // Whether the element is what is seen at its middle; null where the middle is out of sight.
  const uncovered = (element) => {
    const box = rectangle(element);
    let top = method(Document, "elementFromPoint")(document, box.left + box.width / 2, box.top + box.height / 2);
    if (!top) return null;
    while (top && rootOf(top)) {
      const inner = method(ShadowRoot, "elementFromPoint")(rootOf(top), box.left + box.width / 2, box.top + box.height / 2);
      if (!inner || inner === top) break;
      top = inner;
    }
    const contains = method(Node, "contains");
    return contains(element, top) || contains(top, element);
  };

  // The part of the page around the element that the window shows; null where that is nothing, or most of the window.
  const around = (element) => {
    const box = rectangle(element);
    const [left, top] = [Math.max(0, Math.floor(box.left) - EDGE), Math.max(0, Math.floor(box.top) - EDGE)];
    const width = Math.min(innerWidth, Math.ceil(box.right) + EDGE) - left;
    const height = Math.min(innerHeight, Math.ceil(box.bottom) + EDGE) - top;
    if (width <= EDGE || height <= EDGE || width * height > (innerWidth * innerHeight) / 2) return null;
    return { x: left + scrollX, y: top + scrollY, width, height, scale: 1 };
  };

  const reached = (element) =>
    element.tabIndex >= 0 &&
    !element.disabled &&
    (element.type !== "radio" || element.checked) &&
    method(Element, "checkVisibility")(element, { visibilityProperty: true, contentVisibilityAuto: true });

  const here = (state) => {
    const element = active();
    state.last = element;
    const nowhere = !element || element === document.body || element === document.documentElement;
    if (nowhere) return { element: null };
    const open = uncovered(element); // asked once: it lays the page out
    const ring = open === true && outlined(element);
    return {
      element: state.numbers.get(element) ?? -1,
      name: localName(element),
      ring,
      near: ring ? null : around(element),
      covered: open === false,
      editable: Boolean(element.isContentEditable) || /^(input|textarea)$/.test(localName(element)),
    };
  };

  if (step === "start") {
    const numbers = new Map();
    for (const element of elementsOf(document)) numbers.set(element, numbers.size);
    blur();
    scrollTo(0, 0);
    const state = (globalThis.presscheckFocus = { numbers, closedRoots, last: null, held, passed: [], pressed: false, note: null });
    state.note = (event) => {
      if (!event.isTrusted || event.key !== "Tab") return;
      if (!held || state.pressed) state.passed.push(here(state));
      state.pressed = true;
    };
    addEventListener(held ? "keydown" : "keyup", state.note, true);
    // Keys that go to another document, or to the parts of a player, are not seen here.
    const apart = new Set(["iframe", "frame", "object", "embed", "audio", "video"]);
    const all = [...numbers.keys()];
    const whole = !all.some((element) => apart.has(localName(element)));
    return JSON.stringify({ whole, likely: all.filter(reached).length });
  }
  const state = globalThis.presscheckFocus;
  if (step === "here") {
    [state.passed, state.pressed] = [[], false];
    return JSON.stringify(here(state));
  }
  if (step === "passed") {
    if (state.held && state.pressed) state.passed.push(here(state));
    state.pressed = false;
    return JSON.stringify(state.passed.splice(0));
  }
  if (step === "to") {
    for (const [element, number] of state.numbers) if (number === wanted) call(element, "focus", { focusVisible: true });
  }
  if (step === "away") blur();
  if (step === "back" && state.last) call(state.last, "focus", { preventScroll: true, focusVisible: true });
  if (step === "end") {
    removeEventListener(state.held ? "keydown" : "keyup", state.note, true);
    blur();
    scrollTo(0, 0);
  }
  return JSON.stringify({});
}
