import { useEffect, useRef, useState, type KeyboardEvent } from 'react';
import * as format from '../format';
import { adjacencyOf } from '../graph/adjacency';
import type { Graph } from '../graph/graph';
import { ScopeMap, type Hover, type MapListener } from '../map/map';
import { RINGS, type Ring, type RingScale } from '../map/rings';
import type { Direction } from '../map/walk';
import { strings } from '../strings';
import { Icon, type IconName } from './Icon';
import { MapHover } from './MapHover';
import { MapLegend } from './MapLegend';
import { useShell } from './shell';
import { useLayout } from './useLayout';

interface Props {
  graph: Graph;
  view: string;
  matches: ReadonlySet<string> | undefined;
  /** Members to bring into the window when it changes. */
  focus: ReadonlySet<string> | undefined;
  onOpen: (node: string) => void;
}

/** Laid out for the window the page was opened in: wide, or tall on a phone. */
const ASPECT = innerHeight > innerWidth ? 0.7 : 1.5;
const ARROWS: Record<string, Direction> = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'up',
  ArrowDown: 'down',
};
const PAN: Record<Direction, [dx: number, dy: number]> = {
  left: [90, 0],
  right: [-90, 0],
  up: [0, 90],
  down: [0, -90],
};

/** The map with what lies over it: rings, legend, zoom, and what is under the pointer. */
export function MapView({ graph, view, matches, focus, onOpen }: Props) {
  const { location, go, colours } = useShell();
  const canvas = useRef<HTMLCanvasElement>(null);
  const map = useRef<ScopeMap>();
  const ring: Ring = RINGS.find((name) => name === location.ring) ?? 'cpu';
  const [hover, setHover] = useState<Hover>();
  const [spoken, setSpoken] = useState('');
  const [scale, setScale] = useState<RingScale>();
  const { placement, tidy, pin } = useLayout(graph, view, ASPECT);

  const listener = useRef<MapListener>();
  listener.current = {
    onSelect: (selection) =>
      go({
        node: selection && 'node' in selection ? selection.node : undefined,
        edge: selection && 'edge' in selection ? selection.edge : undefined,
      }),
    onOpen,
    onHover: setHover,
    onPin: pin,
    onFocus: (node) => {
      if (!node) return setSpoken('');
      const { into, out } = adjacencyOf(graph);
      setSpoken(
        strings.map.focus(
          node.node.label,
          node.node.sublabel,
          into.get(node.id)?.length ?? 0,
          out.get(node.id)?.length ?? 0,
        ),
      );
    },
  };

  useEffect(() => {
    if (!canvas.current) return;
    const made = new ScopeMap(canvas.current, forward(listener));
    map.current = made;
    // For end-to-end tests, which have to find a node on a canvas.
    Object.assign(canvas.current, { scopeMap: made });
    return () => made.close();
  }, []);

  useEffect(() => map.current?.reset(), [view]);
  useEffect(() => {
    if (!placement || !map.current) return;
    map.current.show(graph, placement);
    setScale(map.current.ringScale);
  }, [graph, placement]);
  useEffect(() => map.current?.recolour(), [colours]);
  useEffect(() => setScale(map.current?.setRing(ring)), [ring]);
  useEffect(
    () => map.current?.select(location.node, location.edge),
    [location.node, location.edge, placement],
  );
  useEffect(() => map.current?.setMatches(matches), [matches, placement]);
  useEffect(() => {
    if (focus && focus.size > 0 && placement) map.current?.fit(true, focus);
    // Only when another group is opened, not with each change inside it.
  }, [location.within, placement === undefined]);

  const keys = (event: KeyboardEvent) => {
    const at = map.current;
    if (!at || event.ctrlKey || event.metaKey || event.altKey) return;
    const direction = ARROWS[event.key];
    if (direction && event.shiftKey) at.panBy(...PAN[direction]);
    else if (direction) at.step(direction);
    else if (event.key === '+' || event.key === '=') at.zoomBy(1.3);
    else if (event.key === '-') at.zoomBy(1 / 1.3);
    else if (event.key === '0' || event.key === 'f') at.fit();
    else if (event.key === 'Enter' && at.focused !== undefined) {
      if (location.node === at.focused) onOpen(at.focused);
      else go({ node: at.focused, edge: undefined });
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <div className="map">
      <canvas
        ref={canvas}
        tabIndex={0}
        role="application"
        aria-label={strings.map.label}
        onKeyDown={keys}
      />
      <p className="unseen" aria-live="polite">
        {spoken}
      </p>
      <div className="map-bar" role="group" aria-label={strings.map.ringLabel}>
        {RINGS.map((name) => (
          <button
            key={name}
            type="button"
            className={`chip ${name === ring ? 'on' : ''}`}
            aria-pressed={name === ring}
            onClick={() => go({ ring: name }, true)}
          >
            {name === ring ? strings.map.ringOn(strings.map.rings[name]) : strings.map.rings[name]}
          </button>
        ))}
      </div>
      {placement?.method === 'fast' && (
        <p className="map-note">{strings.map.fast(graph.nodes.size)}</p>
      )}
      <MapLegend ring={ring} full={scale?.full ?? 1} graph={graph} />
      <div className="map-zoom">
        <MapButton
          icon="plus"
          label={strings.map.zoomIn}
          onClick={() => map.current?.zoomBy(1.4)}
        />
        <MapButton
          icon="minus"
          label={strings.map.zoomOut}
          onClick={() => map.current?.zoomBy(1 / 1.4)}
        />
        <MapButton icon="fit" label={strings.map.fit} onClick={() => map.current?.fit()} />
        <MapButton icon="tidy" label={strings.map.tidy} onClick={tidy} />
      </div>
      {hover && <MapHover hover={hover} ring={ring} />}
    </div>
  );
}

function MapButton(props: { icon: IconName; label: string; onClick: () => void }) {
  return (
    <button type="button" aria-label={props.label} title={props.label} onClick={props.onClick}>
      <Icon name={props.icon} />
    </button>
  );
}

/** The map is made once; what it tells goes to the listener of the latest render. */
function forward(latest: { current: MapListener | undefined }): MapListener {
  return {
    onSelect: (selection) => latest.current?.onSelect(selection),
    onOpen: (node) => latest.current?.onOpen(node),
    onHover: (hover) => latest.current?.onHover(hover),
    onFocus: (node) => latest.current?.onFocus(node),
    onPin: (node, at, edges) => latest.current?.onPin(node, at, edges),
  };
}

export function ringValue(ring: Ring, value: number): string {
  if (ring === 'cpu') return format.cores(value);
  if (ring === 'memory') return format.bytes(value);
  return `${format.rate(value)}/s`;
}
