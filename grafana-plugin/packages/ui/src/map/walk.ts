import { FOUND } from './lighting';
import type { Scene, SceneNode } from './scene';

export type Direction = 'left' | 'right' | 'up' | 'down';

const UNIT: Record<Direction, readonly [number, number]> = {
  left: [-1, 0],
  right: [1, 0],
  up: [0, -1],
  down: [0, 1],
};

/**
 * Where an arrow key leads from a node: to the neighbour along an edge that lies most in that
 * direction, else to any node there. Without a start, the most important node. What a search left out
 * is passed over.
 */
export function walk(
  scene: Scene,
  from: string | undefined,
  direction: Direction,
): SceneNode | undefined {
  const start = from === undefined ? undefined : scene.nodes.get(from);
  if (!start || start.light < FOUND) return mostImportant(scene);
  const joined = new Set<SceneNode>();
  for (const edge of scene.edges.values()) {
    if (edge.source === start) joined.add(edge.target);
    if (edge.target === start) joined.add(edge.source);
  }
  return best(start, joined, direction, 1) ?? best(start, scene.nodes.values(), direction, 1);
}

function best(
  start: SceneNode,
  candidates: Iterable<SceneNode>,
  direction: Direction,
  steepest: number,
): SceneNode | undefined {
  const [ux, uy] = UNIT[direction];
  let found: SceneNode | undefined;
  let least = Infinity;
  for (const node of candidates) {
    if (node === start || node.leaving || node.light < FOUND) continue;
    const dx = node.x - start.x;
    const dy = node.y - start.y;
    const along = dx * ux + dy * uy;
    const across = Math.abs(dx * uy) + Math.abs(dy * ux);
    if (along <= 0 || across > along * (1 + steepest)) continue;
    const cost = along + across * 2;
    if (cost < least) {
      least = cost;
      found = node;
    }
  }
  return found;
}

function mostImportant(scene: Scene): SceneNode | undefined {
  let found: SceneNode | undefined;
  for (const node of scene.nodes.values()) {
    if (node.light < FOUND) continue;
    if (!found || node.importance > found.importance) found = node;
  }
  return found;
}
