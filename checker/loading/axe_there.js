// Whether the engine is in this world already, as a JSON text.
function there() {
  return JSON.stringify(typeof globalThis.axe?.run === "function");
}
