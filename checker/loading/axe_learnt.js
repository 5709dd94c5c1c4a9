// What axe found of each part by itself, those within it left out: {changed, cut, parts: [[part, {rule: passed}, {rule:
// [element]}]], left: {rule: texts that pass as others did}, alike: [[digest, {rule: whether all that were looked at
// passed}, {check: [result, data], or null where it is not to be relied on}]]}, elements that did not pass counted from
// the part's first. ``changed`` says that the page did so
// meanwhile. axe is as it was afterwards.
function learnt() {
  const state = globalThis.presscheckParts;
  state.watcher.disconnect();
  const changed = state.changed || state.watcher.takeRecords().length > 0;
  state.undo?.();
  delete globalThis.presscheckParts;
  const { result, elements } = globalThis.presscheckAxe;
  const partOf = (element) => {
    let number = state.numbers.get(element);
    while (number !== undefined && number >= 0 && !state.places.has(number)) number = state.parent[number];
    return state.places.get(number);
  };
  const found = new Map();
  const note = (part) => {
    if (!found.has(part)) found.set(part, [part, {}, {}]);
    return found.get(part);
  };
  const failed = new Map();
  for (const rule of [...result.violations, ...result.incomplete]) {
    if (!Object.hasOwn(state.matched, rule.id)) continue;
    const nodes = failed.get(rule.id) ?? new Set();
    failed.set(rule.id, nodes);
    for (const { element } of rule.nodes) nodes.add(elements[element]);
  }
  // What one of the two finds of an element depends on whether the other looked at it before.
  const OTHER = { "color-contrast": "color-contrast-enhanced", "color-contrast-enhanced": "color-contrast" };
  const shadowed = (rule, number) => state.shadowed[number] && (OTHER[rule] || rule === "link-in-text-block");
  let cut = false;
  for (const rule of [...result.violations, ...result.incomplete]) cut ||= rule.count > rule.nodes.length;
  for (const [rule, nodes] of Object.entries(state.matched)) {
    for (const node of nodes) {
      const part = partOf(node);
      if (part === undefined) continue;
      const [, passed, again] = note(part);
      const number = state.numbers.get(node);
      if (failed.get(rule)?.has(node) || failed.get(OTHER[rule])?.has(node) || shadowed(rule, number)) (again[rule] ??= []).push(number - state.list[part][0]);
      else passed[rule] = (passed[rule] ?? 0) + 1;
    }
  }
  const left = {};
  for (const [rule, nodes] of Object.entries(state.left)) {
    if (nodes.length) left[rule] = nodes.length;
    for (const node of nodes) {
      const part = partOf(node);
      if (part === undefined) continue;
      const [, passed] = note(part);
      passed[rule] = (passed[rule] ?? 0) + 1;
    }
  }
  const looked = new Map(Object.entries(state.matched).map(([rule, nodes]) => [rule, new Set(nodes)]));
  const alike = state.alike.map((numbers, digest) => {
    const said = {};
    for (const [rule, nodes] of looked) {
      if (!rule.startsWith("color-contrast")) continue;
      const own = numbers.map((number) => state.elements[number]).filter((element) => !state.skipped(element, rule));
      if (own.length) said[rule] = own.every((element) => nodes.has(element) && !failed.get(rule)?.has(element));
    }
    const noted = Object.entries(state.noted[digest] ?? {});
    return [digest, said, Object.fromEntries(noted.map(([check, outcome]) => [check, JSON.parse(outcome)]))];
  });
  return JSON.stringify({ changed, cut, parts: [...found.values()], left, alike });
}
