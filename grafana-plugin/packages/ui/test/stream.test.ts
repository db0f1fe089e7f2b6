import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { StreamHub } from '../src/stream/hub';
import type { FromHub } from '../src/stream/messages';
import { EventStreamParser, type ServerSentEvent } from '../src/stream/sse';
import { delta, node, snapshot } from './fixtures';

describe('the reader of event streams', () => {
  const TEXT =
    ': hello\n\nevent: snapshot\ndata: {"a":\ndata: 1}\nid: e:1\n\nevent: delta\r\ndata: x\r\n\r\ndata:y\n\n';

  function read(...pieces: string[]): ServerSentEvent[] {
    const events: ServerSentEvent[] = [];
    const parser = new EventStreamParser((event) => events.push(event));
    for (const piece of pieces) parser.push(piece);
    return events;
  }

  it('reads events, joins data lines, and remembers the last id', () => {
    expect(read(TEXT)).toEqual([
      { event: 'snapshot', data: '{"a":\n1}', id: 'e:1' },
      { event: 'delta', data: 'x', id: 'e:1' },
      { event: 'message', data: 'y', id: 'e:1' },
    ]);
  });

  it('reads the same however the text is cut', () => {
    const whole = read(TEXT);
    expect(read(...TEXT)).toEqual(whole);
    for (let size = 2; size < 20; size++) {
      const pieces = TEXT.match(new RegExp(`[\\s\\S]{1,${size}}`, 'g')) ?? [];
      expect(read(...pieces)).toEqual(whole);
    }
  });
});

describe('the hub', () => {
  let requests: { url: string; write: (text: string) => void; lastId: string | null }[];

  beforeEach(() => {
    vi.useFakeTimers();
    requests = [];
    vi.stubGlobal('fetch', (url: string, { headers, signal }: RequestInit) => {
      let write: (text: string) => void = () => undefined;
      const body = new ReadableStream<Uint8Array>({
        start(controller) {
          write = (text) => controller.enqueue(new TextEncoder().encode(text));
          signal?.addEventListener('abort', () => controller.error(new Error('aborted')));
        },
      });
      requests.push({
        url,
        write: (text) => write(text),
        lastId: new Headers(headers).get('last-event-id'),
      });
      return Promise.resolve(new Response(body));
    });
  });

  afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });

  function page() {
    const heard: FromHub[] = [];
    return { heard, postMessage: (message: FromHub) => heard.push(message) };
  }

  const settle = () => vi.advanceTimersByTimeAsync(60);
  const event = (name: string, data: unknown, id = '') =>
    `event: ${name}\ndata: ${JSON.stringify(data)}\n${id === '' ? '' : `id: ${id}\n`}\n`;
  const watch = (view: string | null) =>
    ({ type: 'watch', base: 'http://x/api/v1', view }) as const;

  it('opens one stream for seven pages that look at two views', async () => {
    const hub = new StreamHub();
    for (let i = 0; i < 7; i++)
      hub.receive(page(), watch(i % 2 ? 'hosts' : 'processes?system=show'));
    await settle();
    expect(requests.map((request) => request.url)).toEqual([
      'http://x/api/v1/stream?view=hosts&view=processes%3Fsystem%3Dshow',
    ]);
  });

  it('gives each page its own view only, and a late one what is known at once', async () => {
    const hub = new StreamHub();
    const first = page();
    const other = page();
    hub.receive(first, watch('processes'));
    hub.receive(other, watch('hosts'));
    await settle();
    requests[0]?.write(event('snapshot', snapshot(), 'e:1'));
    requests[0]?.write(
      event('delta', delta('e:1', 'e:2', { nodes: { add: [node('c')], update: [], remove: [] } })),
    );
    await settle();
    expect(first.heard.filter((message) => message.type !== 'link')).toHaveLength(2);
    expect(other.heard.filter((message) => message.type !== 'link')).toHaveLength(0);
    const late = page();
    hub.receive(late, watch('processes'));
    const known = late.heard.find((message) => message.type === 'snapshot');
    expect(known?.type === 'snapshot' && known.snapshot.nodes).toHaveLength(3);
    await settle();
    expect(requests).toHaveLength(1);
  });

  it('asks for everything anew when a revision is missing', async () => {
    const hub = new StreamHub();
    hub.receive(page(), watch('processes'));
    await settle();
    requests[0]?.write(event('snapshot', snapshot(), 'e:1'));
    requests[0]?.write(event('delta', delta('e:5', 'e:6'), 'e:6'));
    await settle();
    expect(requests).toHaveLength(2);
    expect(requests[1]?.lastId).toBeNull();
  });

  it('resumes from the last id when nothing came for a while', async () => {
    const hub = new StreamHub();
    const watcher = page();
    hub.receive(watcher, watch('processes'));
    await settle();
    requests[0]?.write(event('snapshot', snapshot(), 'e:1'));
    await settle();
    await vi.advanceTimersByTimeAsync(41_000);
    expect(requests[1]?.lastId).toBe('e:1');
    expect(watcher.heard).toContainEqual(
      expect.objectContaining({
        link: expect.objectContaining({ state: 'reconnecting' }) as unknown,
      }),
    );
  });

  it('takes a page in again that it had given up', async () => {
    let now = 0;
    const hub = new StreamHub(() => now);
    const sleeper = page();
    const awake = page();
    hub.receive(sleeper, watch('processes'));
    now = 200_000;
    hub.receive(awake, watch('hosts'));
    await settle();
    expect(requests.at(-1)?.url).toBe('http://x/api/v1/stream?view=hosts');
    hub.receive(sleeper, { type: 'alive', base: 'http://x/api/v1', view: 'processes' });
    await settle();
    expect(requests.at(-1)?.url).toBe('http://x/api/v1/stream?view=hosts&view=processes');
  });
});
