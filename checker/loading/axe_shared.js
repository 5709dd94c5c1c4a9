// Which elements have their computed styles in common, so that axe_walk.js asks one of them: those that nothing of the
// page's styles or of the browser's tells apart. A style follows from the styles of the element above and from the rules
// that match; so elements under one with the same style, of the same name, attributes and rules, have the same. Which
// rules match follows from names and attributes, of the element and of those above it; for those whose selectors ask for
// anything else (see SIMPLE) they are looked for. Runs after axe_named.js. Leaves presscheckShared: a function that gives
// what tells an element apart, as a text; null of one that is alone in its kind. Null itself where nothing is in common:
// where that follows from more (the sizes of containers, an element's place among others), or would cost too much.
function shared() {
  const getter = (type, name) => Function.prototype.call.bind(Object.getOwnPropertyDescriptor(type.prototype, name).get);
  const method = (type, name) => Function.prototype.call.bind(type.prototype[name]);
  const find = method(Document, "querySelectorAll");
  const listOf = getter(Element, "classList");
  const MANY = 300; // selectors that are looked for
  const ATTRIBUTE = String.raw`\[[\w-]+(?:[~|^$*]?="(?:\\.|[^"\\])*"(?: [is])?)?\]`;
  // Each letter has but one place in it, so that a long one that is not simple is told at once.
  const SIMPLE = new RegExp(String.raw`^(?:${ATTRIBUTE}|[.#\w-]|[^\0-\x7f]|\\[^\n]|\*|:(?:not|is|where)\(|:(?:root|link|any-link)(?![\w-])|[),> ])+$`, "i");
  const GROUPS = [CSSMediaRule, CSSSupportsRule, CSSLayerBlockRule];
  const NOTHING = [CSSLayerStatementRule, CSSFontFaceRule, CSSKeyframesRule, CSSNamespaceRule, CSSPageRule, CSSCounterStyleRule,
    CSSPropertyRule, CSSFontFeatureValuesRule, CSSFontPaletteValuesRule];
  const is = (rule, types) => types.some((type) => rule instanceof type);
  class Apart extends Error {}

  // Values that say nothing of a style, unless a selector asks for them.
  const VALUES = /^(?:href|src|srcset|alt|title|id|name|for|content|datetime|action|item(?:prop|id|type)|aria-(?:label|labelledby|describedby|controls)|data-.*)$/;
  const asked = new Set(); // attributes
  const ids = new Set();
  const others = new Set(); // selectors

  // The selectors of a list: a comma within brackets or a text parts none.
  const parted = (text) => {
    const parts = [];
    let [depth, from, quoted] = [0, 0, false];
    for (let index = 0; index < text.length; index++) {
      const letter = text[index];
      if (letter === "\\") index++;
      else if (letter === '"') quoted = !quoted;
      else if (!quoted && (letter === "(" || letter === "[")) depth++;
      else if (!quoted && (letter === ")" || letter === "]")) depth--;
      else if (!quoted && letter === "," && depth === 0) {
        parts.push(text.slice(from, index).trim());
        from = index + 1;
      }
    }
    return [...parts, text.slice(from).trim()];
  };
  const note = (selector) => {
    if (!SIMPLE.test(selector)) {
      const pseudo = selector.replace(/"(?:\\.|[^"\\])*"/g, "").includes("::"); // its rule is a pseudo-element's
      if (!pseudo) others.add(selector);
      return;
    }
    if (selector.includes("[")) for (const [, name] of selector.matchAll(/\[([\w-]+)[~|^$*]?=/g)) asked.add(name.toLowerCase());
    if (!selector.includes("#")) return;
    for (const [, id] of selector.matchAll(/#((?:\\[^]|[^\\\s.#:[>,)])+)/g)) {
      if (id.includes("\\")) asked.add("id");
      else ids.add(id.toLowerCase());
    }
  };
  // To read a rule costs a third of what it costs to ask for an element's style.
  let most = 2 * find(document, "*").length;
  const read = (rules) => {
    for (const rule of rules) {
      if (--most < 0) throw new Apart();
      if (rule instanceof CSSStyleRule) {
        if (rule.cssRules.length) throw new Apart();
        const text = rule.selectorText;
        if (SIMPLE.test(text)) note(text);
        else parted(text).forEach(note);
      } else if (is(rule, GROUPS)) read(rule.cssRules);
      else if (rule instanceof CSSImportRule) read(rule.styleSheet?.cssRules ?? []);
      else if (!is(rule, NOTHING)) throw new Apart();
    }
  };

  // Those that match nothing, for no element is in such a state or has such a class, need not be looked for.
  const STATES = ["hover", "active", "focus", "focus-visible", "focus-within", "target", "fullscreen", "checked", "autofill"];
  const WITHIN = new RegExp(String.raw`${ATTRIBUTE}|:[a-z-]+\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\)`, "g");
  const idle = () => {
    const none = STATES.filter((state) => find(document, `:${state}`).length === 0);
    const state = new RegExp(`:(?:${none.join("|") || "(?!)"})(?![\\w-])`);
    const classes = new Set();
    for (const element of find(document, "[class]")) for (const name of listOf(element)) classes.add(name.toLowerCase());
    return (selector) => {
      const plain = selector.replace(WITHIN, "");
      if (/[()[]|\\[0-9a-f]/i.test(plain)) return false;
      const named = [...plain.matchAll(/\.((?:\\.|[^\\\s.#:>+~])+)/g)].map(([, name]) => name.replaceAll("\\", "").toLowerCase());
      return state.test(plain.replace(/\\./g, "_")) || named.some((name) => !classes.has(name));
    };
  };
  const matched = new Map(); // element -> the rules that were looked for and match it
  const look = () => {
    const isIdle = idle();
    const wanted = [...others].filter((selector) => !isIdle(selector));
    if (wanted.length > MANY) throw new Apart();
    for (const [place, selector] of wanted.entries()) {
      for (const element of find(document, selector)) matched.set(element, `${matched.get(element) ?? ""} ${place}`);
    }
  };

  globalThis.presscheckShared = null;
  const { pseudos, placed } = globalThis.presscheckNamed;
  if (!pseudos || placed || getter(Document, "fullscreenElement")(document)) return "null";
  try {
    for (const sheets of ["styleSheets", "adoptedStyleSheets"]) for (const sheet of getter(Document, sheets)(document)) read(sheet.cssRules);
    look();
  } catch {
    return "null"; // a sheet of another origin; what is not known here
  }

  const ALONE = new Set(("html body summary details legend bdi img picture source iframe frame object embed video audio canvas area map " +
    "slot fencedframe portal").split(" "));
  const active = getter(Document, "activeElement")(document);
  globalThis.presscheckShared = (element, name, keys, values) => {
    if (ALONE.has(name) || element === active || pseudos.has(element)) return null;
    const told = [name, matched.get(element) ?? ""];
    for (const [index, key] of keys.entries()) {
      const value = values[index];
      if (key === "dir" && /^\s*auto\s*$/i.test(value)) return null;
      const plain = VALUES.test(key) && !asked.has(key) && !(key === "id" && ids.has(value.toLowerCase()));
      told.push(key, plain ? "" : value);
    }
    return JSON.stringify(told);
  };
  return "null";
}
