import type { EdgeDetails } from '../api/types';
import * as format from '../format';
import { strings } from '../strings';
import { Failed } from './ConnectionTable';
import { Copyable } from './Copyable';
import { RefLink } from './RefLink';
import { Sparkline } from './Sparkline';

const text = strings.edge;

/** What is known of who talks to whom: rates, ports, the processes on each end, failures. */
export function EdgePanel({ details }: { details: EdgeDetails }) {
  const { edge, source, target } = details;
  return (
    <>
      <h2 className="edge-title">
        <RefLink to={source} />
        <span aria-label={text.to}> → </span>
        <RefLink to={target} />
      </h2>
      <p className="minor">
        {[
          text.title,
          edge.transport,
          edge.protocol,
          edge.ports
            .slice(0, 8)
            .map((port) => `:${port}`)
            .join(' '),
        ]
          .filter(Boolean)
          .join(' · ')}
      </p>
      <div className="measures">
        <Figure name={text.active} value={format.count(edge.connections.active)} />
        <Figure name={text.newRate} value={format.rate(edge.connections.opened)} />
        <Figure name={text.bytesOut} value={format.bytesPerSecond(edge.bytes.sent)} />
        <Figure name={text.bytesIn} value={format.bytesPerSecond(edge.bytes.received)} />
        {details.rates.map((series) => (
          <div key={series.id} className="wide">
            <small>{series.label}</small>
            <Sparkline points={series.points} />
          </div>
        ))}
      </div>
      {details.failures.length > 0 && (
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
              {details.failures.map((failure) => (
                <tr key={failure.cause}>
                  <td>{failure.cause}</td>
                  <td className={failure.rate ? 'bad' : ''}>{format.rate(failure.rate)}</td>
                  <td>{format.count(failure.total)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
      <section>
        <h3>
          {text.ports} <i>{details.ports.length}</i>
        </h3>
        <div className="scroll-x">
          <table className="connections">
            <thead>
              <tr>
                <th scope="col">{text.port}</th>
                <th scope="col">{text.newRate}</th>
                <th scope="col">{text.active}</th>
                <th scope="col">{strings.details.bytes}</th>
                <th scope="col">{text.failed}</th>
                <th scope="col">{text.rtt}</th>
              </tr>
            </thead>
            <tbody>
              {details.ports.map((port) => (
                <tr key={`${port.port} ${port.transport}`}>
                  <td>
                    {port.port}/{port.transport} {port.protocol}
                  </td>
                  <td>{format.rate(port.connections.opened)}</td>
                  <td>{format.count(port.connections.active)}</td>
                  <td>{format.bytes((port.bytes.sent ?? 0) + (port.bytes.received ?? 0))}</td>
                  <Failed rate={(port.connections.failed ?? 0) + (port.connections.reset ?? 0)} />
                  <td>{format.duration(port.rtt)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </section>
      {details.processes.rows.length > 0 && (
        <section>
          <h3>
            {text.processes} <i>{details.processes.total}</i>
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
                {details.processes.rows.map((row) => (
                  <tr key={`${row.client.id} ${row.server.id} ${row.port} ${row.transport}`}>
                    <td>
                      <RefLink to={row.client} minor />
                    </td>
                    <td>
                      <RefLink to={row.server} minor />
                    </td>
                    <td>{row.port}</td>
                    <td>{format.count(row.connections.active)}</td>
                    <td className={row.pairing === 'exact' ? '' : 'unsure'}>
                      {format.rate(row.connections.opened)}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
          {details.processes.total > details.processes.rows.length && (
            <p className="none">
              {strings.details.more(details.processes.total - details.processes.rows.length)}
            </p>
          )}
        </section>
      )}
      <section>
        <h3>{text.totals}</h3>
        <dl className="facts">
          <Fact name={text.opened} value={format.count(edge.totals.opened)} />
          <Fact name={text.failedTotal} value={format.count(edge.totals.failed)} />
          <Fact name={text.resetTotal} value={format.count(edge.totals.reset)} />
          <Fact name={text.bytesOut} value={format.bytes(edge.totals.bytesSent)} />
          <Fact name={text.bytesIn} value={format.bytes(edge.totals.bytesReceived)} />
          <Fact name={text.retransmits} value={format.count(edge.totals.retransmits)} />
          <Fact name={text.rtt} value={format.duration(edge.rtt)} />
          <Fact name={text.pairing} value={text.pairings[edge.pairing]} />
          <Fact name={text.seenBy} value={edge.sources.join(', ')} />
        </dl>
      </section>
    </>
  );
}

function Figure({ name, value }: { name: string; value: string }) {
  return (
    <div>
      <small>{name}</small>
      <em>{value}</em>
    </div>
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
