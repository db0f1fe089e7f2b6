import type { EdgeDetails, GraphEdge } from '../api/types';
import * as format from '../format';
import { strings } from '../strings';
import { CalledAs } from './CalledAs';
import { Failed, Reset } from './ConnectionTable';
import { Copyable } from './Copyable';
import { RefLink } from './RefLink';
import { Sparkline } from './Sparkline';

const text = strings.edge;

/** What is known of who talks to whom: rates, ports, the processes on each end, failures. */
export function EdgePanel({ details }: { details: EdgeDetails }) {
  const { edge, source, target } = details;
  const minor = [
    edge.transport,
    edge.protocol,
    format.ports(edge.ports),
    edge.rtt === null ? '' : `${text.rtt} ${format.duration(edge.rtt)}`,
  ];
  return (
    <>
      <h2 className="edge-title">
        <RefLink to={source} />
        <span aria-label={text.to}> → </span>
        <RefLink to={target} />
      </h2>
      <p className="minor">{[text.title, ...minor].filter(Boolean).join(' · ')}</p>
      <Figures details={details} />
      {details.failures.length > 0 && <Causes failures={details.failures} />}
      <Ports ports={details.ports} />
      {details.processes.rows.length > 0 && <Pairs processes={details.processes} />}
      <Totals edge={edge} />
    </>
  );
}

/** What goes on now, each with its last minute. */
function Figures({ details }: { details: EdgeDetails }) {
  const { connections, bytes } = details.edge;
  const figures = [
    { id: 'active', name: text.active, value: format.count(connections.active) },
    { id: 'opened', name: text.newRate, value: format.rate(connections.opened) },
    { id: 'sent', name: text.bytesOut, value: format.bytesPerSecond(bytes.sent) },
    { id: 'received', name: text.bytesIn, value: format.bytesPerSecond(bytes.received) },
    {
      id: 'failed',
      name: text.failed,
      value: format.trouble(connections.failed),
      tone: connections.failed ? 'bad' : '',
    },
    {
      id: 'reset',
      name: text.reset,
      value: format.trouble(connections.reset),
      tone: connections.reset ? 'warn' : '',
    },
  ];
  return (
    <div className="measures">
      {figures.map(({ id, name, value, tone }) => (
        <div key={id} className={tone}>
          <small>{name}</small>
          <em>{value}</em>
          <Sparkline points={details.rates.find((series) => series.id === id)?.points ?? []} />
        </div>
      ))}
    </div>
  );
}

function Causes({ failures }: { failures: EdgeDetails['failures'] }) {
  return (
    <section>
      <h3>{text.causes}</h3>
      <table className="connections">
        <thead>
          <tr>
            <th scope="col">{text.cause}</th>
            <th scope="col">{text.rate}</th>
            <th scope="col">{text.total}</th>
          </tr>
        </thead>
        <tbody>
          {failures.map((failure) => (
            <tr key={failure.cause}>
              <td>{failure.cause}</td>
              <Failed rate={failure.rate} />
              <td>{format.count(failure.total)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Ports({ ports }: { ports: EdgeDetails['ports'] }) {
  return (
    <section>
      <h3>
        {text.ports} <i>{ports.length}</i>
      </h3>
      <div className="scroll-x">
        <table className="connections">
          <thead>
            <tr>
              <th scope="col">{text.port}</th>
              <th scope="col">{text.newRate}</th>
              <th scope="col" className="spare">
                {text.active}
              </th>
              <th scope="col">{strings.details.bytes}</th>
              <th scope="col">{text.failed}</th>
              <th scope="col">{text.reset}</th>
              <th scope="col" className="spare">
                {text.rtt}
              </th>
            </tr>
          </thead>
          <tbody>
            {ports.map((port) => (
              <tr key={`${port.port} ${port.transport}`}>
                <td>
                  {format.port(port.port)}/{port.transport} {port.protocol}
                  <CalledAs addresses={port.virtualAddresses} />
                </td>
                <td>{format.rate(port.connections.opened)}</td>
                <td className="spare">{format.count(port.connections.active)}</td>
                <td>{format.bytes((port.bytes.sent ?? 0) + (port.bytes.received ?? 0))}</td>
                <Failed rate={port.connections.failed} />
                <Reset rate={port.connections.reset} />
                <td className="spare">{format.duration(port.rtt)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function Pairs({ processes }: { processes: EdgeDetails['processes'] }) {
  const left = processes.total - processes.rows.length;
  return (
    <section>
      <h3>
        {text.processes} <i>{processes.total}</i>
      </h3>
      <div className="scroll-x">
        <table className="connections two">
          <thead>
            <tr>
              <th scope="col">{text.client}</th>
              <th scope="col">{text.server}</th>
              <th scope="col">{text.port}</th>
              <th scope="col">{text.active}</th>
              <th scope="col">{text.newRate}</th>
            </tr>
          </thead>
          <tbody>
            {processes.rows.map((row) => (
              <tr key={`${row.client.id} ${row.server.id} ${row.port} ${row.transport}`}>
                <td>
                  <RefLink to={row.client} minor />
                </td>
                <td>
                  <RefLink to={row.server} minor />
                </td>
                <td>
                  {format.port(row.port)}
                  <CalledAs addresses={row.virtualAddresses} />
                </td>
                <td>{format.count(row.connections.active)}</td>
                <td
                  className={row.pairing === 'exact' ? '' : 'unsure'}
                  title={text.pairings[row.pairing]}
                >
                  {format.rate(row.connections.opened)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {left > 0 && <p className="none">{strings.details.more(left)}</p>}
    </section>
  );
}

function Totals({ edge: { totals, pairing, sources } }: { edge: GraphEdge }) {
  return (
    <section>
      <h3>{text.totals}</h3>
      <dl className="facts">
        <Fact name={text.opened} value={format.count(totals.opened)} />
        <Fact name={text.failedTotal} value={format.count(totals.failed)} />
        <Fact name={text.resetTotal} value={format.count(totals.reset)} />
        <Fact name={text.bytesOut} value={format.bytes(totals.bytesSent)} />
        <Fact name={text.bytesIn} value={format.bytes(totals.bytesReceived)} />
        <Fact name={text.retransmits} value={format.count(totals.retransmits)} />
        <Fact name={text.pairing} value={text.pairings[pairing]} />
        <Fact name={text.seenBy} value={sources.join(', ')} />
      </dl>
      {pairing !== 'exact' && <p className="none">{text.pairingMeans[pairing]}</p>}
    </section>
  );
}

function Fact({ name, value }: { name: string; value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        <Copyable value={value} />
      </dd>
    </div>
  );
}
