import * as format from '../format';
import type { LiveState } from '../live';
import { strings } from '../strings';
import { useShell } from './shell';
import { useLive } from './useLive';
import { useNow } from './useNow';

/** Live, paused, silent or lost; said in words, the dot only repeats it. */
export function LiveBadge() {
  const live = useLive();
  const shell = useShell();
  const now = useNow(live.link.state === 'live' ? 200 : 500);
  const { tone, text, detail, since = '', title } = describe(live, now);
  return (
    <span className={`live ${tone}`} title={title} data-state={live.paused ? 'paused' : tone}>
      <span className="dot" aria-hidden="true" />
      <span role="status">{text}</span>
      {detail !== '' && (
        <span className="live-detail" aria-hidden="true">
          {detail}
        </span>
      )}
      {since !== '' && (
        <span className="live-detail live-since" aria-hidden="true">
          {since}
        </span>
      )}
      {live.link.state === 'reconnecting' && (
        <button type="button" className="chip" onClick={() => shell.live.retry()}>
          {strings.live.retry}
        </button>
      )}
    </span>
  );
}

function describe(live: LiveState, now: number) {
  const { link, graph } = live;
  const size = graph ? strings.live.nodes(graph.nodes.size) : '';
  const age = live.changedAt === 0 ? '' : format.ago(now - live.changedAt);
  const after = (...parts: string[]) =>
    parts
      .filter((part) => part !== '')
      .map((part) => ` · ${part}`)
      .join('');
  if (live.paused) {
    return {
      tone: 'paused',
      text: strings.live.paused,
      detail: after(size, live.missed > 0 ? strings.live.behind(live.missed) : ''),
      title: undefined,
    };
  }
  switch (link.state) {
    case 'reconnecting': {
      const seconds = Math.max(0, Math.ceil((link.retryAt - now) / 1000));
      return {
        tone: 'lost',
        text: strings.live.reconnecting,
        detail: after(link.reason, strings.live.retryIn(seconds)),
        title: link.reason,
      };
    }
    case 'refused':
      return {
        tone: 'lost',
        text: strings.live.refused,
        detail: after(link.reason),
        title: link.reason,
      };
    case 'connecting':
      return {
        tone: 'waiting',
        text: strings.live.connecting,
        detail: after(size),
        title: undefined,
      };
    case 'live':
      return graph?.stale
        ? {
            tone: 'stale',
            text: strings.live.stale,
            detail: after(size),
            since: after(age),
            title: strings.live.staleTitle,
          }
        : {
            tone: 'ok',
            text: strings.live.live,
            detail: after(size),
            since: after(age),
            title: undefined,
          };
  }
}
