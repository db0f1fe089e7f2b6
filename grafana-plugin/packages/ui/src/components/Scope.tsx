import { useDeferredValue, useEffect, useMemo, useState } from 'react';
import { matchesOf } from '../search/match';
import { viewKey } from '../location';
import { strings } from '../strings';
import { CoverageNotice } from './CoverageNotice';
import { Details } from './Details';
import { Empty, ShowHidden } from './Empty';
import { Footer } from './Footer';
import { HelpDialog } from './HelpDialog';
import { Icon } from './Icon';
import { LiveBadge } from './LiveBadge';
import { MapView } from './MapView';
import { NodeTable } from './NodeTable';
import { OptionChips } from './OptionChips';
import { SearchBox } from './SearchBox';
import { useShell } from './shell';
import { ThemeMenu } from './ThemeMenu';
import { useKeys } from './useKeys';
import { useLive } from './useLive';
import { ViewNav } from './ViewNav';

/** The whole page inside its shell. */
export function Scope() {
  const { location, go, live: store, client } = useShell();
  const live = useLive();
  const [help, setHelp] = useState(false);
  const [menu, setMenu] = useState(false);
  const [text, setText] = useState(location.q);
  useEffect(() => setText(location.q), [location.q]);

  const views = live.views?.views;
  const view = location.view ?? views?.[0]?.id;
  const info = views?.find((candidate) => candidate.id === view);
  const key = view === undefined ? null : viewKey(view, location.options);
  useEffect(() => store.watch(key), [store, key]);

  const { graph } = live;
  const query = useDeferredValue(text);
  const found = useMemo(
    () => (graph ? matchesOf(graph.nodes.values(), query) : undefined),
    [graph, query],
  );
  const members = useMemo(() => {
    if (!graph || location.within === undefined) return undefined;
    const ids = new Set<string>();
    for (const node of graph.nodes.values()) {
      if (node.parents.some((parent) => parent.id === location.within)) ids.add(node.id);
    }
    return ids;
  }, [graph, location.within]);
  const matches = useMemo(() => {
    if (!found || !members) return found ?? members;
    return new Set([...found].filter((id) => members.has(id)));
  }, [found, members]);
  const group = useMemo(() => {
    if (!graph || location.within === undefined) return '';
    for (const node of graph.nodes.values()) {
      const parent = node.parents.find((candidate) => candidate.id === location.within);
      if (parent) return parent.label;
    }
    return '';
  }, [graph, location.within]);

  const open = (id: string) => {
    if (view === undefined) return;
    const abort = new AbortController();
    client
      .node(view, id, abort.signal)
      .then(({ node, children }) => {
        const finer = children.find((candidate) => candidate.view !== view && candidate.total > 0);
        if (finer && finer.view !== null && !node.pseudo) {
          go({ view: finer.view, options: {}, within: id, node: undefined, edge: undefined });
        } else go({ node: id, edge: undefined });
      })
      .catch(() => go({ node: id, edge: undefined }));
  };

  useKeys({ openHelp: () => setHelp(true), clearSearch: () => go({ q: '' }), text });
  const selected = location.node !== undefined || location.edge !== undefined;
  const picture = graph && graph.nodes.size > 0 && view !== undefined;
  useEffect(() => {
    document.title = [info?.label, strings.product].filter(Boolean).join(' · ');
  }, [info?.label]);
  return (
    <div className={`scope ${selected ? 'with-details' : ''} ${menu ? 'with-menu' : ''}`}>
      <header className="top">
        <button
          type="button"
          className="icon-button menu-button"
          aria-label={strings.nav}
          aria-expanded={menu}
          onClick={() => setMenu(!menu)}
        >
          <Icon name="menu" />
        </button>
        <b className="product">{strings.product}</b>
        <SearchBox
          text={text}
          pinned={location.q !== '' && location.q === text}
          found={found?.size}
          of={graph?.nodes.size ?? 0}
          onChange={(next) => {
            setText(next);
            if (next === '') go({ q: '' }, true);
          }}
          onPin={() => go({ q: text.trim() })}
        />
        {info && <OptionChips view={info} hidden={graph?.hidden ?? {}} />}
        <LiveBadge />
        <ThemeMenu />
        <button
          type="button"
          className="icon-button"
          aria-label={strings.help.open}
          onClick={() => setHelp(true)}
        >
          <Icon name="help" />
        </button>
      </header>
      <ViewNav view={view} onGone={() => setMenu(false)} />
      <main className={`stage as-${location.as}`}>
        {picture && location.as === 'map' && (
          <MapView graph={graph} view={view} matches={matches} focus={members} onOpen={open} />
        )}
        {picture && location.as === 'table' && (
          <NodeTable graph={graph} {...(matches ? { matches } : {})} />
        )}
        <Empty live={live} info={info} />
        <div className="stage-notices">
          {location.within !== undefined && (
            <button
              type="button"
              className="chip on"
              title={strings.withinClear}
              onClick={() => go({ within: undefined })}
            >
              {strings.within(group)}
              <Icon name="close" size={12} />
            </button>
          )}
          {graph && <CoverageNotice coverage={graph.coverage} />}
        </div>
        {picture && graph.edges.size === 0 && location.as === 'map' && (
          <div className="quiet">
            <p>
              <b>{strings.empty.quiet}.</b> {strings.empty.quietHint}
            </p>
            <ShowHidden graph={graph} info={info} />
          </div>
        )}
      </main>
      {view !== undefined && <Details view={view} graph={graph} />}
      <Footer />
      <HelpDialog open={help} onClose={() => setHelp(false)} />
    </div>
  );
}
