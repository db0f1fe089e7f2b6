import { problemOf } from '../api/client';
import { EventStreamParser, type ServerSentEvent } from './sse';
import type { LinkState } from './messages';

/** No byte for this long, although the server comments each 15 s: the connection is dead. */
const SILENCE_MS = 40_000;
const RETRY_MS = [500, 1000, 2000, 4000, 8000, 15_000];

export interface ConnectionListener {
  onEvent(event: ServerSentEvent): void;
  onLink(link: LinkState): void;
}

/**
 * Keeps one event stream open over fetch rather than EventSource, so that the reason of a refusal is
 * known, a silent connection is noticed, and a changed list of views can be asked for at once.
 * Resumes by Last-Event-ID; a new URL starts without one.
 */
export class StreamConnection {
  private abort: AbortController | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private lastId = '';
  private attempt = 0;

  constructor(
    private readonly url: string,
    private readonly listener: ConnectionListener,
  ) {}

  open(): void {
    this.listener.onLink({ state: 'connecting' });
    void this.run();
  }

  close(): void {
    clearTimeout(this.timer);
    this.abort?.abort();
    this.abort = undefined;
  }

  /** Does not wait for the next try; for a page that came back or a person who pressed a button. */
  retryNow(): void {
    this.close();
    void this.run();
  }

  private async run(): Promise<void> {
    const abort = new AbortController();
    this.abort = abort;
    let watchdog = setTimeout(() => abort.abort('silent'), SILENCE_MS);
    try {
      const answer = await fetch(this.url, {
        headers: {
          accept: 'text/event-stream',
          ...(this.lastId === '' ? {} : { 'last-event-id': this.lastId }),
        },
        cache: 'no-store',
        signal: abort.signal,
      });
      if (!answer.ok || !answer.body) {
        const reason = await problemOf(answer);
        // The request itself is wrong: asking again gets the same answer.
        if (answer.status >= 400 && answer.status < 500 && answer.status !== 429) {
          this.listener.onLink({ state: 'refused', reason });
          return;
        }
        throw new Error(reason);
      }
      this.attempt = 0;
      this.listener.onLink({ state: 'live' });
      const parser = new EventStreamParser((event) => {
        this.lastId = event.id;
        this.listener.onEvent(event);
      });
      const reader = answer.body.getReader();
      const decoder = new TextDecoder();
      for (;;) {
        const { done, value } = await reader.read();
        if (done) throw new Error('the server closed the stream');
        clearTimeout(watchdog);
        watchdog = setTimeout(() => abort.abort('silent'), SILENCE_MS);
        parser.push(decoder.decode(value, { stream: true }));
      }
    } catch (error) {
      if (this.abort === abort) this.later(reasonOf(error, abort.signal));
    } finally {
      clearTimeout(watchdog);
    }
  }

  private later(reason: string): void {
    const wait = RETRY_MS[Math.min(this.attempt, RETRY_MS.length - 1)] ?? 15_000;
    this.attempt++;
    this.listener.onLink({
      state: 'reconnecting',
      reason,
      attempt: this.attempt,
      retryAt: Date.now() + wait,
    });
    this.timer = setTimeout(() => void this.run(), wait);
  }
}

function reasonOf(error: unknown, signal: AbortSignal): string {
  if (signal.aborted && signal.reason === 'silent') return 'nothing came for 40 s';
  if (error instanceof TypeError) return 'the server does not answer';
  return error instanceof Error ? error.message : String(error);
}
