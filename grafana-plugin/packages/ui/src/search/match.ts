import type { GraphNode } from '../api/types';

/**
 * The plain search of the page, the same as the API's `q`: all words, case-insensitive, anywhere in
 * label, sublabel or attributes. Undefined when nothing is searched for.
 */
export function matchesOf(
  nodes: Iterable<GraphNode>,
  query: string,
): ReadonlySet<string> | undefined {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return undefined;
  const found = new Set<string>();
  for (const node of nodes) {
    const text = textOf(node);
    if (words.every((word) => text.includes(word))) found.add(node.id);
  }
  return found;
}

const texts = new WeakMap<GraphNode, string>();

function textOf(node: GraphNode): string {
  let text = texts.get(node);
  if (text === undefined) {
    text = [node.label, node.sublabel, ...Object.values(node.attributes)].join('\n').toLowerCase();
    texts.set(node, text);
  }
  return text;
}
