// A walk over the page's elements, from a world of our own: of each a digest of its markup, state and styles (own), of
// what those below it depend on (chain) and of its whole subtree (deep), its box, and what else axe_parts.js and
// axe_texts.js ask. Takes a JSON text {seed}; gives a JSON text: {refused} or {elements}, how many there are, in document
// order, shadow trees and frames left out. What it finds stays in presscheckParts, where from now on ``changed`` tells
// whether the page did so.
function walk(argument) {
  const { seed } = JSON.parse(argument);
  // By the prototype's own: a form's fields may have these names. Bound, for that is much the fastest.
  const getter = (type, name) => Function.prototype.call.bind(Object.getOwnPropertyDescriptor(type.prototype, name).get);
  const method = (type, name) => Function.prototype.call.bind(type.prototype[name]);
  const [firstOf, nextOf] = [getter(Node, "firstChild"), getter(Node, "nextSibling")];
  const [typeOf, valueOf, rootOf] = [getter(Node, "nodeType"), getter(Node, "nodeValue"), getter(Element, "shadowRoot")];
  const [localName, namespace, bodyOf] = [getter(Element, "localName"), getter(Element, "namespaceURI"), getter(Document, "body")];
  const [attribute, names, box] = ["getAttribute", "getAttributeNames", "getBoundingClientRect"].map(
    (name) => method(Element, name),
  );
  const find = method(Document, "querySelector");
  const [scrollWidth, scrollHeight, clientWidth, clientHeight] = ["scrollWidth", "scrollHeight", "clientWidth", "clientHeight"].map(
    (name) => getter(Element, name),
  );
  const HTML = "http://www.w3.org/1999/xhtml";

  globalThis.presscheckParts?.watcher.disconnect();
  delete globalThis.presscheckParts;
  const refused = (reason) => JSON.stringify({ refused: reason });
  const body = bodyOf(document);
  const top = getter(Document, "documentElement")(document);
  if (!body || localName(body) !== "body") return refused("the page has no body");
  if (find(document, "dialog[open], :modal, :popover-open")) return refused("a dialog is open");
  if (find(document, "map, [usemap]")) return refused("the page has image maps");

  // Where a form's fields have names of its methods, rules of the engine die: which, depends on what it is asked.
  const methods = () =>
    [Node, Element, HTMLElement]
      .flatMap(({ prototype }) => Object.entries(Object.getOwnPropertyDescriptors(prototype)))
      .filter(([key, { value }]) => key !== "constructor" && typeof value === "function");
  for (const form of method(Document, "querySelectorAll")(document, "form")) {
    if (methods().some(([key, { value }]) => form[key] !== value)) return refused("a form's fields have names of its methods");
  }

  // A keyed hash of 106 bits: pages cannot aim at each other's digests without the run's seed.
  const hash = (text) => {
    let [a, b, c, d] = seed;
    for (let index = 0; index < text.length; index++) {
      const code = text.charCodeAt(index);
      a = Math.imul(a ^ code, 2654435761);
      b = Math.imul(b ^ code, 1597334677);
      c = Math.imul(c ^ code, 951274213) ^ (a >>> 15);
      d = Math.imul(d ^ code, 2716044179) ^ (b >>> 13);
    }
    const mix = (x, y) => {
      const z = Math.imul(x ^ (x >>> 16), 2246822507) ^ Math.imul(y ^ (y >>> 13), 3266489909);
      return (z ^ (z >>> 16)) >>> 0;
    };
    // Letters of 14 bits: what digests are made of is hashed again, and short.
    const letter = (part) => 0x4e00 + (part & 0x3fff);
    const [w, x, y, z] = [mix(a, b), mix(b, c), mix(c, d), mix(d, a)];
    return String.fromCharCode(letter(w), letter(w >>> 14), letter(x), letter(x >>> 14), letter(y), letter(y >>> 14), letter(z), letter(z >>> 14));
  };
  const joined = (...values) => JSON.stringify(values);

  const NO_WIDTH = "0px";
  // Besides display, visibility, overflow, text-shadow, border, outline, background and color. By these names they are read
  // faster than as properties.
  const STYLES =
    "position float opacity background-color z-index clip clip-path transform filter perspective mix-blend-mode isolation " +
    "will-change contain content-visibility mask -webkit-mask-box-image pointer-events font-size font-weight font-style " +
    "font-family text-decoration text-indent white-space direction line-height letter-spacing word-spacing " +
    "translate scale rotate column-count";
  const PSEUDO = "content display position visibility background width height color opacity".split(" ");
  const PAINTS = [["-webkit-text-stroke", "0px "], ["-webkit-text-fill-color", ""]]; // of the text's colour, but where it is said
  // What is asked for, each after the text of what is not.
  const plan = (initial) => {
    const asks = [];
    let before = "";
    for (const name of STYLES.split(" ")) {
      if (initial.has(name)) before += `;${initial.get(name)}`;
      else {
        asks.push([`${before};`, name]);
        before = "";
      }
    }
    const paints = PAINTS.map(([name, own]) => (initial.has(name) ? [own] : [name, null]));
    return { asks, rest: before, paints, line: initial.get("outline-style"), shade: initial.get("text-shadow") };
  };
  const { initial, pseudos: drawing } = globalThis.presscheckNamed ?? { initial: new Map(), pseudos: null };
  const [all, few] = [plan(new Map()), plan(initial)];
  // Where the browser's own styles, or attributes, may set what those of the page do not name.
  const LIKELY = new Set("dialog select input button textarea option optgroup meter progress fieldset marquee".split(" "));
  const HINTS = new Set("align hidden sizes popover inert".split(" "));
  const WIDGETS = new Set("a area button input select textarea summary details option label iframe audio video".split(" "));
  const APART = new Set("iframe frame object embed video audio canvas area map slot fencedframe portal".split(" "));
  const WITHIN = new Set("a button label summary table select svg math dialog dl optgroup datalist p".split(" "));
  const PLAIN = new Set(["", "presentation", "none", "main", "banner", "contentinfo", "navigation", "complementary", "region", "search", "article", "document", "group", "list", "listitem", "section", "form", "heading"]);
  const TOLD = /^(role|aria-.*|lang|xml:lang|dir|hidden|inert|tabindex|disabled|title|contenteditable|type|open|slot|popover)$/;
  const REFERRING = ["aria-labelledby", "aria-describedby", "aria-controls", "aria-owns", "aria-activedescendant", "aria-flowto",
    "aria-details", "aria-errormessage", "for", "headers", "list", "form"];

  const plain = ({ left, top, right, bottom, width, height }) => ({ left, top, right, bottom, width, height });

  const elements = [];
  const numbers = new Map();
  const end = []; // first element after the subtree
  const parent = [];
  const own = []; // of the element alone
  const chain = []; // of it and its ancestors, as those below it depend on them
  const deep = []; // of the whole subtree
  const rects = [];
  const bounds = []; // of all boxes in the subtree
  const apart = []; // holds what no digest tells
  const within = []; // lies in something whose meaning its own parts share in
  const shown = [];
  const texts = [];
  const blocks = [];
  const roots = [];
  const references = [];
  const reach = []; // how near another part may be before it matters to it
  const styles = [];
  const pseudos = [];
  const scrolled = [];
  const clips = [];
  const scrolls = [];
  const displays = [];
  const shadowed = [];
  const foreign = []; // is, or lies in, SVG or MathML
  const ids = new Map();
  const owned = new Map();

  const lasting = []; // its style says nothing of its size
  const styleOf = (element, number, under, { asks, rest, paints, line, shade }) => {
    const style = getComputedStyle(element);
    const read = (name) => style.getPropertyValue(name);
    const [display, visibility] = [read("display"), read("visibility")];
    displays[number] = display;
    shown[number] = under && display !== "none";
    roots[number] = /^(block|list-item|flex|grid|none)$/.test(display); // where axe takes a block of text to end
    blocks[number] = !/^(inline|contents|table|ruby)/.test(display);
    lasting[number] = true;
    if (!shown[number]) return `${display};${visibility}`;
    const overflow = read("overflow");
    const shadow = shade ?? read("text-shadow");
    // What is drawn of these is asked for only where anything is; of four sides that differ there is no one text.
    const edge = read("border-width");
    const border = edge === NO_WIDTH ? edge : style.border || `${edge};${style.borderStyle};${style.borderColor}`;
    const outline = (line ?? read("outline-style")) === "none" ? "none" : style.outline;
    const picture = read("background-image");
    const color = read("color");
    let said = `${display};${visibility};${overflow};${shadow};${border};${outline};${picture === "none" ? picture : style.background};${color}`;
    for (const [before, name] of asks) {
      const value = style.getPropertyValue(name);
      if (name === "transform" && value !== "none") lasting[number] = false;
      said += before + value;
    }
    said += rest;
    for (const [name, asked] of paints) said += `;${asked === null ? read(name) : name + color}`;
    clips[number] = overflow !== "visible";
    scrolls[number] = overflow === "auto" || overflow === "scroll";
    shadowed[number] = shadow !== "none";
    for (const pseudo of drawing === null || drawing.has(element) ? ["::before", "::after"] : []) {
      const drawn = getComputedStyle(element, pseudo);
      const content = drawn.getPropertyValue("content");
      if (content === "none" || content === "normal") continue;
      said += [pseudo, ...PSEUDO.map((name) => drawn[name])].map((one) => `;${one}`).join("");
      if (drawn.position === "absolute" || drawn.position === "fixed") pseudos[number] = true;
    }
    if (/auto|scroll/.test(overflow)) {
      lasting[number] = false;
      const [wide, high] = [scrollWidth(element) > clientWidth(element), scrollHeight(element) > clientHeight(element)];
      said += `;${wide};${high}`;
      if (element === top) topScrolls = wide || high;
      else if (wide || high) {
        within[number] = true;
        scrolled[number] = true;
      }
    }
    return said;
  };

  const known = new Map();
  const shortened = (style) => {
    if (!known.has(style)) known.set(style, hash(style));
    return known.get(style);
  };

  // Elements of one kind have their styles in common (see axe_shared.js), and those alike below them too.
  const apartOf = globalThis.presscheckShared ?? (() => null);
  const kinds = new Map(); // text -> the first element of the kind
  const kindOf = [];
  const same = [displays, shown, roots, blocks, clips, scrolls, shadowed];
  const styled = (element, number, above, told, asked) => {
    const text = told === null ? null : `${above < 0 ? "" : kindOf[above]} ${told}`;
    const first = text === null ? undefined : kinds.get(text);
    kindOf[number] = first ?? number;
    if (first !== undefined && lasting[first]) {
      for (const list of same) list[number] = list[first];
      return styles[first];
    }
    if (first === undefined && text !== null) kinds.set(text, number);
    return shortened(styleOf(element, number, above < 0 || shown[above], asked));
  };

  const look = (element, above) => {
    const number = elements.length;
    elements.push(element);
    numbers.set(element, number);
    parent.push(above);
    const name = localName(element);
    const space = namespace(element);
    const html = space === HTML;
    const kind = html ? name : [space, name]; // most are HTML: what is hashed stays short
    if (rootOf(element)) shadows = true;
    apart[number] = html && APART.has(name);
    const keys = names(element);
    const values = keys.map((key) => attribute(element, key));
    const has = (key) => keys.includes(key);
    const role = has("role") ? attribute(element, "role").trim().toLowerCase() : "";
    within[number] = (above >= 0 && within[above]) || (element !== body && element !== top && (WITHIN.has(name) || !PLAIN.has(role)));
    foreign[number] = !html || (above >= 0 && foreign[above]);
    const likely = foreign[number] || LIKELY.has(name) || keys.some((key) => HINTS.has(key));
    const told = likely ? null : apartOf(element, name, keys, values);
    const style = styled(element, number, above, told, likely ? all : few);
    styles.push(style);
    const rect = plain(box(element));
    rects.push(rect);
    const widget = WIDGETS.has(name) || has("tabindex") || has("role") || has("contenteditable");
    reach.push(widget ? 50 : 1.5);
    const pairs = [];
    const meant = [];
    for (const [index, key] of keys.entries()) {
      const value = values[index];
      pairs.push(key, value);
      if (TOLD.test(key)) meant.push(key, value);
      if (key === "id" && value) {
        ids.set(value, [...(ids.get(value) ?? []), number]);
        owned.set(number, value);
      }
      if (REFERRING.includes(key)) for (const token of value.split(/\s+/)) if (token) references.push([number, key, token]);
    }
    const state = html && /^(input|select|textarea|option)$/.test(name)
      ? [element.value, element.checked, element.selected, element.selectedIndex, element.disabled, element.indeterminate].map(String)
      : [];
    own.push(hash(joined(kind, pairs, state, style)));
    chain.push(hash(joined(above >= 0 ? chain[above] : "", kind, meant, style)));
    let bound = shown[number] && rect.width + rect.height > 0 ? [rect.left, rect.top, rect.right, rect.bottom] : null;
    const content = [];
    for (let child = firstOf(element); child; child = nextOf(child)) {
      const type = typeOf(child);
      if (type === Node.TEXT_NODE) {
        const text = valueOf(child);
        content.push(text);
        if (shown[number] && text.trim()) texts.push([number, child]);
      } else if (type === Node.ELEMENT_NODE) {
        const below = look(child, number);
        const at = rects[below];
        content.push([deep[below], at.left - rect.left, at.top - rect.top, at.width, at.height]);
        apart[number] ||= apart[below];
        const inner = bounds[below];
        if (inner) {
          bound = bound
            ? [Math.min(bound[0], inner[0]), Math.min(bound[1], inner[1]), Math.max(bound[2], inner[2]), Math.max(bound[3], inner[3])]
            : inner;
        }
      }
    }
    bounds[number] = bound;
    end[number] = elements.length;
    deep[number] = hash(joined(own[number], rect.width, rect.height, content));
    return number;
  };
  let shadows = false;
  let topScrolls = false;
  try {
    look(top, -1);
  } catch (error) {
    if (error instanceof RangeError) return refused("the page is nested too deep");
    throw error;
  }

  if (shadows) return refused("the page has shadow trees");

  const range = method(Document, "createRange")(document);
  const boxes = new Map();
  const textRects = (node) => {
    if (!boxes.has(node)) {
      range.selectNodeContents(node);
      boxes.set(node, [...range.getClientRects()].map(plain));
    }
    return boxes.get(node);
  };

  const { left, top: high } = rects[0];
  const watcher = new MutationObserver(() => {
    globalThis.presscheckParts.changed = true;
  });
  globalThis.presscheckParts = {
    elements, numbers, parent, end, own, chain, deep, rects, bounds, shown, apart, within, roots, blocks, displays, styles, pseudos,
    scrolled, scrolls, topScrolls, clips, shadowed, reach, box, texts, references, ids, owned, body, hash, joined, method, valueOf, localName, attribute,
    clientRects: method(Element, "getClientRects"),
    textRects,
    html: (number) => namespace(elements[number]) === HTML,
    area: { left, top: high, right: left + scrollWidth(top), bottom: high + scrollHeight(top) },
    page: [innerWidth, innerHeight, devicePixelRatio, scrollX, scrollY, getter(Document, "compatMode")(document),
      getter(Document, "contentType")(document), getComputedStyle(body).direction === "rtl" ? scrollWidth(top) : 0],
    changed: false,
    watcher,
  };
  watcher.observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
  return JSON.stringify({ elements: elements.length });
}
