import type { ViewList } from './api/types';
import { applyDelta, fromSnapshot, type Graph } from './graph/graph';
import type { Feed } from './stream/feed';
import type { FromHub, LinkState } from './stream/messages';

/** What a page knows of the server at a moment. Immutable; replaced as a whole. */
export interface LiveState {
  link: LinkState;
  views: ViewList | undefined;
  graph: Graph | undefined;
  /** The view's key that `graph` shows. */
  key: string | null;
  /** When the last change came, by this machine's clock. */
  changedAt: number;
  paused: boolean;
  /** Changes that came while paused. */
  missed: number;
}

/**
 * Folds the messages of the stream into one state that components subscribe to. Pausing keeps the
 * picture and counts what it misses; going on asks for the picture as it is then.
 */
export class Live {
  private state: LiveState = {
    link: { state: 'connecting' },
    views: undefined,
    graph: undefined,
    key: null,
    changedAt: 0,
    paused: false,
    missed: 0,
  };
  private readonly listeners = new Set<() => void>();
  private feed: Feed | undefined;
  /** The graph is that of the key, not one that stays until it comes. */
  private fresh = false;

  constructor(private readonly now: () => number = Date.now) {}

  /** The feed is opened with `receive` as its listener; this closes the circle. */
  attach(feed: Feed): void {
    this.feed = feed;
  }

  readonly current = (): LiveState => this.state;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  watch(key: string | null): void {
    if (key === this.state.key && key !== null) return;
    // With other options of the same view the old picture stays until the new one comes.
    const stays = key !== null && idOf(key) === idOf(this.state.key ?? '');
    const graph = stays ? this.state.graph : undefined;
    this.set({ key, graph, paused: false, missed: 0 });
    this.fresh = false;
    this.feed?.watch(key);
  }

  pause(paused: boolean): void {
    if (paused === this.state.paused) return;
    this.set({ paused, missed: 0 });
    if (!paused) this.feed?.watch(this.state.key);
  }

  retry(): void {
    this.feed?.retry();
  }

  receive(message: FromHub): void {
    switch (message.type) {
      case 'link':
        return this.set({ link: message.link });
      case 'views':
        return this.set({ views: message.list });
      case 'snapshot':
        if (message.view !== this.state.key) return;
        if (this.state.paused && this.state.graph) return this.miss();
        this.fresh = true;
        return this.set({ graph: fromSnapshot(message.snapshot), changedAt: this.now() });
      case 'delta': {
        const { graph } = this.state;
        if (message.view !== this.state.key || !graph || !this.fresh) return;
        if (this.state.paused) return this.miss();
        const next = applyDelta(graph, message.delta);
        if (next === 'gap') this.feed?.watch(this.state.key);
        else this.set({ graph: next, changedAt: this.now() });
      }
    }
  }

  private miss(): void {
    this.set({ missed: this.state.missed + 1 });
  }

  private set(change: Partial<LiveState>): void {
    this.state = { ...this.state, ...change };
    for (const listener of this.listeners) listener();
  }
}

/** `processes` of `processes?system=show`. */
function idOf(key: string): string {
  return key.split('?', 1)[0] ?? '';
}
