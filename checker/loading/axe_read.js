// How far axe is, as a JSON text. ``alive`` says that timers run at all.
function read() {
  const state = globalThis.presscheckAxe;
  if (!state) return "null";
  const { done, alive, error, result } = state;
  return JSON.stringify({ done, alive, error, result: done ? result : null });
}
