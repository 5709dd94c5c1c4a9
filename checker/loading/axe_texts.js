// What axe's contrast rules make of a text follows from the styles of its element and of those around it, where the text
// lies on these alone: a digest of those for each such element; what link-in-text-block makes of a link, from the digests
// of its text and of its block's. Runs after axe_parts.js. Gives the distinct digests as a JSON text; what they are of
// stays in presscheckParts: alike has the elements of each, textOf and linkOf the place of an element's digest.
function alike() {
  const state = globalThis.presscheckParts;
  if (!state) return "null"; // axe_walk.js refused
  const { elements, parent, rects, shown, blocks, displays, styles, pseudos, scrolled, scrolls, clips, shadowed, texts, labelled } = state;
  const { hash, localName, attribute, clientRects, numbers, area } = state;
  const body = numbers.get(state.body);
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
    barred[number] = (parent[number] >= 0 && barred[parent[number]]) || scrolled[number] || scrolls[number] || pseudos[number] ||
      labelled[number] || shadowed[number] || name === "label" || name === "svg" || name === "math";
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
  // Axe calls a text partly obscured where what lies under it has a colour and does not hold all of it.
  const holds = (box, rect) => rect.top >= box.top && rect.bottom <= box.bottom && rect.left >= box.left && rect.right <= box.right;
  const held = (number, boxes, pattern) => {
    let said = boxes.every((rect) => holds(rects[number], rect)) ? "1" : "0";
    for (let above = parent[number], place = 0; above >= 0; above = parent[above], place++) {
      const box = above ? rects[above] : area;
      if (pattern[place] === "1") said += boxes.every((rect) => holds(box, rect)) ? "1" : "0";
    }
    return said + (holds(rects[body], rects[number]) ? "1" : "0");
  };
  const onScreen = ({ left, right, bottom }) => right > 0 && bottom >= 0 && left < innerWidth;
  const framed = (number, rect) => {
    for (let above = parent[number]; above > 0; above = parent[above]) {
      const box = rects[above];
      if (clips[above] && (rect.left < box.left || rect.right > box.right || rect.top < box.top || rect.bottom > box.bottom)) return false;
    }
    const self = rects[number];
    return rect.left >= Math.max(0, self.left - 1) && rect.right <= self.right + 1 && rect.top >= Math.max(0, self.top - 2) && rect.bottom <= self.bottom + 2;
  };

  const textsOf = new Map();
  for (const [number, node] of texts) {
    if (textsOf.has(number)) textsOf.get(number).push(node);
    else textsOf.set(number, [node]);
  }
  const places = new Map();
  state.alike = [];
  const placeOf = (digest) => {
    if (!places.has(digest)) places.set(digest, state.alike.push([]) - 1);
    return places.get(digest);
  };
  state.textOf = new Map();
  const drawn = [...document.fonts].some((font) => font.status === "loaded"); // one word of such may be an icon
  const digestOf = (number, nodes) => {
    // Axe asks of the words whether there are two letters, and of which kind.
    const words = nodes.map(state.valueOf);
    if (!words.some((text) => /[A-Za-z0-9].*[A-Za-z0-9]/s.test(text))) return null;
    if (drawn && !words.some((text) => /\S\s+\S/.test(text))) return null;
    if (!onScreen(rects[number])) return null;
    let pattern = null;
    const boxes = [];
    for (const node of nodes) {
      for (const rect of state.textRects(node)) {
        if (rect.width < 1 || rect.height < 1) continue;
        const said = rect.height < 5 || !framed(number, rect) ? null : under(number, rect);
        if (said === null || (pattern !== null && pattern !== said)) return null;
        pattern = said;
        boxes.push(rect);
      }
    }
    return pattern === null ? null : [pattern, held(number, boxes, pattern)];
  };
  for (const [number, nodes] of textsOf) {
    const chain = chainOf(number);
    if (barred[number] || FORMS.has(localName(elements[number]))) continue;
    const said = digestOf(number, nodes);
    if (said === null) continue;
    const place = placeOf(hash(JSON.stringify([state.page, chain, said])));
    state.alike[place].push(number);
    state.textOf.set(elements[number], place);
  }

  // As axe has it.
  const BLOCK = /^(block|list-item|table|flex|grid|inline-block|table-.*)$/;
  state.linkOf = new Map();
  const digests = [...places.keys()];
  for (const [element, place] of state.textOf) {
    if (localName(element) !== "a" || BLOCK.test(displays[numbers.get(element)])) continue;
    let above = parent[numbers.get(element)];
    while (above >= 0 && !BLOCK.test(displays[above])) above = parent[above];
    const around = state.textOf.get(elements[above]);
    if (around !== undefined) state.linkOf.set(element, placeOf(`${digests[place]} ${digests[around]}`));
  }
  return JSON.stringify([...places.keys()]);
}
