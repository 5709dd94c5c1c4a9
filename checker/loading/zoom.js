// Text that boxes cut off, as JSON texts. "usual" measures the page as it is; "zoomed", once the window is half as wide
// and high (what a reader who enlarges to 200 percent has), says which lines of text are cut through by a box that does not
// scroll. Takes the closed shadow roots; elements have the numbers that snapshot.js gave them. Runs in a world of our own.
async function zoom(argument, ...closed) {
  const { step } = JSON.parse(argument);
  const getter = (type, name) => {
    const { get } = Object.getOwnPropertyDescriptor(type.prototype, name);
    return (node) => Reflect.apply(get, node, []);
  };
  const method =
    (type, name) =>
    (node, ...args) =>
      Reflect.apply(type.prototype[name], node, args);
  const openRoot = getter(Element, "shadowRoot");
  const hostOf = getter(ShadowRoot, "host");
  const closedRoots = new Map(closed.map((root) => [hostOf(root), root]));
  const rootOf = (element) => openRoot(element) ?? closedRoots.get(element) ?? null;
  const walkerOf = method(Document, "createTreeWalker");
  const rectangle = method(Element, "getBoundingClientRect");
  const visible = method(Element, "checkVisibility");
  const attribute = method(Element, "getAttribute");
  const namespace = getter(Element, "namespaceURI");
  const openSlot = { [Node.ELEMENT_NODE]: getter(Element, "assignedSlot"), [Node.TEXT_NODE]: getter(Text, "assignedSlot") };
  const parentOf = getter(Node, "parentNode");
  const typeOf = getter(Node, "nodeType");
  const textOf = getter(CharacterData, "data");
  const [leftOf, topOf] = [getter(Element, "scrollLeft"), getter(Element, "scrollTop")];
  const top = getter(Document, "documentElement")(document);
  const body = getter(Document, "body")(document);
  const HTML = "http://www.w3.org/1999/xhtml";
  const LONGEST = 80;
  const MOST = 200;
  const LONGEST_LOOK = 2000; // milliseconds: a page without end is measured in part

  const slots = new Map(); // of what stands in a closed root, which does not say its slot
  for (const root of closed)
    for (const slot of method(ShadowRoot, "querySelectorAll")(root, "slot"))
      for (const node of method(HTMLSlotElement, "assignedNodes")(slot)) slots.set(node, slot);
  const above = (node) => {
    const parent = openSlot[typeOf(node)](node) ?? slots.get(node) ?? parentOf(node);
    if (parent instanceof ShadowRoot) return hostOf(parent);
    return parent instanceof Element ? parent : null;
  };

  function* textsOf(root) {
    const walker = walkerOf(document, root, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (node instanceof Text) yield node;
      else if (rootOf(node)) yield* textsOf(rootOf(node));
    }
  }

  // What an element does to the lines in it; the same for all of them in one measuring. Of the style is read what
  // something hangs on: most elements cut nothing off.
  const known = new Map();
  const boxOf = (element) => {
    let box = known.get(element);
    if (box) return box;
    const style = getComputedStyle(element);
    const position = style.position;
    const leaves = position === "absolute" || position === "fixed";
    box = { element, style, position, leaves, x: "", y: "", unheard: attribute(element, "aria-hidden")?.toLowerCase() === "true" };
    known.set(element, box);
    box.plain = style.overflow === "visible" && !leaves;
    if (!box.plain) clipOf(box);
    return box;
  };
  const clipOf = (box) => {
    const { element, style } = box;
    if (element === top || element === body) return; // the window's business: its scroll is often locked for a while
    if (/^(inline|contents|none|table-(row|column)(-group)?|table-(header|footer)-group|ruby.*)$/.test(style.display)) return;
    const [x, y] = [style.overflowX, style.overflowY];
    [box.x, box.y] = [x, y].map((overflow) => (overflow === "visible" ? "" : overflow));
    if (!box.x && !box.y) return;
    box.ellipsis = style.textOverflow !== "clip";
    box.clamped = style.webkitLineClamp !== "none";
    const outer = rectangle(element);
    const side = (name) => parseFloat(style[`border${name}Width`]) || 0;
    const margin = x === "clip" || y === "clip" ? parseFloat(style.overflowClipMargin) || 0 : 0;
    box.left = outer.left + side("Left") - margin;
    box.right = outer.right - side("Right") + margin;
    box.top = outer.top + side("Top") - margin;
    box.bottom = outer.bottom - side("Bottom") + margin;
  };
  const drawn = (box) => (box.drawn ??= box.style.display !== "contents");
  const moves = (box) => {
    const { element, style } = box;
    const set = () => style.transform !== "none" || style.animationName !== "none" || style.translate !== "none";
    return (box.moves ??= drawn(box) && (box.leaves || leftOf(element) !== 0 || topOf(element) !== 0 || set()));
  };
  // Whether it holds what is positioned within.
  const holds = ({ style }) =>
    style.transform !== "none" ||
    style.translate !== "none" ||
    style.scale !== "none" ||
    style.rotate !== "none" ||
    style.filter !== "none" ||
    style.perspective !== "none" ||
    /paint|layout|strict|content/.test(style.contain) ||
    /transform|filter|perspective/.test(style.willChange);

  const cuts = (overflow) => overflow === "hidden" || overflow === "clip";
  // The boxes that cut off what stands in an element, innermost first; null where a reader meets none of it.
  const clipsOf = (element) => {
    const [clips, passed] = [[], []];
    let [freeX, freeY, moved, leaving] = [false, false, false, ""];
    for (let at = element; at; at = above(at)) {
      const box = boxOf(at);
      if (box.unheard) return null;
      if ((!box.plain || leaving) && !drawn(box)) continue;
      if (leaving && !(leaving === "absolute" && box.position !== "static") && !holds(box)) continue;
      passed.push(box);
      const [x, y] = [!freeX && cuts(box.x), !freeY && cuts(box.y)];
      if (x || y) {
        moved = passed.splice(0).some(moves) || moved;
        clips.push({ ...box, x, y, moved });
      }
      freeX ||= Boolean(box.x) && !cuts(box.x);
      freeY ||= Boolean(box.y) && !cuts(box.y);
      leaving = box.leaves ? box.position : "";
    }
    return clips;
  };

  const canvas = new OffscreenCanvas(1, 1).getContext("2d");
  const fonts = new Map();
  const inkOf = (style) => {
    const font = `${style.fontStyle} ${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
    let ink = fonts.get(font);
    if (!ink) {
      canvas.font = font;
      const { fontBoundingBoxAscent, fontBoundingBoxDescent, actualBoundingBoxAscent } = canvas.measureText("H");
      const whole = fontBoundingBoxAscent + fontBoundingBoxDescent || 1;
      ink = { base: fontBoundingBoxAscent / whole, cap: actualBoundingBoxAscent / whole };
      fonts.set(font, ink);
    }
    return ink;
  };

  // Which box cuts through a line that is seen, and on which side: of its letters one part shows and another does not.
  // Null where none of it shows.
  const cutOf = (line, clips, ink, size) => {
    const bottom = line.top + ink.base * line.height;
    const head = bottom - ink.cap * line.height;
    const left = { left: line.left, right: line.right, top: head, bottom }; // of it, after each box
    let found = { box: null, side: "" };
    for (const clip of clips) {
      if (clip.right - clip.left <= 2 || clip.bottom - clip.top <= 2) return null; // kept for screen readers
      if (clip.y) {
        const lost = Math.max(clip.top - left.top, left.bottom - clip.bottom);
        if (!found.box && !clip.clamped && lost > Math.max(1, (bottom - head) / 5)) found = { box: clip, side: "height" };
        [left.top, left.bottom] = [Math.max(left.top, clip.top), Math.min(left.bottom, clip.bottom)];
      }
      if (clip.x) {
        const lost = Math.max(clip.left - left.left, left.right - clip.right);
        if (!found.box && !clip.ellipsis && lost > size / 2) found = { box: clip, side: "width" };
        [left.left, left.right] = [Math.max(left.left, clip.left), Math.min(left.right, clip.right)];
      }
    }
    const seen = left.right - left.left >= size / 4 && left.bottom - left.top >= Math.max(1, (bottom - head) / 10);
    return seen ? found : null;
  };

  const range = method(Document, "createRange")(document);
  const shown = (element) =>
    namespace(element) === HTML && visible(element, { opacityProperty: true, visibilityProperty: true, contentVisibilityAuto: true });
  let whole = true;
  function* measured() {
    const clipping = new Map();
    const end = performance.now() + LONGEST_LOOK;
    for (const text of textsOf(document)) {
      if (performance.now() > end) {
        whole = false;
        return;
      }
      const element = parentOf(text);
      if (!(element instanceof Element) || !textOf(text).trim()) continue;
      const around = above(text);
      if (!clipping.has(around)) clipping.set(around, shown(element) ? clipsOf(around) : null);
      const clips = clipping.get(around);
      if (!clips?.length) continue;
      const style = getComputedStyle(element);
      const size = parseFloat(style.fontSize);
      if (size < 1 || !style.writingMode.startsWith("horizontal") || /^rgba\(.*, 0\)$|\/ 0\)$/.test(style.color)) continue;
      range.selectNodeContents(text);
      const lines = [...range.getClientRects()].filter(
        (line) => line.width && line.height && line.right + scrollX > 0 && line.bottom + scrollY > 0,
      );
      if (!lines.length) continue;
      const ink = inkOf(style);
      const said = lines.map((line) => cutOf(line, clips, ink, size)).filter((line) => line);
      if (said.length) yield { text, element, ...(said.find((line) => line.box) ?? said[0]) };
    }
  }

  const state = (globalThis.presscheckZoom ??= { before: new Map() });
  if (step === "usual") {
    for (const { text, box, side } of measured()) if (box) state.before.set(text, side);
    return JSON.stringify({});
  }
  const frame = () =>
    new Promise((done) => {
      const timer = setTimeout(done, 100); // a page that draws nothing has no frames
      requestAnimationFrame(() => requestAnimationFrame(() => (clearTimeout(timer), done())));
    });
  await frame();
  const numbers = globalThis.presscheckNumbers;
  const cut = [];
  let texts = 0;
  for (const { text, element, box, side } of measured()) {
    if (!box) {
      texts += 1;
      continue;
    }
    const [number, around] = [numbers?.get(element), numbers?.get(box.element)];
    if (number === undefined || around === undefined) continue; // it came later than the page that is judged
    if (cut.length >= MOST) {
      whole = false;
      break;
    }
    texts += 1;
    const words = textOf(text).trim().replace(/\s+/g, " ").slice(0, LONGEST);
    cut.push({ element: number, box: around, side, text: words, before: state.before.get(text) === side, moved: box.moved });
  }
  return JSON.stringify({ texts, cut, whole });
}
