// Digests of the page's parts: a part is a subtree whose findings of the rules that look no further (see axe_local.json)
// follow from what its digest is made of. That is its markup, the state and styles of its elements and their boxes, what
// of its ancestors axe asks, what lies over or near it, and what refers to it or is referred to. Runs after axe_walk.js.
// Takes a JSON text {least}; gives a JSON text [[first, size, parent, digest, fraction, steady]]. What follows
// (axe_texts.js, axe_skip.js, axe_learnt.js) finds its state in presscheckParts.
function parts(argument) {
  const { least } = JSON.parse(argument);
  const state = globalThis.presscheckParts;
  if (!state) return "null"; // axe_walk.js refused
  const { elements, numbers, parent, end, own, chain, deep, rects, bounds, shown, apart, within, roots, blocks, reach } = state;
  const { texts, references, ids, owned, body, textRects, page, hash, joined, html, localName, method } = state;
  const byId = method(Document, "getElementById");

  // Where a text's middle is within a pixel of an edge, axe's rounding may turn with the fraction of its place.
  const edges = [];
  rects.forEach((rect, number) => {
    if (shown[number]) edges.push([rect.top, number], [rect.bottom, number]);
  });
  edges.sort(([a], [b]) => a - b);
  const tied = new Set();
  const middle = (number, rect) => {
    const [x, y] = [rect.left + rect.width / 2, rect.top + rect.height / 2];
    let [low, high] = [0, edges.length];
    while (low < high) {
      const half = (low + high) >> 1;
      if (edges[half][0] < y - 1.05) low = half + 1;
      else high = half;
    }
    for (; low < edges.length && edges[low][0] <= y + 1.05; low++) {
      const other = rects[edges[low][1]];
      if (other.left - 1 <= x && x <= other.right + 1) tied.add(number);
    }
  };
  for (const [number, node] of texts) {
    middle(number, rects[number]);
    for (const rect of textRects(node)) middle(number, rect);
  }

  const ties = [0]; // how many tied elements are before each
  elements.forEach((_, number) => ties.push(ties[number] + (tied.has(number) ? 1 : 0)));

  const inside = (number, first) => number >= first && number < end[first];
  const outside = (number) => [own[number], chain[number], deep[number]];
  const resolved = references.map(([from, key, token]) => {
    const target = numbers.get(byId(document, token));
    return { from, key, token, target };
  });
  const links = (first) => {
    const said = [];
    for (const { from, key, token, target } of resolved) {
      if (inside(from, first)) {
        const held = target !== undefined && inside(target, first);
        said.push([from - first, key, target === undefined ? null : held ? target - first : outside(target)]);
      } else {
        for (const aim of ids.get(token) ?? []) {
          if (inside(aim, first)) said.push([key, aim - first, target === aim, outside(from)]);
          else if (first > aim && first < end[aim]) said.push([key, "above", outside(from)]);
        }
      }
    }
    for (const [number, id] of owned) {
      if (inside(number, first) && ids.get(id).length > 1) said.push(["twice", number - first, numbers.get(byId(document, id)) === number]);
    }
    return said;
  };
  const near = (first) => {
    const bound = bounds[first];
    if (!bound) return [];
    const { left, top: y } = rects[first];
    const said = [];
    for (let number = 0; number < elements.length; number++) {
      if (number === first) {
        number = end[first] - 1;
        continue;
      }
      if (!shown[number] || (number < first && end[number] > first)) continue;
      const rect = rects[number];
      if (rect.width === 0 && rect.height === 0) continue;
      const far = reach[number];
      if (rect.left < bound[2] + far && rect.right > bound[0] - far && rect.top < bound[3] + far && rect.bottom > bound[1] - far) {
        said.push([number < first, rect.left - left, rect.top - y, rect.width, rect.height, own[number], chain[number], far > 2 ? deep[number] : ""]);
      }
    }
    return said;
  };
  const ancestors = (first) => {
    const bound = bounds[first];
    if (!bound) return [];
    const { left, top: y } = rects[first];
    const said = [];
    for (let number = parent[first]; number >= 0; number = parent[number]) {
      const rect = rects[number];
      const holds = blocks[number] && rect.left <= bound[0] && rect.right >= bound[2] && rect.top <= bound[1] && rect.bottom >= bound[3];
      said.push(holds ? "holds" : [rect.left - left, rect.top - y, rect.right - left, rect.bottom - y]);
    }
    return said;
  };
  const first = numbers.get(body);
  const list = [];
  const places = new Map();
  const told = (number) => {
    let above = parent[number];
    while (above >= 0 && !places.has(above)) above = parent[above];
    const rect = rects[number];
    const high = bounds[number] && bounds[number][1] < 0;
    const digest = hash(joined(page, chain[parent[number]], deep[number], rect.left, high ? rect.top : 0, ancestors(number), near(number), links(number)));
    places.set(number, list.length);
    const steady = ties[end[number]] === ties[number];
    const fraction = shown[number] ? rect.top - Math.floor(rect.top) : 0;
    list.push([number, end[number] - number, above >= 0 ? places.get(above) : -1, digest, String(fraction), steady]);
  };
  for (let number = first + 1; number < end[first]; number++) {
    const above = within[parent[number]] || !html(number);
    const root = roots[number] && !apart[number] && localName(elements[number]) !== "p";
    if (!above && root && end[number] - number >= least) told(number);
  }
  const labelled = [];
  for (const { key, token } of resolved) {
    if (key === "aria-labelledby") for (const aim of ids.get(token) ?? []) labelled[aim] = true;
  }
  Object.assign(state, { list, places, labelled, alike: [] });
  return JSON.stringify(list);
}
