// Pictures of the page for the eye: node e2e/shoot.mjs DIR [--nodes N] [--theme dark] [--path '/?…'] …
import { parseArgs } from 'node:util';
import { launch, newPage } from './browser.mjs';
import { startDemo } from './demo-server.mjs';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    nodes: { type: 'string', default: '17' },
    theme: { type: 'string', default: 'dark' },
    path: { type: 'string', default: '/' },
    size: { type: 'string', default: '1440x900' },
    quiet: { type: 'boolean', default: false },
    select: { type: 'string' },
    zoom: { type: 'string' },
    url: { type: 'string' },
    wait: { type: 'string', default: '1500' },
  },
});
const demo = values.url
  ? { url: values.url, close() {} }
  : await startDemo({ nodes: Number(values.nodes), quiet: values.quiet, frozen: true });
const browser = await launch();
try {
  const [width, height] = values.size.split('x').map(Number);
  const page = await newPage(browser, { width, height, theme: values.theme });
  await page.goto(demo.url + values.path);
  await page.waitForTimeout(Number(values.wait));
  if (values.select) {
    const id = await page.evaluate((label) => {
      const map = document.querySelector('.map canvas').scopeMap;
      for (const node of map.scene.nodes.values()) if (node.node.label === label) return node.id;
    }, values.select);
    const spot = await page.evaluate(
      (node) => document.querySelector('.map canvas').scopeMap.placeOf(node),
      id,
    );
    await page.locator('.map canvas').click({ position: { x: spot[0], y: spot[1] } });
    await page.waitForTimeout(900);
  }
  for (let i = 0; i < Number(values.zoom ?? 0); i++) {
    await page.keyboard.press('+');
    await page.waitForTimeout(400);
  }
  await page.screenshot({ path: positionals[0] });
  for (const problem of page.problems) console.error(problem);
} finally {
  await browser.close();
  demo.close();
}
