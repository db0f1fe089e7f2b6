// Frames per second while panning a large graph, and the time to its first picture.
//
//   node e2e/speed.mjs [--nodes 5000]
import { parseArgs } from 'node:util';
import { launch, newPage } from './browser.mjs';
import { startDemo } from './demo-server.mjs';
import { MapPage } from './map-page.mjs';

const { values } = parseArgs({
  options: { nodes: { type: 'string', default: '5000' }, screenshot: { type: 'string' } },
});
const demo = await startDemo({ nodes: Number(values.nodes) });
const browser = await launch();
try {
  const page = await newPage(browser, {});
  await page.goto(`${demo.url}/?view=processes`);
  await MapPage.at(page);
  const first = await page.evaluate(() => performance.now());
  console.log(`nodes on the map ${Math.round(first)} ms after the page was asked for`);
  await page.waitForTimeout(1500);
  const size = await page.evaluate(() => {
    const { scene } = document.querySelector('.map canvas').scopeMap;
    return `${scene.nodes.size} nodes, ${scene.edges.size} edges`;
  });
  const frames = await page.evaluate(async () => {
    const canvas = document.querySelector('.map canvas');
    const times = [];
    let last = performance.now();
    let running = true;
    const tick = (now) => {
      times.push(now - last);
      last = now;
      if (running) requestAnimationFrame(tick);
    };
    requestAnimationFrame(tick);
    const box = canvas.getBoundingClientRect();
    const fire = (type, x, y) =>
      canvas.dispatchEvent(
        new PointerEvent(type, {
          pointerId: 1,
          button: 0,
          clientX: box.left + x,
          clientY: box.top + y,
          bubbles: true,
        }),
      );
    canvas.setPointerCapture = () => undefined;
    fire('pointerdown', 600, 90);
    for (let i = 0; i < 120; i++) {
      fire('pointermove', 600 + i * 2, 90 + i);
      await new Promise((resolve) => setTimeout(resolve, 16));
    }
    fire('pointerup', 840, 210);
    for (let i = 0; i < 60; i++) {
      canvas.dispatchEvent(
        new WheelEvent('wheel', {
          deltaY: i < 30 ? -40 : 40,
          clientX: box.left + 500,
          clientY: box.top + 400,
          bubbles: true,
          cancelable: true,
        }),
      );
      await new Promise((resolve) => setTimeout(resolve, 16));
    }
    running = false;
    return times.slice(2).sort((a, b) => a - b);
  });
  const at = (share) => frames[Math.floor((frames.length - 1) * share)].toFixed(0);
  console.log(
    `${size}: a frame each ${at(0.5)} ms (median), ${at(0.95)} ms (95th), ${at(1)} ms (worst)`,
  );
  await page.waitForTimeout(1000);
  if (values.screenshot) await page.screenshot({ path: values.screenshot });
  for (const problem of page.problems) console.log(problem);
} finally {
  await browser.close();
  demo.close();
}
