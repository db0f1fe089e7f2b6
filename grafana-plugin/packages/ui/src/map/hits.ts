import type { Position } from '../layout/types';
import type { Camera } from './camera';
import { distanceTo } from './curve';
import { detailAt } from './detail';
import { CARD } from './drawNodes';
import type { Scene, SceneEdge, SceneNode } from './scene';

/** What lies at a point of the screen, and the other way round where on the screen things lie. */

/** So near by an edge, in pixels, is on it. */
const EDGE_REACH = 7;
/** A curve leaves the rectangle between its ends by no more than this, in the world. */
const BULGE = 100;

export function nodeAt(scene: Scene, camera: Camera, x: number, y: number): SceneNode | undefined {
  const { k } = camera;
  const detail = detailAt(k);
  const reach = Math.max(7, detail.radius + 3);
  let found: SceneNode | undefined;
  let least = Infinity;
  for (const node of scene.nodes.values()) {
    if (node.leaving) continue;
    const dx = Math.abs(node.x * k + camera.x - x);
    const dy = node.y * k + camera.y - y;
    const distance = Math.hypot(dx, dy);
    const inside =
      detail.level === 'near'
        ? dx < CARD.width * k && Math.abs(dy + 8 * k) < CARD.height * k
        : distance < reach;
    if (inside && distance < least) {
      least = distance;
      found = node;
    }
  }
  return found;
}

export function edgeAt(scene: Scene, camera: Camera, x: number, y: number): SceneEdge | undefined {
  const worldX = (x - camera.x) / camera.k;
  const worldY = (y - camera.y) / camera.k;
  const reach = EDGE_REACH / camera.k;
  const slack = reach + BULGE;
  let found: SceneEdge | undefined;
  let least = reach;
  for (const edge of scene.edges.values()) {
    const { source, target } = edge;
    if (
      worldX < Math.min(source.x, target.x) - slack ||
      worldX > Math.max(source.x, target.x) + slack ||
      worldY < Math.min(source.y, target.y) - slack ||
      worldY > Math.max(source.y, target.y) + slack
    ) {
      continue;
    }
    const faded = edge.light < 1 ? reach * 0.3 : 0;
    const distance = distanceTo(edge.curve, worldX, worldY) + faded;
    if (distance < least) {
      least = distance;
      found = edge;
    }
  }
  return found;
}

export function placeOfNode({ x, y }: SceneNode, camera: Camera): Position {
  return [x * camera.k + camera.x, y * camera.k + camera.y];
}

/** The middle of an edge. */
export function placeOfEdge({ curve }: SceneEdge, camera: Camera): Position | undefined {
  const part = curve.parts[Math.floor((curve.parts.length - 1) / 2)];
  return (
    part && [
      ((part[0] + 3 * part[2] + 3 * part[4] + part[6]) / 8) * camera.k + camera.x,
      ((part[1] + 3 * part[3] + 3 * part[5] + part[7]) / 8) * camera.k + camera.y,
    ]
  );
}
