import type { ViewDelta, ViewList, ViewSnapshot } from '../api/types';
import { applyDelta, fromSnapshot, toSnapshot, type Graph } from '../graph/graph';
import { StreamConnection } from './connection';
import type { FromHub, LinkState, ToHub } from './messages';
import type { ServerSentEvent } from './sse';

/** A page that says nothing for this long is gone; pages in the background are slowed to a minute. */
const GONE_MS = 180_000;
/** Several tabs that change their view in one moment cost one new connection. */
const GATHER_MS = 30;

export interface Subscriber {
  postMessage(message: FromHub): void;
}

interface Member {
  view: string | null;
  seen: number;
}

/**
 * One stream for all pages of this browser, because a browser allows six HTTP/1.1 connections to a
 * host over all its tabs. Holds each watched view, so that a page that comes later has it at once.
 *
 * Lives in a SharedWorker; where there is none, each page has one of its own.
 */
export class StreamHub {
  private readonly members = new Map<Subscriber, Member>();
  private readonly graphs = new Map<string, Graph>();
  private views: ViewList | undefined;
  private link: LinkState = { state: 'connecting' };
  private connection: StreamConnection | undefined;
  private base = '';
  private watched = '';
  private gathering: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly now: () => number = Date.now) {}

  receive(from: Subscriber, message: ToHub): void {
    switch (message.type) {
      case 'watch':
        this.join(from, message.base, message.view);
        break;
      case 'alive': {
        const member = this.members.get(from);
        if (member) member.seen = this.now();
        else this.join(from, message.base, message.view);
        break;
      }
      case 'retry':
        if (this.connection) this.connection.retryNow();
        else this.gather();
        break;
      case 'bye':
        this.members.delete(from);
        this.gather();
        break;
    }
    this.dropSilent();
  }

  private join(member: Subscriber, base: string, view: string | null): void {
    this.base = base;
    this.members.set(member, { view, seen: this.now() });
    this.welcome(member, view);
    this.gather();
  }

  private welcome(to: Subscriber, view: string | null): void {
    to.postMessage({ type: 'link', link: this.link });
    if (this.views) to.postMessage({ type: 'views', list: this.views });
    const graph = view === null ? undefined : this.graphs.get(view);
    if (view !== null && graph) {
      to.postMessage({ type: 'snapshot', view, snapshot: toSnapshot(graph) });
    }
  }

  private gather(): void {
    this.gathering ??= setTimeout(() => {
      this.gathering = undefined;
      this.connect();
    }, GATHER_MS);
  }

  private connect(): void {
    const wanted = [...new Set([...this.members.values()].map((member) => member.view))]
      .filter((view) => view !== null)
      .sort();
    const watched = this.members.size === 0 ? '' : wanted.join(' ') + '.';
    if (watched === this.watched) return;
    this.watched = watched;
    this.connection?.close();
    this.connection = undefined;
    for (const view of [...this.graphs.keys()]) {
      if (!wanted.includes(view)) this.graphs.delete(view);
    }
    if (this.members.size === 0) return;
    const query = wanted.map((view) => `view=${encodeURIComponent(view)}`).join('&');
    this.connection = new StreamConnection(
      `${this.base}/stream${query === '' ? '' : `?${query}`}`,
      {
        onEvent: (event) => this.take(event),
        onLink: (link) => {
          this.link = link;
          this.tellAll({ type: 'link', link });
        },
      },
    );
    this.connection.open();
  }

  private take(event: ServerSentEvent): void {
    switch (event.event) {
      case 'views': {
        const list = JSON.parse(event.data) as ViewList;
        this.views = list;
        this.tellAll({ type: 'views', list });
        break;
      }
      case 'snapshot': {
        const snapshot = JSON.parse(event.data) as ViewSnapshot;
        this.graphs.set(snapshot.view, fromSnapshot(snapshot));
        this.tell(snapshot.view, { type: 'snapshot', view: snapshot.view, snapshot });
        break;
      }
      case 'delta': {
        const delta = JSON.parse(event.data) as ViewDelta;
        const graph = this.graphs.get(delta.view);
        const next = graph ? applyDelta(graph, delta) : 'gap';
        if (next === 'gap') return this.startAnew();
        this.graphs.set(delta.view, next);
        this.tell(delta.view, { type: 'delta', view: delta.view, delta });
        break;
      }
    }
  }

  /** A revision is missing: the only safe base is a fresh snapshot. */
  private startAnew(): void {
    this.graphs.clear();
    this.watched = '';
    this.gather();
  }

  private tell(view: string, message: FromHub): void {
    for (const [subscriber, member] of this.members) {
      if (member.view === view) subscriber.postMessage(message);
    }
  }

  private tellAll(message: FromHub): void {
    for (const subscriber of this.members.keys()) subscriber.postMessage(message);
  }

  private dropSilent(): void {
    const oldest = this.now() - GONE_MS;
    for (const [subscriber, member] of this.members) {
      if (member.seen < oldest && this.members.delete(subscriber)) this.gather();
    }
  }
}
