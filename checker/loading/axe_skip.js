// Has axe leave out, of the rules that look no further than a part, the elements of known parts that passed or that no
// such rule applied to, and say of texts and links what it said of those alike. Takes a JSON text {local: {rule:
// [checks]}, known: [[part, {rule: [element]}]], alike: [[digest, [rule], {check: [result, data]}]]}: of parts the
// elements that did not pass, which axe looks at again; of texts alike the rules that they passed and what the checks
// came to. Gives {rules, texts}: how many rules that concerns (0 where the
// engine is not as we know it, and then nothing is left out) and how many texts are alike.
function skip(argument) {
  const { local, known, alike } = JSON.parse(argument);
  const state = globalThis.presscheckParts;
  const audit = axe._audit;
  if (!state || !Array.isArray(audit?.rules) || !audit.checks) return JSON.stringify({ rules: 0 });
  const covered = new Map(); // element -> what of its part is looked at again
  for (const [part, again] of known) {
    const [first, size] = state.list[part];
    const looked = new Map(Object.entries(again).map(([rule, places]) => [rule, new Set(places.map((place) => state.elements[first + place]))]));
    for (let number = first; number < first + size; number++) covered.set(state.elements[number], looked);
  }
  const alikes = new Map(); // element -> rules that it passes as others did
  const said = [];
  let texts = 0;
  for (const [digest, rules, checks] of alike) {
    texts += state.alike[digest].length;
    said[digest] = checks;
    for (const number of state.alike[digest]) {
      if (!covered.has(state.elements[number])) alikes.set(state.elements[number], rules);
    }
  }
  const checksOf = (rule) => [...rule.any, ...rule.all, ...rule.none].map((check) => check.id ?? check);
  const narrow = (rule) => {
    const wanted = Object.hasOwn(local, rule.id) ? local[rule.id] : null;
    const used = checksOf(rule);
    return (
      wanted !== null &&
      !rule.pageLevel &&
      used.length > 0 &&
      used.length === wanted.length &&
      used.every((id, index) => id === wanted[index] && audit.checks[id] && !audit.checks[id].after) &&
      typeof rule.gather === "function" &&
      typeof rule.gatherAndMatchNodes === "function"
    );
  };
  state.matched = {};
  state.left = {};
  state.early = {}; // by rule: what it will look at
  state.said = said;
  let rules = 0;
  for (const rule of audit.rules.filter(narrow)) {
    const { gather, gatherAndMatchNodes } = rule;
    rule.gather = function (...args) {
      const found = gather.apply(this, args);
      const left = (state.left[rule.id] = []);
      return found.filter((node) => {
        if (alikes.get(node.actualNode)?.includes(rule.id)) {
          left.push(node.actualNode);
          return false;
        }
        const again = covered.get(node.actualNode);
        return !again || again.get(rule.id)?.has(node.actualNode);
      });
    };
    const match = function (...args) {
      state.asked = args;
      const found = gatherAndMatchNodes.apply(this, args);
      state.matched[rule.id] = found.map((node) => node.actualNode);
      return found;
    };
    let matched = null;
    rule.gatherAndMatchNodes = function (...args) {
      return matched ?? match.apply(this, args);
    };
    state.early[rule.id] = () => {
      matched ??= match.apply(rule, state.asked);
      return state.matched[rule.id];
    };
    rules += 1;
  }
  state.skipped = (element, rule) => {
    const again = covered.get(element);
    return Boolean(alikes.get(element)?.includes(rule) || (again && !again.get(rule)?.has(element)));
  };
  // What a check comes to is noted by digest; null where texts alike differ in it or the engine is not sure of it.
  state.noted = [];
  const sure = {
    "color-contrast": (result, data) => typeof data?.contrastRatio === "number",
    "color-contrast-enhanced": (result, data) => typeof data?.contrastRatio === "number",
    "link-in-text-block": (result) => typeof result === "boolean",
  };
  const evaluates = new Map();
  for (const id of Object.keys(sure)) {
    const check = audit.checks[id];
    if (typeof check?.evaluate !== "function" || check.after) continue;
    const evaluate = check.evaluate;
    evaluates.set(check, evaluate);
    const places = id === "link-in-text-block" ? state.linkOf : state.textOf;
    check.evaluate = function (node, ...rest) {
      const place = places.get(node);
      if (place === undefined) return evaluate.call(this, node, ...rest);
      const before = said[place]?.[id];
      if (before) {
        if (before[1] !== null) this.data(before[1]);
        return before[0] ?? undefined;
      }
      let data = null;
      const tell = this.data;
      this.data = (one) => {
        data = one;
        tell.call(this, one);
      };
      const result = evaluate.call(this, node, ...rest);
      const outcome = sure[id](result, data) ? JSON.stringify([result ?? null, data]) : null;
      const noted = (state.noted[place] ??= {});
      noted[id] = noted[id] === undefined || noted[id] === outcome ? outcome : null;
      return result;
    };
  }
  state.undo = () => {
    for (const [check, evaluate] of evaluates) check.evaluate = evaluate;
    for (const rule of audit.rules) {
      delete rule.gather;
      delete rule.gatherAndMatchNodes;
    }
  };
  return JSON.stringify({ rules, texts });
}
