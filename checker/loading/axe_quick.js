// Loads the engine, whose source stands where "engine" does, so that it does less twice. What it finds does not change:
// each of these gives what the engine's own code would give, and where the engine is not as it is known here, it is left
// as it is.
(() => {
  // Private fields of the engine's classes are WeakMaps: a colour sets seven, and collecting them takes long. These keep
  // the value with its key instead.
  const Given = function (key) {
    return key;
  };
  const object = (key) => (typeof key === "object" && key !== null) || typeof key === "function";
  let maps = 0;
  class Kept extends Given {
    #values = [];

    static Map = class {
      constructor() {
        this.place = maps++;
      }
      has(key) {
        return object(key) && #values in key && this.place in key.#values;
      }
      get(key) {
        return object(key) && #values in key ? key.#values[this.place] : undefined;
      }
      set(key, value) {
        if (!(#values in key)) new Kept(key);
        key.#values[this.place] = value;
        return this;
      }
      add(key) {
        return this.set(key, true);
      }
      delete(key) {
        return this.has(key) && delete key.#values[this.place];
      }
    };
  }

  (function (WeakMap, WeakSet) {
/* engine */
  }).call(globalThis, Kept.Map, Kept.Map);

  const axe = globalThis.axe;
  const audit = axe?._audit;

  // Pages have few colours, and each is parsed thousands of times.
  const colour = axe?.commons?.color?.Color?.prototype;
  const accessor = (name) => typeof Object.getOwnPropertyDescriptor(colour, name)?.set === "function";
  if (typeof colour?.parseString === "function" && ["r", "g", "b"].every(accessor)) {
    const parse = colour.parseString;
    const known = new Map();
    colour.parseString = function (text) {
      const said = known.get(text);
      if (!said) {
        const result = parse.call(this, text);
        if (result === this) known.set(text, [this.r, this.g, this.b, this.alpha]);
        return result;
      }
      [this.r, this.g, this.b, this.alpha] = said;
      return this;
    };
  }

  // A computed style is live: one of an element serves as long as the element does.
  const styles = new WeakMap();
  const styleOf = globalThis.getComputedStyle;
  globalThis.getComputedStyle = function (element, pseudo) {
    if (pseudo) return styleOf.call(globalThis, element, pseudo);
    const known = styles.get(element);
    if (known) return known;
    const style = styleOf.call(globalThis, element);
    styles.set(element, style);
    return style;
  };

  const text = (body) => Function.prototype.toString.call(body);
  const own = (thing, name) => Object.hasOwn(thing ?? {}, name) && typeof thing[name] === "function";
  const PAIR = ["color-contrast", "color-contrast-enhanced"];

  // Both rules of contrast ask the same of the same elements.
  const rules = PAIR.map((id) => audit?.rules?.find?.((rule) => rule.id === id));
  const matches = rules[0]?.matches;
  if (rules.every((rule) => own(rule, "matches") && rule.matches === matches) && !/\bthis\b/.test(text(matches))) {
    const known = new WeakMap();
    const asked = function (node, virtual, context) {
      if (!object(virtual)) return matches.call(this, node, virtual, context);
      if (!known.has(virtual)) known.set(virtual, matches.call(this, node, virtual, context));
      return known.get(virtual);
    };
    for (const rule of rules) rule.matches = asked;
  }

  // What the second of the two finds follows from what the first found of the element, but where a ratio is close to
  // what is asked for, an element is not opaque, has a shadow, or the first was not sure.
  const hash = (body) => [...text(body)].reduce((sum, letter) => (Math.imul(sum, 31) + letter.codePointAt(0)) | 0, 0);
  const KNOWN = [203905897, 1827476761]; // of axe-core 4.10.2, minified and not
  const checks = PAIR.map((id) => audit?.checks?.[id]);
  const evaluate = checks[0]?.evaluate;
  if (!checks.every((check) => own(check, "evaluate") && check.evaluate === evaluate) || !KNOWN.includes(hash(evaluate))) return;

  // Of every element, one that passes too, the markup is kept, cut where it is long. It is read where it is told.
  const markup = Object.getOwnPropertyDescriptor(Element.prototype, "outerHTML");
  const LONG = 300;
  class Source {
    #element;
    constructor(element) {
      this.#element = element;
    }
    toString() {
      const text = markup.get.call(this.#element);
      return text.length > LONG ? text.slice(0, text.indexOf(">") + 1) : text;
    }
    toJSON() {
      return this.toString();
    }
  }
  const run = axe.run;
  const restore = () => Object.defineProperty(Element.prototype, "outerHTML", markup);
  axe.run = async function (...given) {
    Object.defineProperty(Element.prototype, "outerHTML", { ...markup, get: function () { return new Source(this); } });
    try {
      return await run.apply(this, given);
    } finally {
      restore();
    }
  };

  const opaque = (contexts) => contexts.every((one) => one.opacity === 1 && opaque(one.descendants));
  const same = (one, other) =>
    Object.keys(one).length === Object.keys(other).length &&
    Object.keys(one).every((key) => key === "contrastRatio" || one[key] === other[key]);
  const bound = ({ minThreshold, maxThreshold }) => minThreshold !== undefined || maxThreshold !== undefined;
  const derived = (first, options, virtual) => {
    const { result, data, related } = first;
    if (typeof result !== "boolean" || !data?.fgColor || !data.bgColor || data.shadowColor || data.messageKey) return null;
    if (!Array.isArray(virtual._stackingContext) || !opaque(virtual._stackingContext) || !same(first.options, options)) return null;
    const [before, now] = [first.options.contrastRatio, options.contrastRatio];
    if ([before.normal, before.large, now.normal, now.large].some(bound)) return null;
    if (before.normal.expected === before.large.expected) return null;
    const size = data.expectedContrastRatio === `${before.normal.expected}:1` ? "normal" : "large";
    const expected = now[size].expected;
    const ratio = data.contrastRatio; // cut to two digits
    if (!(ratio >= expected + 0.005 || ratio <= expected - 0.015)) return null;
    const passes = ratio > expected;
    if (!passes && result) return null;
    return { result: passes, related: passes ? null : related, data: { ...data, messageKey: passes ? undefined : null, expectedContrastRatio: `${expected}:1` } };
  };
  const found = new WeakMap();
  for (const check of checks) {
    check.evaluate = function (node, options, virtual, context) {
      if (!object(virtual)) return evaluate.call(this, node, options, virtual, context);
      const first = found.get(virtual);
      const said = first && first.check !== check ? derived(first, options, virtual) : null;
      if (said) {
        this.data(said.data);
        if (said.related) this.relatedNodes(said.related);
        return said.result;
      }
      const noted = { check, options, data: null, related: null };
      const { data, relatedNodes } = this;
      this.data = (one) => {
        noted.data = one;
        return data.call(this, one);
      };
      this.relatedNodes = (nodes) => {
        noted.related = nodes;
        return relatedNodes.call(this, nodes);
      };
      noted.result = evaluate.call(this, node, options, virtual, context);
      if (!first) found.set(virtual, noted);
      return noted.result;
    };
  }
})();
