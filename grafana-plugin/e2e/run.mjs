// The newcomer's path through the page in a real Chromium: open, see, search, click, read, follow, share.
//
//   node e2e/run.mjs [--url http://127.0.0.1:4040] [--screenshots DIR]
//                    [--source nginx] [--target frontend] [--view processes] [--dense URL]
//
// Without --url (or SCOPE_URL) it runs against the demo server. --source and --target (SCOPE_SOURCE,
// SCOPE_TARGET) are the labels of two nodes with an edge between them. --dense is a server with a large
// graph for the pictures; without it the demo with 300 nodes is used. Exit status 0: all passed.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { launch, newPage } from './browser.mjs';
import { startDemo } from './demo-server.mjs';
import { MapPage, waitUntil } from './map-page.mjs';

const env = process.env;
const { values: options } = parseArgs({
  options: {
    url: { type: 'string', default: env.SCOPE_URL ?? '' },
    source: { type: 'string', default: env.SCOPE_SOURCE ?? 'nginx' },
    target: { type: 'string', default: env.SCOPE_TARGET ?? 'frontend' },
    view: { type: 'string', default: env.SCOPE_VIEW ?? 'processes' },
    screenshots: { type: 'string', default: env.SCOPE_SCREENSHOTS ?? '' },
    dense: { type: 'string', default: '' },
  },
});

const demo = options.url === '' ? await startDemo({ nodes: 30 }) : undefined;
const url = (demo?.url ?? options.url).replace(/\/$/, '');
const dense = options.dense === '' ? await startDemo({ nodes: 300, frozen: true }) : undefined;
const start = `${url}/?view=${options.view}`;
const browser = await launch();
let failures = 0;

