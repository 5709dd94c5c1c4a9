/* Filters over what stands in the page; their state is the address's hash, so a filtered view can be sent on.
   Everything is readable without this script. Page text is only ever set as text. */
"use strict";
(() => {
  const form = document.getElementById("filters");
  const shown = document.getElementById("shown");
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const cards = all("#findings > .card[data-rule]").map((card) => ({
    card,
    rule: card.dataset.rule,
    groups: all(".group", card).map((group) => ({
      group,
      page: group.dataset.page,
      finds: all(".find", group),
    })),
  }));
  const reasons = all("#findings > .card[data-rules]");
  const pages = all("#pages > .page");
  const total = all("#findings .find").length;
  const boxes = (name) => all(`input[name="${name}"]`, form);

  const kinds = ["severity", "verdict", "status", "place"].filter((name) => boxes(name).length);

  /* Whether a page is among ascending ranges such as "1-4 7". */
  const within = (ranges, page) => ranges.split(" ").some((range) => {
    const [first, last = first] = range.split("-").map(Number);
    return first <= page && page <= last;
  });
  const figure = (number) => number.toLocaleString("en-US");
  const option = (select, value, text) => {
    const made = document.createElement("option");
    made.value = value;
    made.textContent = text;
    select.append(made);
  };
  const heading = (card) => card.querySelector("h3").textContent.trim();
  pages.forEach((page) => option(form.elements.page, page.dataset.page, heading(page)));
  cards.forEach(({ card, rule }) => option(form.elements.rule, rule, heading(card)));
  const listed = new Set(cards.map(({ rule }) => rule));
  reasons.flatMap((reason) => reason.dataset.rules.split(" ")).forEach((rule) => {
    if (!listed.has(rule)) option(form.elements.rule, rule, rule);
    listed.add(rule);
  });

  /* The hash is a filter where it holds "=", else the place that a link points to. */
  const read = () => {
    const hash = location.hash.slice(1);
    const state = new URLSearchParams(hash.includes("=") ? hash : "");
    form.elements.page.value = state.get("page") ?? "";
    form.elements.rule.value = state.get("rule") ?? "";
    for (const select of [form.elements.page, form.elements.rule]) {
      if (select.selectedIndex < 0) select.value = "";
    }
    for (const name of kinds) {
      const wanted = state.has(name) ? state.get(name).split(",") : null;
      boxes(name).forEach((box) => { box.checked = !wanted || wanted.includes(box.value); });
    }
  };
  const write = () => {
    const state = new URLSearchParams();
    if (form.elements.page.value) state.set("page", form.elements.page.value);
    if (form.elements.rule.value) state.set("rule", form.elements.rule.value);
    for (const name of kinds) {
      const checked = boxes(name).filter((box) => box.checked);
      if (checked.length < boxes(name).length) state.set(name, checked.map((box) => box.value).join(","));
    }
    const hash = state.toString().replaceAll("%2C", ",");
    history.replaceState(null, "", location.href.split("#")[0] + (hash ? "#" + hash : ""));
  };

  const apply = () => {
    const page = form.elements.page.value;
    const rule = form.elements.rule.value;
    const chosen = Object.fromEntries(
      kinds.map((name) => [name, new Set(boxes(name).filter((box) => box.checked).map((box) => box.value))])
    );
    const fits = ({ dataset }, rule_fits, own) =>
      rule_fits && (!page || page === own || (dataset.pages && within(dataset.pages, Number(page)))) &&
      kinds.every((name) => chosen[name].has(dataset[name]));
    let count = 0;
    for (const entry of cards) {
      let here = 0;
      for (const { group, page: own, finds } of entry.groups) {
        let left = 0;
        for (const find of finds) {
          find.hidden = !fits(find, !rule || rule === entry.rule, own);
          left += !find.hidden;
        }
        group.hidden = left === 0;
        here += left;
      }
      entry.card.hidden = here === 0;
      count += here;
    }
    let untested = 0;
    for (const reason of reasons) {
      const { rules, pages: numbers } = reason.dataset;
      const told = (!rule || rules.split(" ").includes(rule)) && (!page || numbers === "*" || numbers.split(" ").includes(page));
      reason.hidden = !(told && chosen.verdict.has("not-tested"));
      untested += !reason.hidden;
    }
    pages.forEach((section) => { section.hidden = Boolean(page) && section.dataset.page !== page; });
    const also = reasons.length ? ` and ${untested} of ${reasons.length} reasons why rules were not tested` : "";
    if (total || reasons.length) shown.textContent = `Showing ${figure(count)} of ${figure(total)} findings${also}.`;
  };

  const go = () => {
    read();
    apply();
    const target = document.querySelector(":target");
    if (!target) return;
    for (let place = target; place; place = place.parentElement) {
      if (place instanceof HTMLDetailsElement) place.open = true;
    }
    target.scrollIntoView();
  };

  form.addEventListener("change", () => { write(); apply(); });
  form.addEventListener("reset", (event) => {
    event.preventDefault();
    history.replaceState(null, "", location.href.split("#")[0]);
    read();
    apply();
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  addEventListener("hashchange", go);

  /* Paper has nothing to open. */
  let opened = [];
  addEventListener("beforeprint", () => {
    opened = all("main details:not([open])");
    opened.forEach((details) => { details.open = true; });
  });
  addEventListener("afterprint", () => opened.forEach((details) => { details.open = false; }));

  if (matchMedia("(max-width: 60rem)").matches) document.getElementById("filter-box").open = false;
  form.hidden = false;
  go();
})();
