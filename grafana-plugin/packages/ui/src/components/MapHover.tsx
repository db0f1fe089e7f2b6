import { useLayoutEffect, useRef } from 'react';
import * as format from '../format';
import { programOf } from '../graph/program';
import type { Hover } from '../map/map';
import { bytesRate, type Ring } from '../map/rings';
import type { SceneEdge, SceneNode } from '../map/scene';
import { strings } from '../strings';

/** What is under the pointer, beside it. */
export function MapHover({ hover }: { hover: Hover; ring: Ring }) {
  const card = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const element = card.current;
    const room = element?.parentElement;
    if (!element || !room) return;
    const left = hover.x + 16 + element.offsetWidth > room.clientWidth;
    const top = hover.y + 16 + element.offsetHeight > room.clientHeight;
    const x = left ? hover.x - element.offsetWidth - 12 : hover.x + 16;
    const y = top ? hover.y - element.offsetHeight - 12 : hover.y + 16;
    element.style.transform = `translate(${Math.max(4, Math.round(x))}px, ${Math.max(4, Math.round(y))}px)`;
  }, [hover]);
  return (
    <div className="map-hover" ref={card}>
      {hover.edge ? <EdgeCard edge={hover.edge} /> : hover.node && <NodeCard node={hover.node} />}
    </div>
  );
}

function NodeCard({ node: { node } }: { node: SceneNode }) {
  const { cpu, memory } = node.metrics;
  const program = programOf(node);
  return (
    <>
      <b>{node.label}</b>
      {program !== undefined && <small className="program">{program}</small>}
      <small>
        {[strings.kinds[node.kind] ?? node.kind, node.sublabel].filter(Boolean).join(' · ')}
      </small>
      <dl>
        {cpu !== undefined && <Row name={strings.map.rings.cpu} value={format.cores(cpu)} />}
        {memory !== undefined && (
          <Row name={strings.map.rings.memory} value={format.bytes(memory)} />
        )}
        {node.stale && <Row name={strings.details.state} value={strings.map.stale} />}
      </dl>
    </>
  );
}

function EdgeCard({ edge: { edge, source, target } }: { edge: SceneEdge }) {
  const { connections, totals } = edge;
  return (
    <>
      <b>
        {source.node.label} → {target.node.label}
      </b>
      <small>
        {[edge.transport, edge.protocol, format.ports(edge.ports)].filter(Boolean).join(' · ')}
      </small>
      <dl>
        <Row name={strings.edge.active} value={format.count(connections.active)} />
        <Row name={strings.edge.newRate} value={format.rate(connections.opened)} />
        <Row name={strings.details.bytes} value={format.bytesPerSecond(bytesRate(edge))} />
        <Trouble
          name={strings.edge.failed}
          rate={connections.failed}
          total={totals.failed}
          tone="bad"
        />
        <Trouble
          name={strings.edge.reset}
          rate={connections.reset}
          total={totals.reset}
          tone="warn"
        />
        <Row name={strings.edge.rtt} value={format.duration(edge.rtt)} />
        {edge.pairing !== 'exact' && (
          <Row name={strings.edge.pairing} value={strings.edge.pairings[edge.pairing]} />
        )}
      </dl>
    </>
  );
}

interface TroubleProps {
  name: string;
  rate: number | null;
  total: number | null;
  tone: 'bad' | 'warn';
}

/** Only where there was some. */
function Trouble({ name, rate, total, tone }: TroubleProps) {
  if (!rate && !total) return null;
  return <Row name={name} value={format.trouble(rate)} {...(rate ? { tone } : {})} />;
}

function Row({ name, value, tone }: { name: string; value: string; tone?: 'bad' | 'warn' }) {
  return (
    <div className={tone}>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}