console.log(`The page at ${url}: ${options.source} → ${options.target} in ${options.view}`);
try {
  await check('opens, and shows the edge', async (page) => {
    const map = await MapPage.open(page, start);
    await map.edgeBetween(options.source, options.target);
    await map.live();
  });

  await check(
    'finds a node by typing, lights it, and Enter puts it into the link',
    async (page) => {
      const map = await MapPage.open(page, start);
      await map.nodeNamed(options.target);
      await page.keyboard.press('/');
      await page.keyboard.type(options.target);
      await waitUntil('the search lights the node', async () => {
        const { light } = await map.nodeNamed(options.target);
        return light === 1;
      });
      const faded = await map.count((node) => node.light < 1);
      const all = await map.count(() => true);
      if (all > 1 && faded === 0) throw new Error(`none of ${all} nodes faded`);
      await page.keyboard.press('Enter');
      await waitUntil('the link has the search', () => page.url().includes(`q=${options.target}`));
    },
  );

  await check('selects by a click, reads details, follows a peer, comes back', async (page) => {
    const map = await MapPage.open(page, start);
    const edge = await map.edgeBetween(options.source, options.target);
    await map.click(await map.place(edge.source));
    const panel = page.locator('aside.details');
    await panel.locator('h2', { hasText: options.source }).waitFor();
    await waitUntil('the link has the node', () => page.url().includes('node='));
    const peer = panel.locator('td a', { hasText: options.target }).first();
    await peer.waitFor();
    const before = page.url();
    await peer.click();
    await panel.locator('h2', { hasText: options.target }).waitFor();
    await page.goBack();
    await panel.locator('h2', { hasText: options.source }).waitFor();
    if (page.url() !== before) throw new Error(`went back to ${page.url()}, not to ${before}`);
  });

  await check('selects an edge and reads its details', async (page) => {
    const map = await MapPage.open(page, start);
    const edge = await map.edgeBetween(options.source, options.target);
    await map.click(await map.placeOfEdge(edge.id));
    const title = page.locator('aside.details h2.edge-title');
    await title.waitFor();
    await waitUntil('the link has an edge', () => page.url().includes('edge='));
    await page.locator('aside.details', { hasText: 'Since first seen' }).waitFor();
  });

  await check('reads details also of what an option brought in', async (page) => {
    const map = await MapPage.open(page, `${start}&unconnected=show&system=show`);
    const { id } = await map.nodeNamed(options.target);
    await map.click(await map.place(id));
    await page.locator('aside.details h2', { hasText: options.target }).waitFor();
  });

  await check('shows the same after the link is loaded anew', async (page) => {
    const map = await MapPage.open(page, start);
    const edge = await map.edgeBetween(options.source, options.target);
    await map.click(await map.place(edge.source));
    await page.locator('aside.details h2', { hasText: options.source }).waitFor();
    await map.still();
    const before = await map.positions();
    await page.reload();
    const again = await MapPage.at(page);
    await page.locator('aside.details h2', { hasText: options.source }).waitFor();
    await again.still();
    const after = await again.positions();
    const moved = Object.keys(before).filter(
      (id) =>
        after[id] && Math.hypot(after[id][0] - before[id][0], after[id][1] - before[id][1]) > 2,
    );
    if (moved.length > 0)
      throw new Error(`${moved.length} nodes stand elsewhere: ${moved.slice(0, 3)}`);
  });

  await check('shows the same as a table, sortable', async (page) => {
    await MapPage.open(page, start);
    await page.keyboard.press('t');
    await page.locator('.table td', { hasText: options.source }).first().waitFor();
    await page.locator('.table th button', { hasText: 'Name' }).click();
    const header = page.locator('.table th', { hasText: 'Name' });
    await waitUntil('the column says it is sorted', async () => {
      return (await header.getAttribute('aria-sort')) !== 'none';
    });
    if (!page.url().includes('as=table')) throw new Error('the link does not say table');
  });

  await check('walks with the keyboard', async (page) => {
    const map = await MapPage.open(page, start);
    await map.nodeNamed(options.source);
    await page.locator('.map canvas').focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Enter');
    await page.locator('aside.details h2').waitFor();
    await page.keyboard.press('Escape');
    await waitUntil('Escape deselects', () => !page.url().includes('node='));
  });

  await check('goes from the search to what it found', async (page) => {
    const map = await MapPage.open(page, start);
    await map.nodeNamed(options.target);
    await page.keyboard.press('/');
    await page.keyboard.type(options.target);
    await waitUntil('the search lights the node', async () => {
      return (await map.nodeNamed(options.target)).light === 1;
    });
    const found = new Set((await map.nodes()).filter((n) => n.light === 1).map((n) => n.label));
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    const title = await page.locator('aside.details h2').textContent();
    if (!found.has(title)) throw new Error(`${title} was not found, but ${[...found]}`);
  });

  if (demo) {
    await check('says what it waits for before the first report', async (page) => {
      const nothing = await startDemo({ nodes: 0, quiet: true, frozen: true });
      try {
        await page.goto(nothing.url);
        await page.locator('h2', { hasText: 'Waiting for the first report' }).waitFor();
        await page.locator('.nav a', { hasText: 'Processes' }).waitFor();
      } finally {
        nothing.close();
      }
    });
  }

  await check('changes theme and options by their menus', async (page) => {
    await MapPage.open(page, start);
    await page.getByRole('button', { name: 'Theme' }).click();
    await page.getByRole('menuitemradio', { name: 'Light' }).click();
    await waitUntil('the page is light', async () => {
      return (await page.evaluate(() => document.documentElement.dataset.theme)) === 'light';
    });
    await page.locator('.chips .chip', { hasText: 'Unconnected' }).click();
    await waitUntil('the link has the option', () => page.url().includes('unconnected=show'));
    await page.keyboard.press('?');
    await page.getByRole('dialog').waitFor();
    await page.keyboard.press('Escape');
  });

  await check('stays live in seven tabs', async (_page, context) => {
    const tabs = [];
    for (let i = 0; i < 7; i++) tabs.push(await newPage(browser, { context }));
    for (const tab of tabs) await tab.goto(start);
    for (const tab of tabs) await (await MapPage.at(tab)).live();
    if (demo) {
      const { size } = demo.streams;
      if (size !== 1) throw new Error(`seven tabs hold ${size} streams, not one`);
    }
  });

  if (demo) {
    await check('reconnects by itself when the stream breaks', async (page) => {
      const map = await MapPage.open(page, start);
      await map.live();
      for (const stream of demo.streams) stream.response.destroy();
      await page.locator('.live[data-state=lost]').waitFor();
      await map.live();
    });
  }

  for (const theme of ['dark', 'light']) {
    await check(
      `draws ${dense ? '300 nodes' : 'the large graph'} in the ${theme} theme`,
      async (page) => {
        const map = await MapPage.open(page, dense?.url ?? options.dense);
        await map.live();
        await map.still();
        if ((await map.count(() => true)) === 0) throw new Error('the map is empty');
        await picture(page, `dense-${theme}`);
      },
      { theme },
    );
  }

  await check(
    'is usable at 1280×720 and on a phone',
    async (page) => {
      const map = await MapPage.open(page, start);
      await map.nodeNamed(options.source);
      await page.setViewportSize({ width: 390, height: 844 });
      await page.waitForTimeout(300);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
      if (wide) throw new Error('the page is wider than the phone');
      await picture(page, 'phone');
    },
    { width: 1280, height: 720 },
  );
} finally {
  await browser.close();
  demo?.close();
  dense?.close();
}
console.log(failures === 0 ? 'All passed.' : `${failures} failed.`);
process.exit(failures === 0 ? 0 : 1);

async function check(name, test, { theme = 'dark', width = 1440, height = 900 } = {}) {
  const since = Date.now();
  const context = await browser.newContext({ viewport: { width, height }, colorScheme: theme });
  const page = await newPage(browser, { context });
  const seconds = () => `${((Date.now() - since) / 1000).toFixed(1)} s`;
  try {
    await test(page, context);
    if (page.problems.length > 0) throw new Error(`the page reported: ${page.problems.join('; ')}`);
    console.log(`  ok      ${name} (${seconds()})`);
    await picture(page, name);
  } catch (error) {
    failures++;
    console.log(
      `  FAILED  ${name} (${seconds()})\n          ${error.message.split('\n').join('\n          ')}`,
    );
    await picture(page, `failed ${name}`);
  } finally {
    await context.close();
  }
}

async function picture(page, name) {
  if (options.screenshots === '' || page.url() === 'about:blank') return;
  mkdirSync(options.screenshots, { recursive: true });
  const file = `${name.toLowerCase().replace(/[^a-z0-9]+/g, '-')}.png`;
  await page.screenshot({ path: join(options.screenshots, file) }).catch(() => undefined);
}
