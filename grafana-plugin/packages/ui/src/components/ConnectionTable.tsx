import type { Connection, Cut } from '../api/types';
import * as format from '../format';
import { strings } from '../strings';
import { Link } from './Link';
import { RefLink } from './RefLink';

const { details } = strings;

/** One row per peer, port and transport; what fails first, then the busiest. */
export function ConnectionTable({ title, cut }: { title: string; cut: Cut<Connection> }) {
  const rows = [...cut.rows].sort(
    (a, b) => failures(b) - failures(a) || traffic(b) - traffic(a) || (a.edge < b.edge ? -1 : 1),
  );
  return (
    <section>
      <h3>
        {title} <i>{cut.total}</i>
      </h3>
      {rows.length === 0 ? (
        <p className="none">{details.none}</p>
      ) : (
        <div className="scroll-x">
          <table className="connections">
            <thead>
              <tr>
                <th scope="col">{details.peer}</th>
                <th scope="col">{details.port}</th>
                <th scope="col" title={details.newRateTitle}>
                  {details.newRate}
                </th>
                <th scope="col">{details.active}</th>
                <th scope="col" title={details.bytesTitle}>
                  {details.bytes}
                </th>
                <th scope="col">{details.failed_}</th>
                <th scope="col">{details.rtt}</th>
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <tr key={`${row.edge} ${row.port} ${row.transport}`}>
                  <td>
                    <RefLink to={row.peer} />
                  </td>
                  <td>
                    <Link change={{ edge: row.edge, node: undefined }} title={strings.edge.select}>
                      {row.port}
                      {row.transport === 'tcp' ? '' : `/${row.transport}`}
                    </Link>
                  </td>
                  <td>{format.rate(row.connections.opened)}</td>
                  <td>{format.count(row.connections.active)}</td>
                  <td>{format.bytes(traffic(row))}</td>
                  <Failed rate={failures(row)} />
                  <td className={row.pairing === 'exact' ? '' : 'unsure'}>
                    {format.duration(row.rtt)}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {cut.total > rows.length && <p className="none">{details.more(cut.total - rows.length)}</p>}
    </section>
  );
}

/** Failures are red and carry a mark, so that the colour is not alone. */
export function Failed({ rate }: { rate: number }) {
  return rate > 0 ? <td className="bad">{format.rate(rate)} ▲</td> : <td>0</td>;
}

function failures({ connections }: Connection): number {
  return (connections.failed ?? 0) + (connections.reset ?? 0);
}

function traffic({ bytes }: Connection): number {
  return (bytes.sent ?? 0) + (bytes.received ?? 0);
}
