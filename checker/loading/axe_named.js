// Which computed styles axe_walk.js need not ask for: those that no style of the page names. HTML elements have the
// initial values of them then, for the browser's own styles set them for a few elements alone, of which all is asked
// (see LIKELY and HINTS there; a test holds both to it). Leaves in presscheckNamed {initial, pseudos, placed}: values by
// property, the elements that may have a ::before or ::after, and whether a style may follow from an element's place or
// attributes otherwise than by a selector; where that cannot be told (a sheet of another origin, an animation), no value,
// null, and true.
function named() {
  const getter = (type, name) => Function.prototype.call.bind(Object.getOwnPropertyDescriptor(type.prototype, name).get);
  const method = (type, name) => Function.prototype.call.bind(type.prototype[name]);
  const find = method(Document, "querySelectorAll");
  const INITIAL = {
    position: "static", float: "none", opacity: "1", "z-index": "auto", clip: "auto", "clip-path": "none", transform: "none",
    filter: "none", perspective: "none", "mix-blend-mode": "normal", isolation: "auto", "will-change": "auto", contain: "none",
    "content-visibility": "visible", mask: "none", "-webkit-mask-box-image": "none", "pointer-events": "auto",
    "text-indent": "0px", "letter-spacing": "normal", "word-spacing": "0px", translate: "none", scale: "none", rotate: "none",
    "column-count": "auto", "text-shadow": "none", "outline-style": "none", "-webkit-text-stroke": "0px", "-webkit-text-fill-color": "",
  };
  const STROKE = ["-webkit-text-stroke"];
  const AS_WELL = { columns: ["column-count"], outline: ["outline-style"], "text-stroke-width": STROKE, "text-stroke-color": STROKE, all: Object.keys(INITIAL) };
  const MANY = 200; // selectors: to look for all would cost more than it saves
  const initial = new Map(Object.entries(INITIAL));
  const selectors = ["q"]; // of the browser's own styles
  // As Chromium writes a style: a name stands after a brace, a semicolon or a space, and before a colon.
  const NAME = /[\s;{]([a-z-]+):/g;
  const PLACED = /\b(?:sibling-(?:index|count)|random(?:-item)?|attr)\(|\dcq(?:[whib]|min|max)\b/i;
  const CONTENT = /(?<![\w-])content:(?:"(?:\\.|[^"\\])*"|[^;}"])*/g; // of a pseudo-element; an element's is not asked for
  let placed = false;
  const note = (text) => {
    placed ||= PLACED.test(text) && PLACED.test(text.replace(CONTENT, ""));
    for (const [, name] of text.matchAll(NAME)) {
      const plain = name.replace(/^-webkit-/, "");
      for (const one of [name, plain, `-webkit-${plain}`, ...(AS_WELL[plain] ?? [])]) initial.delete(one);
      if (plain.startsWith("mask")) for (const one of ["mask", "-webkit-mask-box-image"]) initial.delete(one);
    }
  };
  const PSEUDO = /::(before|after)(?![\w-])/g;
  const DRAWING = ["content", "all"]; // without it there is none
  const GROUPS = [CSSMediaRule, CSSSupportsRule, CSSLayerBlockRule, CSSContainerRule];
  // The whole list of selectors, for there may be others in it: more elements than those are asked for nothing.
  const draw = (rule, text) => {
    if (!/:(before|after)\b/.test(text)) return;
    if (rule instanceof CSSStyleRule && !rule.cssRules.length) {
      if (DRAWING.some((name) => rule.style.getPropertyValue(name))) selectors.push(rule.selectorText.replace(PSEUDO, ":is(*)"));
    } else if (GROUPS.some((type) => rule instanceof type)) for (const inner of rule.cssRules) draw(inner, inner.cssText);
    else selectors.push("*");
  };
  const read = (sheet) => {
    for (const rule of sheet.cssRules) {
      const text = rule.cssText;
      note(` ${text}`);
      draw(rule, text);
      if (rule.styleSheet) read(rule.styleSheet);
    }
  };
  const inline = [HTMLElement, SVGElement, MathMLElement].map((type) => [type, getter(type, "style")]);
  const styleOf = (element) => inline.find(([type]) => element instanceof type)?.[1](element).cssText ?? "";
  let pseudos = null;
  try {
    for (const sheets of ["styleSheets", "adoptedStyleSheets"]) for (const sheet of getter(Document, sheets)(document)) read(sheet);
    for (const element of find(document, "[style]")) note(` ${styleOf(element)}`);
    if (method(Document, "getAnimations")(document).length) {
      initial.clear();
      placed = true;
    }
    if (getter(Document, "activeElement")(document) !== getter(Document, "body")(document)) initial.delete("outline-style");
    if (selectors.length < MANY) pseudos = new Set(find(document, selectors.join()));
  } catch {
    initial.clear();
    placed = true;
  }
  globalThis.presscheckNamed = { initial, pseudos, placed };
  return "null";
}
