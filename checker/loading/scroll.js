// Scrolls through the page, a window at each frame, so that lazy pictures load, and back to the top. Takes a JSON text
// {milliseconds}: the most time; a page that grows while it is scrolled is followed for ten windows, not for ever.
async function scroll(argument) {
  const { milliseconds } = JSON.parse(argument);
  const end = performance.now() + milliseconds;
  const frame = () =>
    new Promise((done) => {
      const timer = setTimeout(done, 100); // a page that draws nothing has no frames
      requestAnimationFrame(() => (clearTimeout(timer), done()));
    });
  const scroller = () =>
    Reflect.apply(Object.getOwnPropertyDescriptor(Document.prototype, "scrollingElement").get, document, []) ??
    Reflect.apply(Object.getOwnPropertyDescriptor(Document.prototype, "documentElement").get, document, []);
  const height = () => scroller()?.scrollHeight ?? 0;
  const most = height() + 10 * innerHeight;
  let whole = true;
  await frame(); // it begins: where the page is scrolled to in it is seen at its end
  for (let top = innerHeight; top < Math.min(height(), most); top += innerHeight) {
    scrollTo({ top, behavior: "instant" });
    await frame();
    if (performance.now() > end) {
      whole = false;
      break;
    }
  }
  scrollTo({ top: 0, left: 0, behavior: "instant" });
  await frame();
  return JSON.stringify({ whole: whole && height() <= most });
}
