import { useEffect, useRef } from 'react';
import type { Graph } from '../graph/graph';
import { strings } from '../strings';
import { EdgePanel } from './EdgePanel';
import { Icon } from './Icon';
import { NodePanel } from './NodePanel';
import { useShell } from './shell';
import { useDetails, type Loaded } from './useDetails';

interface Props {
  view: string;
  graph: Graph | undefined;
}

/** The panel on the right: the selected node or edge, loaded anew while live. */
export function Details({ view, graph }: Props) {
  const { location } = useShell();
  if (location.node !== undefined) {
    return <NodeDetailsPanel view={view} id={location.node} graph={graph} />;
  }
  if (location.edge !== undefined) {
    return <EdgeDetailsPanel view={view} id={location.edge} graph={graph} />;
  }
  return null;
}

function NodeDetailsPanel({ view, id, graph }: Props & { id: string }) {
  const { client } = useShell();
  const loaded = useDetails(`${view} ${id}`, graph?.revision ?? '', (signal) =>
    client.node(view, id, signal),
  );
  const here = graph?.nodes.get(id);
  return (
    <Panel id={id} loaded={loaded} known={here !== undefined}>
      {loaded.data && (
        // The picture's own node is fresher than the answer: its counters tick with the map.
        <NodePanel details={here ? { ...loaded.data, node: here } : loaded.data} />
      )}
    </Panel>
  );
}

function EdgeDetailsPanel({ view, id, graph }: Props & { id: string }) {
  const { client } = useShell();
  const loaded = useDetails(`${view} ${id}`, graph?.revision ?? '', (signal) =>
    client.edge(view, id, signal),
  );
  const here = graph?.edges.get(id);
  return (
    <Panel id={id} loaded={loaded} known={here !== undefined}>
      {loaded.data && <EdgePanel details={here ? { ...loaded.data, edge: here } : loaded.data} />}
    </Panel>
  );
}

function Panel(props: {
  id: string;
  loaded: Loaded<unknown>;
  known: boolean;
  children: React.ReactNode;
}) {
  const { go } = useShell();
  const { loaded } = props;
  const panel = useRef<HTMLElement>(null);
  useEffect(() => {
    panel.current?.scrollTo(0, 0);
  }, [props.id]);
  return (
    <aside className="details" aria-label={strings.details.region} ref={panel}>
      <button
        type="button"
        className="icon-button close"
        aria-label={strings.details.close}
        onClick={() => go({ node: undefined, edge: undefined })}
      >
        <Icon name="close" />
      </button>
      {loaded.gone && !props.known && (
        <p className="notice" role="status">
          {strings.details.gone} {loaded.data !== undefined && strings.details.goneHint}
        </p>
      )}
      {loaded.error !== undefined && (
        <p className="notice" role="status">
          {strings.details.failed(loaded.error)}
        </p>
      )}
      {loaded.data === undefined && !loaded.gone && loaded.error === undefined && (
        <div className="skeleton" role="status" aria-label={strings.details.loading}>
          <span />
          <span />
          <span />
        </div>
      )}
      {props.children}
    </aside>
  );
}
