// Has axe leave out, of the rules that look no further than a part, the elements of known parts that passed or that no
// such rule applied to. Takes a JSON text {local: {rule: [checks]}, known: [[part, {rule: [element]}]], alike: [[digest, [rule]]]}: of parts
// the elements that did not pass, which axe looks at again; of texts alike the rules that they passed. Gives {rules}: how many rules that concerns; 0 where the engine is not as we
// know it, and then nothing is left out.
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
  for (const [digest, rules] of alike) {
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
    rule.gatherAndMatchNodes = function (...args) {
      const found = gatherAndMatchNodes.apply(this, args);
      state.matched[rule.id] = found.map((node) => node.actualNode);
      return found;
    };
    rules += 1;
  }
  state.skipped = (element, rule) => {
    const again = covered.get(element);
    return Boolean(alikes.get(element)?.includes(rule) || (again && !again.get(rule)?.has(element)));
  };
  state.undo = () => {
    for (const rule of audit.rules) {
      delete rule.gather;
      delete rule.gatherAndMatchNodes;
    }
  };
  return JSON.stringify({ rules });
}
