// Starts axe in a world of our own and keeps what comes of it in presscheckAxe: the page's result is read by polling,
// for a document whose scripts may not run never ends a promise. Takes a JSON text {context, options, most, longest}.
// Without options every rule of the engine runs but deprecated ones. The elements stay here; nodes carry their index.
function start(argument) {
  const { context, options, most, longest, wait } = JSON.parse(argument);
  const state = { done: false, alive: false, error: "", result: null, elements: [] };
  globalThis.presscheckAxe = state;
  setTimeout(() => {
    state.alive = true;
  }, 0);
  const stale = (tag) => tag === "deprecated" || tag.endsWith("-obsolete");
  const every = () => ({
    runOnly: {
      type: "rule",
      values: axe.getRules().filter((rule) => !rule.tags.some(stale)).map((rule) => rule.ruleId),
    },
  });

  const find = (node) => {
    if (node.element) return node.element;
    try {
      let root = document;
      let found = null;
      for (const part of node.target.flat()) {
        if (found) root = found.shadowRoot ?? found.contentDocument;
        found = root.querySelector(part);
      }
      return found;
    } catch {
      return null; // a frame that went away, a selector that no longer holds
    }
  };
  const cut = (text) => String(text ?? "").slice(0, longest);
  const told = ({ id, help, description, helpUrl, impact, tags }) => ({ id, help, description, helpUrl, impact, tags });
  const node = (one) => ({
    target: cut(one.target.flat().join(" >>> ")),
    html: cut(one.html),
    failureSummary: cut(one.failureSummary),
    impact: one.impact,
    element: state.elements.push(find(one)) - 1,
  });
  const whole = (rule) => ({ ...told(rule), nodes: rule.nodes.slice(0, most).map(node), count: rule.nodes.length });
  // Of what passed axe would describe every element; how many there are is known before it begins to.
  const passes = new Map();
  axe.addReporter("counting", (found, asked, ...rest) => {
    for (const rule of found) passes.set(rule.id, rule.passes?.length ?? 0);
    return axe.getReporter("v1")(found, { ...asked, resultTypes: ["violations", "incomplete"] }, ...rest);
  });
  const counted = (rule) => ({ ...told(rule), count: passes.get(rule.id) });
  const trim = (result) => ({
    testEngine: result.testEngine,
    violations: result.violations.map(whole),
    incomplete: result.incomplete.map(whole),
    passes: result.passes.map(counted),
    inapplicable: result.inapplicable.map(counted),
  });

  new Promise((done) => {
    done(axe.run(context ?? document, { frameWaitTime: wait, reporter: "counting", ...(options ?? every()), elementRef: true }));
  })
    .then((result) => {
      state.result = trim(result);
    })
    .catch((error) => {
      state.error = cut(error?.message ?? error) || "unknown error";
    })
    .finally(() => {
      state.done = true;
    });
  return "null";
}
