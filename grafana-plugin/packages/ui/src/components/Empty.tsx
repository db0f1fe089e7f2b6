import type { ReactNode } from 'react';
import type { ViewInfo } from '../api/types';
import type { Graph } from '../graph/graph';
import { nothingIsKnown } from '../graph/known';
import type { LiveState } from '../live';
import { strings } from '../strings';
import { Link } from './Link';
import { useShell } from './shell';

/** What to do next, where there is no picture. */
export function Empty({ live, info }: { live: LiveState; info: ViewInfo | undefined }) {
  const { location, live: store } = useShell();
  const { link, views, graph } = live;
  const text = strings.empty;
  if (link.state === 'refused') {
    return (
      <Message title={text.refused} hint={link.reason}>
        <Link
          className="chip on"
          change={{ view: undefined, options: {}, q: '', within: undefined }}
        >
          {text.start}
        </Link>
      </Message>
    );
  }
  if (link.state === 'reconnecting' && !graph) {
    return (
      <Message title={text.offline} hint={text.offlineHint(link.reason)}>
        <button type="button" className="chip on" onClick={() => store.retry()}>
          {strings.live.retry}
        </button>
      </Message>
    );
  }
  if (views && location.view !== undefined && !info) {
    return (
      <Message title={text.unknownView(location.view)} hint="">
        <Link className="chip on" change={{ view: undefined, options: {} }}>
          {text.start}
        </Link>
      </Message>
    );
  }
  if (views?.views.length === 0) return <NothingKnown />;
  if (!graph) return <Message title={text.waiting} hint={text.waitingHint} pulse late />;
  if (graph.nodes.size > 0) return null;
  if (views && nothingIsKnown(views)) return <NothingKnown />;
  return (
    <Message title={text.quiet} hint={text.quietHint} pulse>
      <ShowHidden graph={graph} info={info} />
    </Message>
  );
}

function NothingKnown() {
  return <Message title={strings.empty.nothing} hint={strings.empty.nothingHint} pulse />;
}

/** Buttons for what an option hides. */
export function ShowHidden({ graph, info }: { graph: Graph; info: ViewInfo | undefined }) {
  const { location } = useShell();
  const offer = (option: string, value: string, label: (count: number) => string) => {
    const count = graph.hidden[option] ?? 0;
    if (count === 0 || !info?.options.some((known) => known.id === option)) return null;
    return (
      <Link className="chip on" change={{ options: { ...location.options, [option]: value } }}>
        {label(count)}
      </Link>
    );
  };
  return (
    <>
      {offer('unconnected', 'show', strings.empty.showUnconnected)}
      {offer('system', 'show', strings.empty.showSystem)}
    </>
  );
}

interface MessageProps {
  title: string;
  hint: string;
  pulse?: boolean;
  /** Only shown when it lasts. */
  late?: boolean;
  children?: ReactNode;
}

function Message(props: MessageProps) {
  return (
    <div className={`empty ${props.late ? 'late' : ''}`}>
      <svg viewBox="0 0 120 64" className={props.pulse ? 'pulse' : ''} aria-hidden="true">
        <path d="M30 32 C50 32 50 14 74 14 M30 32 C50 32 50 50 74 50" />
        <circle cx="22" cy="32" r="10" />
        <circle cx="86" cy="14" r="10" />
        <circle cx="86" cy="50" r="10" />
      </svg>
      <h2>{props.title}</h2>
      <p>{props.hint}</p>
      <div className="empty-actions">{props.children}</div>
    </div>
  );
}
