/** Everything a link says: which picture, what is chosen in it. A link reproduces the picture. */
export interface Location {
  view: string | undefined;
  /** The view's options that differ from their defaults. */
  options: Record<string, string>;
  as: LookAs;
  ring: string | undefined;
  /** The search that was pinned with Enter. */
  q: string;
  node: string | undefined;
  edge: string | undefined;
  /** Only the members of this node of a coarser view are lit. */
  within: string | undefined;
}

export type LookAs = 'map' | 'table';

const OWN = new Set(['view', 'as', 'ring', 'q', 'node', 'edge', 'within']);

export function readLocation(search: string): Location {
  const query = new URLSearchParams(search);
  const options: Record<string, string> = {};
  for (const [name, value] of query) if (!OWN.has(name)) options[name] = value;
  return {
    view: query.get('view') ?? undefined,
    options,
    as: query.get('as') === 'table' ? 'table' : 'map',
    ring: query.get('ring') ?? undefined,
    q: query.get('q') ?? '',
    node: query.get('node') ?? undefined,
    edge: query.get('edge') ?? undefined,
    within: query.get('within') ?? undefined,
  };
}

/** `?view=…`, always in the same order; what is default is left out. */
export function writeLocation(location: Location): string {
  const query = new URLSearchParams();
  if (location.view !== undefined) query.set('view', location.view);
  for (const name of Object.keys(location.options).sort()) {
    query.set(name, location.options[name] ?? '');
  }
  if (location.as !== 'map') query.set('as', location.as);
  if (location.ring !== undefined && location.ring !== 'cpu') query.set('ring', location.ring);
  if (location.q !== '') query.set('q', location.q);
  if (location.within !== undefined) query.set('within', location.within);
  if (location.node !== undefined) query.set('node', location.node);
  if (location.edge !== undefined) query.set('edge', location.edge);
  // Ids are made of characters that a query may hold; `~` and `!` stay readable in a link.
  const text = query.toString().replaceAll('%7E', '~').replaceAll('%21', '!');
  return text === '' ? '' : `?${text}`;
}

/** A view with its options as the stream names it: `processes?system=show`. */
export function viewKey(view: string, options: Record<string, string>): string {
  const query = new URLSearchParams(
    Object.entries(options).sort(([a], [b]) => (a < b ? -1 : 1)),
  ).toString();
  return query === '' ? view : `${view}?${query}`;
}
