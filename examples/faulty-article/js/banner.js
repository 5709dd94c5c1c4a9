// The .gov banner opens and closes as the U.S. Web Design System's own script does it: the served page
// shows everything (it must be readable without script), and the script folds it away.
for (const button of document.querySelectorAll(".usa-banner__button[aria-controls]")) {
  const content = document.getElementById(button.getAttribute("aria-controls"));
  const header = button.closest(".usa-banner__header");
  const show = (expanded) => {
    button.setAttribute("aria-expanded", String(expanded));
    content.hidden = !expanded;
    header.classList.toggle("usa-banner__header--expanded", expanded);
  };
  show(false);
  button.addEventListener("click", () => show(button.getAttribute("aria-expanded") !== "true"));
}
