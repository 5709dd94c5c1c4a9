// Scrolls the window to a place, unless the window shows it already, and says as a JSON text what it shows then. A place
// is shown away from the window's upper and lower edge, where bars may stay; one that is too high for that, in the middle.
// Takes a JSON text {x, y, width, height}, in CSS pixels of the page. Runs in a world of our own.
function bring(argument) {
  const { x, y, width, height } = JSON.parse(argument);
  const edge = innerHeight / 5;
  const across = x >= scrollX && x + width <= scrollX + innerWidth;
  if (!across || y < scrollY + edge || y + height > scrollY + innerHeight - edge) {
    const fits = height <= innerHeight - 2 * edge;
    scrollTo({
      left: x + (width - innerWidth) / 2,
      top: fits ? y - edge : y + (height - innerHeight) / 2,
      behavior: "instant",
    });
  }
  return JSON.stringify({ left: scrollX, top: scrollY, width: innerWidth, height: innerHeight });
}
