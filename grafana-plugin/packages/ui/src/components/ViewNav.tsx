import { Fragment } from 'react';
import type { ViewInfo } from '../api/types';
import type { LookAs } from '../location';
import { strings } from '../strings';
import { Icon } from './Icon';
import { Link } from './Link';
import { useShell } from './shell';
import { useLive } from './useLive';

/** The views with their counts, under their headings; below them the ways to look. */
export function ViewNav({ view, onGone }: { view: string | undefined; onGone: () => void }) {
  const { views, graph, key } = useLive();
  const { location } = useShell();
  const list = views?.views ?? [];
  const headings = [...new Set(list.map((info) => info.group))].sort();
  const count = (info: ViewInfo) =>
    graph && key !== null && info.id === view ? graph.nodes.size : info.stats.nodes;
  return (
    <nav className="nav" aria-label={strings.nav}>
      {headings.map((heading) => (
        <Fragment key={heading}>
          <h2>{strings.headings[heading] ?? heading}</h2>
          {inOrder(list.filter((info) => info.group === heading)).map((info) => (
            <Link
              key={info.id}
              className={`${info.parent === null ? '' : 'sub'} ${info.id === view ? 'on' : ''}`}
              current={info.id === view}
              change={{
                view: info.id,
                options: sharedOptions(info, location.options),
                node: undefined,
                edge: undefined,
                within: undefined,
              }}
              onFollow={onGone}
            >
              <span>{info.label}</span>
              <i>{count(info)}</i>
            </Link>
          ))}
        </Fragment>
      ))}
      {list.length > 0 && (
        <>
          <h2>{strings.headings.lookAs}</h2>
          <Look as="map" shortcut="g" onGone={onGone} />
          <Look as="table" shortcut="t" onGone={onGone} />
        </>
      )}
    </nav>
  );
}

function Look({ as, shortcut, onGone }: { as: LookAs; shortcut: string; onGone: () => void }) {
  const { location } = useShell();
  return (
    <Link
      className={location.as === as ? 'on' : ''}
      current={location.as === as}
      change={{ as }}
      onFollow={onGone}
    >
      <span className="with-icon">
        <Icon name={as} size={14} />
        {strings.looks[as]}
      </span>
      <kbd>{shortcut}</kbd>
    </Link>
  );
}

/** Each view followed by those listed under it. */
function inOrder(views: ViewInfo[]): ViewInfo[] {
  const ids = new Set(views.map((view) => view.id));
  const top = views.filter((view) => view.parent === null || !ids.has(view.parent));
  return top.flatMap((view) => [view, ...views.filter((other) => other.parent === view.id)]);
}

/** Options stay on when one goes to a view that has them too. */
function sharedOptions(view: ViewInfo, options: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(options).filter(([id]) => view.options.some((option) => option.id === id)),
  );
}
