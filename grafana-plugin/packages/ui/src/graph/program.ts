import type { GraphNode } from '../api/types';

/** The full name of a node's program where its label is a shorter one: a Java class's, say. */
export function programOf({ label, attributes }: GraphNode): string | undefined {
  const program = attributes['process.executable.name'];
  return program !== undefined && program !== label && program.endsWith(label)
    ? program
    : undefined;
}
