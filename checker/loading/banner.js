// The government banner at work, step by step, as JSON texts. "find" takes the closed shadow roots, looks for the banner
// by its words and for what opens its explanation; "state" says what is open; "focus" gives the focus to the opener;
// "end" leaves the page as it was found. Runs in a world of our own.
function banner(argument, ...closed) {
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
  const closedRoots =
    globalThis.presscheckBanner?.closedRoots ?? new Map(closed.map((root) => [getter(ShadowRoot, "host")(root), root]));
  const rootOf = (element) => openRoot(element) ?? closedRoots.get(element) ?? null;
  const localName = getter(Element, "localName");
  const attribute = method(Element, "getAttribute");
  const rectangle = method(Element, "getBoundingClientRect");
  const walkerOf = method(Document, "createTreeWalker");
  const parentNode = getter(Node, "parentNode");
  const typeOf = getter(Node, "nodeType");
  const slotOf = getter(Element, "assignedSlot");
  const hostOf = getter(ShadowRoot, "host");
  const textOf = getter(CharacterData, "data");
  const activeOf = (root) => (root === document ? getter(Document, "activeElement")(root) : getter(ShadowRoot, "activeElement")(root));
  const holderOf = (node) => {
    const parent = (typeOf(node) === Node.ELEMENT_NODE && slotOf(node)) || parentNode(node);
    return parent && typeOf(parent) === Node.DOCUMENT_FRAGMENT_NODE ? hostOf(parent) : parent;
  };
  function* around(node) {
    for (let each = node; each && each !== document; each = holderOf(each)) {
      if (typeOf(each) === Node.ELEMENT_NODE) yield each;
    }
  }

  // The words, squashed to letters and digits.
  const SENTENCE = /official(?:web)?siteof|officialgovernmentwebsite|sitio(?:web)?oficialdel/g;
  const ACTION = /hereshowyouknow|asíescomoustedpuedeverificarlo/g;
  const EXPLAINED =
    /officialwebsitesuse(?:gov|mil)|(?:gov|mil)websitebelongsto|websiteoperatesundertheapproval|governmentwebsitesoftenendin|governmentwebsitesalwaysusea|sitiosweboficialesusan|sitioweb(?:gov|mil)pertenecea|securegovwebsites|websitesusehttps|sitioswebseguros/g;
  const NEAR = 700; // letters between the sentence and the explanation
  const SKIPPED = new Set(["script", "style", "noscript", "template", "textarea"]);
  const squash = (text) => text.normalize("NFKC").toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "");

  function* nodesOf(root) {
    const filter = (node) =>
      typeOf(node) === Node.ELEMENT_NODE && SKIPPED.has(localName(node)) ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT;
    const walker = walkerOf(document, root, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT, filter);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      yield node;
      const shadow = typeOf(node) === Node.ELEMENT_NODE ? rootOf(node) : null;
      if (shadow) yield* nodesOf(shadow);
    }
  }
  function* elementsOf(root) {
    const walker = walkerOf(document, root, NodeFilter.SHOW_ELEMENT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      yield node;
      const shadow = rootOf(node);
      if (shadow) yield* elementsOf(shadow);
    }
  }
  const numberOf = (wanted) => {
    let number = 0;
    for (const element of elementsOf(document)) {
      if (element === wanted) return number;
      number += 1;
    }
    return null;
  };

  const words = () => {
    const starts = [];
    const nodes = [];
    let text = "";
    for (const node of nodesOf(document)) {
      const piece = typeOf(node) === Node.TEXT_NODE ? squash(textOf(node)) : "";
      if (!piece) continue;
      starts.push(text.length);
      nodes.push(node);
      text += piece;
    }
    const at = (offset) => {
      let [low, high] = [0, starts.length - 1];
      while (low < high) {
        const middle = (low + high + 1) >> 1;
        if (starts[middle] <= offset) low = middle;
        else high = middle - 1;
      }
      return nodes[low];
    };
    const found = (pattern) => [...text.matchAll(pattern)].map((match) => ({ from: match.index, node: at(match.index) }));
    return { sentences: found(SENTENCE), actions: found(ACTION), explained: found(EXPLAINED) };
  };

  const PRESSABLE = new Set(["button", "summary", "a"]);
  const isPressable = (element) =>
    PRESSABLE.has(localName(element)) ||
    attribute(element, "role") === "button" ||
    (localName(element) === "input" && ["button", "checkbox", "image"].includes(attribute(element, "type"))) ||
    attribute(element, "aria-expanded") !== null;
  const laidOut = (element) => {
    const box = rectangle(element);
    return box.width > 1 && box.height > 1 && method(Element, "checkVisibility")(element, { visibilityProperty: true });
  };
  const commonOf = (one, other) => {
    const inside = new Set(around(one));
    for (const element of around(other)) if (inside.has(element)) return element;
    return null;
  };
  const openerOf = (said, sentence, content) => {
    const named = said.actions.filter(({ from }) => Math.abs(from - sentence.from) < NEAR);
    for (const { node } of named) {
      for (const element of around(node)) {
        if (isPressable(element)) {
          if (laidOut(element)) return element;
          break;
        }
      }
    }
    const common = commonOf(sentence.node, content);
    if (!common || ["body", "html"].includes(localName(common))) return null;
    const explaining = new Set(around(content));
    for (const element of elementsOf(common)) {
      if (isPressable(element) && laidOut(element) && !explaining.has(element)) return element;
    }
    const shadow = rootOf(common);
    if (shadow) for (const element of elementsOf(shadow)) if (isPressable(element) && laidOut(element)) return element;
    return null;
  };
  const leadsAway = (element) => {
    if (localName(element) !== "a" || attribute(element, "href") === null) return false;
    const href = attribute(element, "href").trim();
    return !(href === "" || href.startsWith("#") || /^javascript:/i.test(href));
  };

  // Whether an element can be seen, were the window scrolled to it: laid out, and not clipped away by what holds it.
  const shown = (element) => {
    if (!method(Element, "checkVisibility")(element, { opacityProperty: true, visibilityProperty: true, contentVisibilityAuto: true })) return false;
    let { left, top, right, bottom } = rectangle(element);
    for (const each of around(element)) {
      if (each === element) continue;
      const style = getComputedStyle(each);
      if (style.display === "contents" || ["body", "html"].includes(localName(each))) continue;
      const box = rectangle(each);
      if (style.overflowX !== "visible") [left, right] = [Math.max(left, box.left), Math.min(right, box.right)];
      if (style.overflowY !== "visible") [top, bottom] = [Math.max(top, box.top), Math.min(bottom, box.bottom)];
    }
    return right - left >= 4 && bottom - top >= 4 && right > 0 && bottom + scrollY > 0;
  };
  const hit = (x, y) => {
    let top = method(Document, "elementFromPoint")(document, x, y);
    while (top && rootOf(top)) {
      const inner = method(ShadowRoot, "elementFromPoint")(rootOf(top), x, y);
      if (!inner || inner === top) break;
      top = inner;
    }
    return top;
  };
  const pointOf = (element) => {
    for (const box of method(Element, "getClientRects")(element)) {
      const [x, y] = [box.left + box.width / 2, box.top + box.height / 2];
      const top = hit(x, y);
      if (top && [...around(top)].includes(element)) return [x, y];
    }
    return null;
  };

  if (step === "find") {
    const said = words();
    for (const sentence of said.sentences) {
      const first = said.explained.find(({ from }) => from > sentence.from && from - sentence.from < NEAR);
      if (!first) continue;
      const content = holderOf(first.node);
      const opener = openerOf(said, sentence, content);
      const guard = (event) => {
        event.preventDefault();
        globalThis.presscheckBanner.sent = true;
      };
      globalThis.presscheckBanner = { closedRoots, content, opener, guard, sent: false, scroll: [scrollX, scrollY] };
      if (!opener) return JSON.stringify({ found: true, opener: null, name: "", away: false });
      addEventListener("submit", guard, true);
      return JSON.stringify({
        found: true,
        opener: numberOf(opener),
        name: localName(opener),
        away: leadsAway(opener),
      });
    }
    return JSON.stringify({ found: false });
  }
  const { content, opener, guard, scroll, sent } = globalThis.presscheckBanner;
  const focused = () => {
    let found = activeOf(document);
    while (found && rootOf(found) && activeOf(rootOf(found))) found = activeOf(rootOf(found));
    return found === opener;
  };
  if (step === "show") method(Element, "scrollIntoView")(opener, { block: "center", behavior: "instant" });
  if (step === "focus") method(HTMLElement, "focus")(opener, { preventScroll: true, focusVisible: true });
  if (step === "end") {
    removeEventListener("submit", guard, true);
    if (focused()) method(HTMLElement, "blur")(opener);
    scrollTo({ left: scroll[0], top: scroll[1], behavior: "instant" });
    delete globalThis.presscheckBanner;
    return JSON.stringify({});
  }
  return JSON.stringify({
    expanded: attribute(opener, "aria-expanded"),
    shown: shown(content),
    point: pointOf(opener),
    focused: focused(),
    sent,
  });
}
