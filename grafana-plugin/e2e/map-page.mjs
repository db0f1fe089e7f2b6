// What a test sees of the map: a canvas has no elements, so the page hands out its scene.

const DEADLINE_MS = 15_000;

export async function waitUntil(what, condition) {
  const until = Date.now() + DEADLINE_MS;
  let last;
  while (Date.now() < until) {
    try {
      if (await condition()) return;
    } catch (error) {
      last = error;
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(
    `waited ${DEADLINE_MS / 1000} s until ${what}${last ? ` (${last.message})` : ''}`,
  );
}

export class MapPage {
  constructor(page) {
    this.page = page;
  }

  static async open(page, url) {
    await page.goto(url);
    return MapPage.at(page);
  }

  static async at(page) {
    const map = new MapPage(page);
    await page.locator('.map canvas').waitFor({ timeout: DEADLINE_MS });
    await waitUntil('the map has nodes', async () => (await map.count(() => true)) > 0);
    return map;
  }

  async live() {
    await this.page.locator('.live[data-state=ok]').waitFor({ timeout: DEADLINE_MS });
  }

  /** All nodes as plain data: id, label, light, x, y in the world. */
  nodes() {
    return this.page.evaluate(() =>
      [...document.querySelector('.map canvas').scopeMap.scene.nodes.values()].map(
        ({ id, node, light, x, y, toX, toY, leaving }) => ({
          id,
          label: node.label,
          light,
          x,
          y,
          toX,
          toY,
          leaving,
        }),
      ),
    );
  }

  async count(predicate) {
    return (await this.nodes()).filter(predicate).length;
  }

  async nodeNamed(label) {
    let found;
    await waitUntil(`a node is called ${label}`, async () => {
      found = (await this.nodes()).find((node) => node.label === label);
      return found !== undefined;
    });
    return found;
  }

  async edgeBetween(source, target) {
    let found;
    await waitUntil(`there is an edge ${source} → ${target}`, async () => {
      found = await this.page.evaluate(
        ([from, to]) => {
          const { scene } = document.querySelector('.map canvas').scopeMap;
          for (const edge of scene.edges.values()) {
            if (edge.source.node.label === from && edge.target.node.label === to) {
              return { id: edge.id, source: edge.source.id, target: edge.target.id };
            }
          }
          return undefined;
        },
        [source, target],
      );
      return found !== undefined;
    });
    return found;
  }

  /** Where it is in the canvas, once nothing moves any more. */
  async place(id) {
    await this.still();
    return this.page.evaluate(
      (node) => document.querySelector('.map canvas').scopeMap.placeOf(node),
      id,
    );
  }

  async placeOfEdge(id) {
    await this.still();
    return this.page.evaluate(
      (edge) => document.querySelector('.map canvas').scopeMap.placeOfEdge(edge),
      id,
    );
  }

  async click([x, y]) {
    await this.page.locator('.map canvas').click({ position: { x, y } });
  }

  async positions() {
    const nodes = await this.nodes();
    return Object.fromEntries(nodes.map(({ id, toX, toY }) => [id, [toX, toY]]));
  }

  /** Waits until two looks, a few frames apart, see every node at the same place of the screen. */
  async still() {
    let before = '';
    await waitUntil('the map stands still', async () => {
      const now = await this.page.evaluate(() => {
        const map = document.querySelector('.map canvas').scopeMap;
        const [first] = map.scene.nodes.keys();
        const moving = [...map.scene.nodes.values()].some(
          ({ x, y, toX, toY }) => x !== toX || y !== toY,
        );
        return moving ? '' : JSON.stringify([map.placeOf(first), map.scene.nodes.size]);
      });
      const still = now !== '' && now === before;
      before = now;
      if (!still) await this.page.waitForTimeout(120);
      return still;
    });
  }
}
