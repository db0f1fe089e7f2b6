import type { ViewList } from '../api/types';

/** Before the first report there are views, but nothing is in any, shown or hidden. */
export function nothingIsKnown({ views }: ViewList): boolean {
  return views.every(({ stats }) => stats.nodes === 0 && stats.hidden === 0);
}
