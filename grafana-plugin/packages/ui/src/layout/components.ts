import type { Box, Link } from './types';

export interface Component {
  boxes: Box[];
  links: Link[];
}

/** Splits into what hangs together; components in the order of their first box. */
export function componentsOf(boxes: readonly Box[], links: readonly Link[]): Component[] {
  const parent = new Map(boxes.map((box) => [box.id, box.id]));
  const root = (id: string): string => {
    let at = id;
    for (let up = parent.get(at); up !== undefined && up !== at; up = parent.get(at)) {
      parent.set(at, parent.get(up) ?? up);
      at = up;
    }
    return at;
  };
  for (const { source, target } of links) parent.set(root(source), root(target));
  const components = new Map<string, Component>();
  for (const box of boxes) {
    const key = root(box.id);
    const component = components.get(key);
    if (component) component.boxes.push(box);
    else components.set(key, { boxes: [box], links: [] });
  }
  for (const link of links) components.get(root(link.source))?.links.push(link);
  return [...components.values()];
}
