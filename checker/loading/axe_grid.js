// Has axe build its grid (which boxes lie where: the most of what contrast and the size of targets cost) of those
// elements alone that it will ask for: those that lie at a place that a check looks at, and all that these are in.
// Runs after axe_skip.js, with an engine whose checks are known to look no further. Gives a JSON text: whether that can
// be done.
function grid() {
  const state = globalThis.presscheckParts;
  if (!state?.early) return "false"; // axe_skip.js left nothing out
  const { elements, numbers, parent, end, rects, scrolled, clips, reach, displays, texts, textRects, textOf, linkOf, said, early, method } = state;
  const body = numbers.get(state.body);
  const CONTRAST = ["color-contrast", "color-contrast-enhanced"];
  const [LINK, TARGET] = ["link-in-text-block", "target-size"];
  if (state.topScrolls || ![...CONTRAST, LINK, TARGET].every((rule) => early[rule])) return "false";
  const SIDE = 200; // of the grid's squares: all in one are a target's neighbours
  const SPACING = 24; // that targets keep
  const SLACK = 4;
  const MOST = 2_000_000; // comparisons
  const BLOCK = /^(block|list-item|table|flex|grid|inline-block|table-.*)$/; // as axe has it

  const textsOf = new Map();
  for (const [number, node] of texts) {
    if (textsOf.has(number)) textsOf.get(number).push(node);
    else textsOf.set(number, [node]);
  }
  const around = ({ left, top, right, bottom }, far) => [left - far, top - far, right + far, bottom + far];
  const squares = (zone) => zone.map((value, side) => (side < 2 ? Math.floor(value / SIDE) : Math.ceil(value / SIDE)) * SIDE);
  const meets = (rect, zone) => rect.left <= zone[2] && rect.right >= zone[0] && rect.top <= zone[3] && rect.bottom >= zone[1];
  const numbersOf = (found) => found.map((element) => numbers.get(element));
  const unanswered = (rule, places) => numbersOf(early[rule]().filter((element) => said[places.get(element)]?.[rule] === undefined));
  const widget = (element) => axe.commons.aria.getRoleType(element) === "widget" && axe.commons.dom.isFocusable(element);
  const clipped = (number) => number > 0 && (clips[number] || clipped(parent[number]));

  // Of a text the stack at the middle of each of its boxes is asked for, or at its element's.
  const stacks = (number) => {
    const rect = rects[number];
    if (clipped(number)) return [around(rect, SLACK)];
    const [x, y] = [rect.left + rect.width / 2, rect.top + rect.height / 2];
    const boxes = (textsOf.get(number) ?? []).flatMap((node) => textRects(node));
    return [[x - SLACK, y - SLACK, x + SLACK, y + SLACK], ...boxes.map((box) => around(box, SLACK))];
  };
  // The elements of which something is asked, and where.
  const wanted = () => {
    const asked = CONTRAST.flatMap((rule) => unanswered(rule, textOf));
    for (const link of unanswered(LINK, linkOf)) {
      if (BLOCK.test(displays[link])) continue;
      let block = parent[link];
      while (block >= 0 && !BLOCK.test(displays[block])) block = parent[block];
      if (block < 0) return null;
      asked.push(link, block);
    }
    const targets = numbersOf(early[TARGET]());
    const chosen = new Set([...asked, ...targets]);
    if (chosen.has(undefined)) return null;
    const spaced = targets.map((number) => squares(around(rects[number], SPACING + SLACK)));
    const beside = []; // of a target's neighbours it is asked what lies over them
    elements.forEach((element, number) => {
      if (reach[number] > 2 && spaced.some((zone) => meets(rects[number], zone)) && widget(element)) beside.push(around(rects[number], SLACK));
    });
    return { chosen, zones: [...[...new Set(asked)].flatMap(stacks), ...spaced, ...beside] };
  };

  const moved = (number) => {
    const [before, now] = [rects[number], state.box(elements[number])];
    return before.left !== now.left || before.top !== now.top || before.right !== now.right || before.bottom !== now.bottom;
  };
  const kept = () => {
    const found = wanted();
    if (!found || found.zones.length * elements.length > MOST) return null;
    const [whole] = rects;
    const held = [];
    held[body] = true;
    const hold = (number) => {
      for (let above = number; above > body && !held[above]; above = parent[above]) held[above] = true;
    };
    for (const number of found.chosen) {
      if (moved(number)) return null;
      for (let above = number; above >= 0; above = parent[above]) if (scrolled[above]) return null; // it has a grid of its own
      hold(number);
    }
    for (let number = body; number < end[body]; number++) {
      const rect = rects[number];
      if (!rect.width && !rect.height) continue;
      // How far the grid reaches follows from the page's own box and from what sticks out of it.
      const out = rect.left < whole.left || rect.top < whole.top || rect.right > whole.right || rect.bottom > whole.bottom;
      if (out || found.zones.some((zone) => meets(rect, zone))) hold(number);
    }
    return elements.filter((_, number) => held[number]);
  };

  const walker = method(Document, "createTreeWalker");
  const moving = method(Document, "getAnimations");
  document.createTreeWalker = (root, ...rest) => {
    const few = root === state.body && moving(document).length === 0 ? kept() : null;
    if (!few) return walker(document, root, ...rest);
    let at = 0;
    return { currentNode: few[0], nextNode: () => few[++at] ?? null };
  };
  const undo = state.undo;
  state.undo = () => {
    delete document.createTreeWalker;
    undo();
  };
  return "true";
}
