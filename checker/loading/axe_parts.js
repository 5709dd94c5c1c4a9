// Digests of the page's parts, from a world of our own: a part is a subtree whose findings of the rules that look no
// further (see axe_local.json) follow from what its digest is made of. That is its markup, the state and styles of its
// elements and their boxes, what of its ancestors axe asks, what lies over or near it, and what refers to it or is
// referred to. Takes a JSON text {seed, least}; gives a JSON text: {refused} or {parts: [[first, size, parent, digest,
// fraction, steady]], elements}. Elements are counted in document order, shadow trees and frames left out. What follows
// (axe_skip.js, axe_learnt.js) finds its state in presscheckParts.
function parts(argument) {
  const { seed, least } = JSON.parse(argument);
  const getter = (type, name) => {
    const { get } = Object.getOwnPropertyDescriptor(type.prototype, name);
    return (node) => Reflect.apply(get, node, []);
  };
  const method =
    (type, name) =>
    (node, ...args) =>
      Reflect.apply(type.prototype[name], node, args);
  const [firstOf, nextOf] = [getter(Node, "firstChild"), getter(Node, "nextSibling")];
  const [typeOf, valueOf, rootOf] = [getter(Node, "nodeType"), getter(Node, "nodeValue"), getter(Element, "shadowRoot")];
  const [localName, namespace, bodyOf] = [getter(Element, "localName"), getter(Element, "namespaceURI"), getter(Document, "body")];
  const [attribute, names, box] = ["getAttribute", "getAttributeNames", "getBoundingClientRect"].map(
    (name) => method(Element, name),
  );
  const byId = method(Document, "getElementById");
  const find = method(Document, "querySelector");
  const [scrollWidth, scrollHeight, clientWidth, clientHeight] = ["scrollWidth", "scrollHeight", "clientWidth", "clientHeight"].map(
    (name) => getter(Element, name),
  );
  const HTML = "http://www.w3.org/1999/xhtml";

  const refused = (reason) => JSON.stringify({ refused: reason });
  const body = bodyOf(document);
  const top = getter(Document, "documentElement")(document);
  if (!body || localName(body) !== "body") return refused("the page has no body");
  if (find(document, "dialog[open], :modal, :popover-open")) return refused("a dialog is open");
  if (find(document, "map, [usemap]")) return refused("the page has image maps");

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
    return [mix(a, b), mix(b, c), mix(c, d), mix(d, a)].map((part) => part.toString(36)).join(".");
  };
  const joined = (...values) => JSON.stringify(values);

  const STYLES =
    "display visibility position float opacity color background zIndex overflow clip clipPath transform filter perspective " +
    "mixBlendMode isolation willChange contain contentVisibility mask webkitMaskBoxImage pointerEvents fontSize fontWeight " +
    "fontStyle fontFamily textDecoration textShadow textIndent whiteSpace direction lineHeight letterSpacing wordSpacing " +
    "webkitTextStroke webkitTextFillColor borderWidth borderStyle borderColor outline translate scale rotate columnCount";
  const PSEUDO = "content display position visibility background width height color opacity".split(" ");
  const properties = STYLES.split(" ");
  const WIDGETS = new Set("a area button input select textarea summary details option label iframe audio video".split(" "));
  const APART = new Set("iframe frame object embed video audio canvas area map slot fencedframe portal".split(" "));
  const WITHIN = new Set("a button label summary table select svg math dialog dl optgroup datalist p".split(" "));
  const PLAIN = new Set(["", "presentation", "none", "main", "banner", "contentinfo", "navigation", "complementary", "region", "search", "article", "document", "group", "list", "listitem", "section", "form", "heading"]);
  const TOLD = /^(role|aria-.*|lang|xml:lang|dir|hidden|inert|tabindex|disabled|title|contenteditable|type|open|slot|popover)$/;
  const REFERRING = ["aria-labelledby", "aria-describedby", "aria-controls", "aria-owns", "aria-activedescendant", "aria-flowto",
    "aria-details", "aria-errormessage", "for", "headers", "list", "form"];

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
  const ids = new Map();
  const owned = new Map();

  const styleOf = (element, number, under) => {
    const style = getComputedStyle(element);
    const display = style.display;
    displays[number] = display;
    shown[number] = under && display !== "none";
    roots[number] = /^(block|list-item|flex|grid|none)$/.test(display); // where axe takes a block of text to end
    blocks[number] = !/^(inline|contents|table|ruby)/.test(display);
    if (!shown[number]) return `${display};${style.visibility}`;
    const said = properties.map((name) => style[name]);
    const overflow = style.overflow;
    clips[number] = overflow !== "visible";
    scrolls[number] = overflow === "auto" || overflow === "scroll";
    shadowed[number] = style.textShadow !== "none";
    for (const pseudo of ["::before", "::after"]) {
      const drawn = getComputedStyle(element, pseudo);
      if (drawn.content === "none" || drawn.content === "normal") continue;
      said.push(pseudo, ...PSEUDO.map((name) => drawn[name]));
      if (drawn.position === "absolute" || drawn.position === "fixed") pseudos[number] = true;
    }
    if (/auto|scroll/.test(overflow)) {
      const [wide, high] = [scrollWidth(element) > clientWidth(element), scrollHeight(element) > clientHeight(element)];
      said.push(wide, high);
      if ((wide || high) && element !== top) {
        within[number] = true;
        scrolled[number] = true;
      }
    }
    return said.join(";");
  };

  const known = new Map();
  const shortened = (style) => {
    if (!known.has(style)) known.set(style, hash(style));
    return known.get(style);
  };

  const look = (element, above) => {
    const number = elements.length;
    elements.push(element);
    numbers.set(element, number);
    parent.push(above);
    const name = localName(element);
    const html = namespace(element) === HTML;
    if (rootOf(element)) shadows = true;
    apart[number] = html && APART.has(name);
    const role = (attribute(element, "role") ?? "").trim().toLowerCase();
    within[number] = (above >= 0 && within[above]) || (element !== body && element !== top && (WITHIN.has(name) || !PLAIN.has(role)));
    const style = shortened(styleOf(element, number, above < 0 || shown[above]));
    styles.push(style);
    const { left, top: high, right, bottom, width, height } = box(element);
    const rect = { left, top: high, right, bottom, width, height };
    rects.push(rect);
    const widget = WIDGETS.has(name) || ["tabindex", "role", "contenteditable"].some((key) => attribute(element, key) !== null);
    reach.push(widget ? 50 : 1.5);
    const pairs = [];
    const told = [];
    for (const key of names(element)) {
      const value = attribute(element, key);
      pairs.push(key, value);
      if (TOLD.test(key)) told.push(key, value);
      if (key === "id" && value) {
        ids.set(value, [...(ids.get(value) ?? []), number]);
        owned.set(number, value);
      }
      if (REFERRING.includes(key)) for (const token of value.split(/\s+/)) if (token) references.push([number, key, token]);
    }
    const state = html && /^(input|select|textarea|option)$/.test(name)
      ? [element.value, element.checked, element.selected, element.selectedIndex, element.disabled, element.indeterminate].map(String)
      : [];
    own.push(hash(joined(namespace(element), name, pairs, state, style)));
    chain.push(hash(joined(above >= 0 ? chain[above] : "", namespace(element), name, told, style)));
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
  try {
    look(top, -1);
  } catch (error) {
    if (error instanceof RangeError) return refused("the page is nested too deep");
    throw error;
  }

  if (shadows) return refused("the page has shadow trees");

  // Where a text's middle is within a pixel of an edge, axe's rounding may turn with the fraction of its place.
  const edges = [];
  rects.forEach((rect, number) => {
    if (shown[number]) edges.push([rect.top, number], [rect.bottom, number]);
  });
  edges.sort(([a], [b]) => a - b);
  const tied = new Set();
  const range = method(Document, "createRange")(document);
  const middle = (number, rect) => {
    const [x, y] = [rect.left + rect.width / 2, rect.top + rect.height / 2];
    let [low, high] = [0, edges.length];
    while (low < high) {
      const half = (low + high) >> 1;
      if (edges[half][0] < y - 1.05) low = half + 1;
      else high = half;
    }
    for (; low < edges.length && edges[low][0] <= y + 1.05; low++) {
      const other = rects[edges[low][1]];
      if (other.left - 1 <= x && x <= other.right + 1) tied.add(number);
    }
  };
  for (const [number, node] of texts) {
    middle(number, rects[number]);
    range.selectNodeContents(node);
    for (const rect of range.getClientRects()) middle(number, rect);
  }

  const ties = [0]; // how many tied elements are before each
  elements.forEach((_, number) => ties.push(ties[number] + (tied.has(number) ? 1 : 0)));

  const inside = (number, first) => number >= first && number < end[first];
  const outside = (number) => [own[number], chain[number], deep[number]];
  const resolved = references.map(([from, key, token]) => {
    const target = numbers.get(byId(document, token));
    return { from, key, token, target };
  });
  const links = (first) => {
    const said = [];
    for (const { from, key, token, target } of resolved) {
      if (inside(from, first)) {
        const held = target !== undefined && inside(target, first);
        said.push([from - first, key, target === undefined ? null : held ? target - first : outside(target)]);
      } else {
        for (const aim of ids.get(token) ?? []) {
          if (inside(aim, first)) said.push([key, aim - first, target === aim, outside(from)]);
          else if (first > aim && first < end[aim]) said.push([key, "above", outside(from)]);
        }
      }
    }
    for (const [number, id] of owned) {
      if (inside(number, first) && ids.get(id).length > 1) said.push(["twice", number - first, numbers.get(byId(document, id)) === number]);
    }
    return said;
  };
  const near = (first) => {
    const bound = bounds[first];
    if (!bound) return [];
    const { left, top: y } = rects[first];
    const said = [];
    for (let number = 0; number < elements.length; number++) {
      if (number === first) {
        number = end[first] - 1;
        continue;
      }
      if (!shown[number] || (number < first && end[number] > first)) continue;
      const rect = rects[number];
      if (rect.width === 0 && rect.height === 0) continue;
      const far = reach[number];
      if (rect.left < bound[2] + far && rect.right > bound[0] - far && rect.top < bound[3] + far && rect.bottom > bound[1] - far) {
        said.push([number < first, rect.left - left, rect.top - y, rect.width, rect.height, own[number], chain[number], far > 2 ? deep[number] : ""]);
      }
    }
    return said;
  };
  const ancestors = (first) => {
    const bound = bounds[first];
    if (!bound) return [];
    const { left, top: y } = rects[first];
    const said = [];
    for (let number = parent[first]; number >= 0; number = parent[number]) {
      const rect = rects[number];
      const holds = blocks[number] && rect.left <= bound[0] && rect.right >= bound[2] && rect.top <= bound[1] && rect.bottom >= bound[3];
      said.push(holds ? "holds" : [rect.left - left, rect.top - y, rect.right - left, rect.bottom - y]);
    }
    return said;
  };
  const page = [innerWidth, innerHeight, devicePixelRatio, scrollX, scrollY, getter(Document, "compatMode")(document), getter(Document, "contentType")(document),
    getComputedStyle(body).direction === "rtl" ? scrollWidth(top) : 0];

  const first = numbers.get(body);
  const list = [];
  const places = new Map();
  const told = (number) => {
    let above = parent[number];
    while (above >= 0 && !places.has(above)) above = parent[above];
    const rect = rects[number];
    const high = bounds[number] && bounds[number][1] < 0;
    const digest = hash(joined(page, chain[parent[number]], deep[number], rect.left, high ? rect.top : 0, ancestors(number), near(number), links(number)));
    places.set(number, list.length);
    const steady = ties[end[number]] === ties[number];
    const fraction = shown[number] ? rect.top - Math.floor(rect.top) : 0;
    list.push([number, end[number] - number, above >= 0 ? places.get(above) : -1, digest, String(fraction), steady]);
  };
  for (let number = first + 1; number < end[first]; number++) {
    const above = within[parent[number]] || namespace(elements[number]) !== HTML;
    const root = roots[number] && !apart[number] && localName(elements[number]) !== "p";
    if (!above && root && end[number] - number >= least) told(number);
  }
  const labelled = [];
  for (const { key, token } of resolved) {
    if (key === "aria-labelledby") for (const aim of ids.get(token) ?? []) labelled[aim] = true;
  }
  const { left, top: high } = rects[0];
  const area = { left, top: high, right: left + scrollWidth(top), bottom: high + scrollHeight(top) };
  globalThis.presscheckParts = {
    elements, numbers, parent, end, list, places, rects, shown, blocks, displays, styles, pseudos, scrolled, scrolls, clips, shadowed,
    texts, labelled, range, body, area, valueOf, page, localName, attribute, hash, clientRects: method(Element, "getClientRects"), changed: false, alike: [],
  };
  const watcher = new MutationObserver(() => {
    globalThis.presscheckParts.changed = true;
  });
  watcher.observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
  globalThis.presscheckParts.watcher = watcher;
  return JSON.stringify({ parts: list, elements: elements.length });
}
