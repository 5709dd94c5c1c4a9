/* Filters. A server filters by itself, and here only keeps what is empty out of the address. In a folder of files the list
   stands whole in the page: what the address chooses is shown, some rows at a time. Without this script all is readable.
   Page text is only ever read as text. */
"use strict";
(() => {
  const form = document.querySelector("form.choose");
  if (!form) return;
  const fields = () => [...form.elements].filter((field) => field.name);
  const query = () => {
    const chosen = new URLSearchParams();
    for (const field of fields()) if (field.value.trim()) chosen.set(field.name, field.value.trim());
    return chosen;
  };
  const address = (chosen) => location.pathname + (chosen.size ? "?" + chosen : "");

  if ("live" in form.dataset) {
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      location.assign(address(query()));
    });
    return;
  }

  const AT_ONCE = 100;
  const list = document.getElementById(form.dataset.target);
  const shown = document.getElementById("shown");
  if (!list) return;
  const rows = [...list.children];
  const told = shown.textContent;
  let most = AT_ONCE;
  const more = document.createElement("button");
  more.type = "button";
  list.after(more);

  const words = () => fields().filter((field) => field.value.trim()).map((field) => {
    const label = field.labels?.[0]?.textContent ?? field.name;
    return `${label}: ${field.selectedOptions?.[0].textContent ?? field.value.trim()}`;
  }).join("; ");
  const fits = (row, chosen) => {
    for (const [name, value] of chosen) {
      if (name === "order") continue;
      if (name === "search") {
        if (!row.textContent.toLowerCase().includes(value.toLowerCase())) return false;
      } else if (name === "since") {
        if (row.dataset.since < value) return false;
      } else if (!(row.dataset[name] ?? "").split(name === "state" ? " " : "\n").includes(value)) {
        return false;
      }
    }
    return true;
  };
  const show = () => {
    const chosen = query();
    const order = chosen.get("order") === "newest" ? [...rows].reverse() : rows;
    const fitting = order.filter((row) => fits(row, chosen));
    list.replaceChildren(...fitting.slice(0, most));
    const left = fitting.length - list.children.length;
    more.hidden = left <= 0;
    more.textContent = `Show ${Math.min(left, AT_ONCE)} more of ${left}`;
    list.hidden = !fitting.length;
    const number = `${fitting.length.toLocaleString("en-US")} of ${rows.length.toLocaleString("en-US")}`;
    shown.textContent = chosen.size ? `${number} in this copy: ${words()}` : told;
  };
  const read = () => {
    const chosen = new URLSearchParams(location.search);
    for (const field of fields()) {
      const value = chosen.get(field.name) ?? "";
      const known = field.tagName !== "SELECT" || [...field.options].some((option) => option.value === value);
      if (!known) field.append(new Option(value, value));
      field.value = value;
    }
    most = AT_ONCE;
    show();
  };
  const choose = (event) => {
    if (event.type === "submit") event.preventDefault();
    const now = address(query());
    if (now !== location.pathname + location.search) history.pushState(null, "", now);
    most = AT_ONCE;
    show();
  };
  form.addEventListener("submit", choose);
  form.addEventListener("change", choose);
  more.addEventListener("click", () => {
    const next = list.children.length;
    most += AT_ONCE;
    show();
    list.children[next]?.querySelector("a")?.focus();
  });
  addEventListener("popstate", read);
  addEventListener("beforeprint", () => {
    most = Infinity;
    show();
  });
  form.hidden = false;
  read();
})();
