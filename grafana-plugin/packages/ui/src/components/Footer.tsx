import * as format from '../format';
import { strings } from '../strings';
import { Icon } from './Icon';
import { useShell } from './shell';
import { useLive } from './useLive';

/** When the picture is from, and whether it moves. */
export function Footer() {
  const { live: store } = useShell();
  const live = useLive();
  const { graph, paused } = live;
  return (
    <footer className="footer">
      <span className="footer-size">
        {graph && strings.live.footer(graph.nodes.size, graph.edges.size)}
        {graph && (graph.hidden.limit ?? 0) > 0 && (
          <b className="warn"> · {strings.map.cut(graph.hidden.limit ?? 0)}</b>
        )}
      </span>
      <span className="footer-time">
        {graph && (
          <>
            {strings.live.lastChange} <time dateTime={graph.time}>{format.clock(graph.time)}</time>
          </>
        )}
      </span>
      <button
        type="button"
        className={`chip ${paused ? '' : 'on'}`}
        aria-pressed={!paused}
        onClick={() => store.pause(!paused)}
      >
        <Icon name={paused ? 'play' : 'pause'} size={12} />
        {paused ? strings.live.resume : strings.live.pause}
      </button>
    </footer>
  );
}
