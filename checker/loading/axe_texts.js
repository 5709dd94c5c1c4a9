// What axe's contrast rules make of a text follows from the styles of its element and of those around it, where the text
// lies on these alone: a digest of those for each such element. Runs after axe_parts.js. Gives the
// distinct digests as a JSON text; the elements of each stay in presscheckParts.alike.
function alike() {
  const state = globalThis.presscheckParts;
  const { elements, parent, rects, shown, blocks, styles, pseudos, scrolled, clips, texts, labelled, hash, localName, attribute, clientRects } = state;
  const SIDE = 100;
  const cells = new Map();
  const boxes = [];
  const boxesOf = (number) => (boxes[number] ??= blocks[number] ? [rects[number]] : [...clientRects(elements[number])]);
  const around = (low, high) => [Math.floor((low - 2) / SIDE), Math.floor((high + 2) / SIDE)];
  const large = [];
  elements.forEach((element, number) => {
    if (!shown[number]) return;
    for (const rect of boxesOf(number)) {
      if (rect.width === 0 || rect.height === 0) continue;
      const [left, right] = around(rect.left, rect.right);
      const [top, bottom] = around(rect.top, rect.bottom);
      if ((right - left + 1) * (bottom - top + 1) > 400) {
        large.push([number, rect]);
        continue;
      }
      for (let x = left; x <= right; x++) {
        for (let y = top; y <= bottom; y++) {
          const key = x * 100003 + y;
          const cell = cells.get(key);
          if (cell) cell.push([number, rect]);
          else cells.set(key, [[number, rect]]);
        }
      }
    }
  });

  const FORMS = new Set("input select textarea option optgroup label legend button".split(" "));
  const chains = [];
  const barred = []; // nothing below is told by styles alone
  const chainOf = (number) => {
    if (number < 0) return "";
    if (chains[number] !== undefined) return chains[number];
    const above = chainOf(parent[number]);
    const element = elements[number];
    const name = localName(element);
    barred[number] = (parent[number] >= 0 && barred[parent[number]]) || scrolled[number] || pseudos[number] || labelled[number] ||
      name === "label" || name === "svg" || name === "math";
    const facts = ["disabled", "aria-disabled", "inert", "aria-hidden"].map((key) => attribute(element, key));
    return (chains[number] = hash(JSON.stringify([above, FORMS.has(name) ? name : "", facts, styles[number]])));
  };

  // Which of its ancestors lie under this box of a text, nearest first; null where anything else does, or an edge is near.
  const under = (number, rect) => {
    const [x, y] = [rect.left + rect.width / 2, rect.top + rect.height / 2];
    const near = [...(cells.get(Math.floor(x / SIDE) * 100003 + Math.floor(y / SIDE)) ?? []), ...large];
    const covering = new Set();
    for (const [other, box] of near) {
      if (x < box.left - 1.05 || x > box.right + 1.05 || y < box.top - 1.05 || y > box.bottom + 1.05) continue;
      if (x < box.left + 1.05 || x > box.right - 1.05 || y < box.top + 1.05 || y > box.bottom - 1.05) return null;
      covering.add(other);
    }
    if (!covering.delete(number)) return null;
    let said = "";
    for (let above = parent[number]; above >= 0; above = parent[above]) said += covering.delete(above) ? "1" : "0";
    return covering.size === 0 ? said : null;
  };
  const framed = (number, rect) => {
    for (let above = parent[number]; above > 0; above = parent[above]) {
      const box = rects[above];
      if (clips[above] && (rect.left < box.left || rect.right > box.right || rect.top < box.top || rect.bottom > box.bottom)) return false;
    }
    const self = rects[number];
    return rect.left >= Math.max(0, self.left - 1) && rect.right <= self.right + 1 && rect.top >= Math.max(0, self.top - 2) && rect.bottom <= self.bottom + 2;
  };

  const nodes = new Map();
  for (const [number, node] of texts) {
    if (nodes.has(number)) nodes.get(number).push(node);
    else nodes.set(number, [node]);
  }
  const alike = new Map();
  const range = state.range;
  for (const [number, held] of nodes) {
    const chain = chainOf(number);
    if (barred[number] || FORMS.has(localName(elements[number]))) continue;
    let pattern = null;
    let told = held.every((node) => /[A-Za-z0-9].*[A-Za-z0-9]/s.test(state.valueOf(node)));
    for (const node of told ? held : []) {
      range.selectNodeContents(node);
      for (const rect of range.getClientRects()) {
        if (rect.width < 1 || rect.height < 1) continue;
        const said = rect.height < 5 || !framed(number, rect) ? null : under(number, rect);
        told &&= said !== null && (pattern === null || pattern === said);
        pattern = said;
        if (!told) break;
      }
      if (!told) break;
    }
    if (!told || pattern === null) continue;
    const digest = hash(JSON.stringify([state.page, chain, pattern]));
    if (alike.has(digest)) alike.get(digest).push(number);
    else alike.set(digest, [number]);
  }
  state.alike = [...alike.values()];
  return JSON.stringify([...alike.keys()]);
}
