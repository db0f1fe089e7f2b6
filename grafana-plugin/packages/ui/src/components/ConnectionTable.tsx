import type { Connection, Cut } from '../api/types';
import * as format from '../format';
import { strings } from '../strings';
import { CalledAs } from './CalledAs';
import { Link } from './Link';
import { RefLink } from './RefLink';

const { details } = strings;

/** One row per peer, port and transport; what fails first, then what is reset, then the busiest. */
export function ConnectionTable({ title, cut }: { title: string; cut: Cut<Connection> }) {
  const rows = [...cut.rows].sort(
    (a, b) =>
      rate(b, 'failed') - rate(a, 'failed') ||
      rate(b, 'reset') - rate(a, 'reset') ||
      traffic(b) - traffic(a) ||
      (a.edge < b.edge ? -1 : 1),
  );
  const resets = rows.some(({ totals }) => (totals.reset ?? 0) > 0);
  return (
    <section>
      <h3>
        {title} <i>{cut.total}</i>
      </h3>
      {rows.length === 0 ? (
        <p className="none">{details.none}</p>
      ) : (
        <div className="scroll-x">
          <table className={`connections ${resets ? 'many' : ''}`}>
            <thead>
              <tr>
                <th scope="col">{details.peer}</th>
                <th scope="col">{details.port}</th>
                <th scope="col" title={details.newRateTitle}>
                  {details.newRate}
                </th>
                <th scope="col" className="spare">
                  {details.active}
                </th>
                <th scope="col" title={details.bytesTitle}>
                  {details.bytes}
                </th>
                <th scope="col" title={details.failedTitle}>
                  {strings.edge.failed}
                </th>
                {resets && (
                  <th scope="col" title={details.resetTitle}>
                    {strings.edge.reset}
                  </th>
                )}
                <th scope="col" title={details.rttTitle} className={resets ? 'spare' : undefined}>
                  {details.rtt}
                </th>
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
                      {format.port(row.port)}
                      {row.transport === 'tcp' ? '' : `/${row.transport}`}
                    </Link>
                    <CalledAs addresses={row.virtualAddresses} />
                  </td>
                  <td>{format.rate(row.connections.opened)}</td>
                  <td className="spare">{format.count(row.connections.active)}</td>
                  <td>{format.bytes(traffic(row))}</td>
                  <Failed rate={row.connections.failed} />
                  {resets && <Reset rate={row.connections.reset} />}
                  <td
                    className={`${row.pairing === 'exact' ? '' : 'unsure'} ${resets ? 'spare' : ''}`}
                  >
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

export function Failed({ rate }: { rate: number | null }) {
  return <td className={rate ? 'bad' : undefined}>{format.trouble(rate)}</td>;
}

export function Reset({ rate }: { rate: number | null }) {
  return <td className={rate ? 'warn' : undefined}>{format.trouble(rate)}</td>;
}

function rate({ connections }: Connection, of: 'failed' | 'reset'): number {
  return connections[of] ?? 0;
}

function traffic({ bytes }: Connection): number {
  return (bytes.sent ?? 0) + (bytes.received ?? 0);
}
