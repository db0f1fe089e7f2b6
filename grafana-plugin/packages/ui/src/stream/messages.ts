import type { ViewDelta, ViewList, ViewSnapshot } from '../api/types';

/** How the one connection of this browser is. */
export type LinkState =
  | { state: 'connecting' }
  | { state: 'live' }
  | { state: 'reconnecting'; reason: string; attempt: number; retryAt: number }
  | { state: 'refused'; reason: string };

/** Page → hub. A view is its id with its options, as in a URL: `processes?system=show`. */
export type ToHub =
  | { type: 'watch'; base: string; view: string | null }
  /** Still here; a hub that had given the page up takes it in again. */
  | { type: 'alive'; base: string; view: string | null }
  | { type: 'retry' }
  | { type: 'bye' };

/** Hub → page. */
export type FromHub =
  | { type: 'link'; link: LinkState }
  | { type: 'views'; list: ViewList }
  | { type: 'snapshot'; view: string; snapshot: ViewSnapshot }
  | { type: 'delta'; view: string; delta: ViewDelta };
