import type { Graph } from '../graph/graph';
import { troubleOf, type Ring } from '../map/rings';
import { strings } from '../strings';
import { ringValue } from './MapView';

/** Says what width, dashes, ring and frame mean; only what is on the map. */
export function MapLegend({ ring, full, graph }: { ring: Ring; full: number; graph: Graph }) {
  const troubles = new Set([...graph.edges.values()].map(troubleOf));
  let groups = false;
  let pseudo = false;
  for (const node of graph.nodes.values()) {
    groups ||= node.count > 1 && !node.pseudo;
    pseudo ||= node.pseudo;
  }
  return (
    <div className="map-legend" role="note" aria-label={strings.map.legend}>
      <span>
        <svg width="22" height="10" aria-hidden="true">
          <path d="M1 5h20" className="key-edge" strokeWidth="3" />
        </svg>
        {strings.map.legendWidth}
      </span>
      {troubles.has('failed') && (
        <span className="bad">
          <svg width="22" height="10" aria-hidden="true">
            <path d="M1 5h20" className="key-bad" strokeDasharray="5 3" />
          </svg>
          {strings.map.legendFailed}
        </span>
      )}
      {troubles.has('reset') && (
        <span className="warn">
          <svg width="22" height="10" aria-hidden="true">
            <path d="M1 5h20" className="key-warn" strokeDasharray="2 2.5" />
          </svg>
          {strings.map.legendReset}
        </span>
      )}
      <span>
        <svg width="14" height="14" aria-hidden="true">
          <circle cx="7" cy="7" r="5.5" className="key-ground" />
          <path d="M7 1.5a5.5 5.5 0 0 1 5.5 5.5" className="key-ring" />
        </svg>
        {strings.map.legendRing(ringValue(ring, full))}
      </span>
      {groups && (
        <span>
          <svg width="18" height="14" aria-hidden="true">
            <circle cx="10.5" cy="5.5" r="4.8" className="key-ground" />
            <circle cx="6.5" cy="7.5" r="4.8" className="key-front" />
          </svg>
          {strings.map.legendGroup}
        </span>
      )}
      {pseudo && (
        <span>
          <svg width="14" height="14" aria-hidden="true">
            <circle cx="7" cy="7" r="5.5" className="key-ground" strokeDasharray="2.5 2" />
          </svg>
          {strings.map.legendPseudo}
        </span>
      )}
    </div>
  );
}
