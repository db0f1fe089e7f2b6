import type { Children, Measured, NodeDetails } from '../api/types';
import * as format from '../format';
import { programOf } from '../graph/program';
import { strings } from '../strings';
import { ConnectionTable } from './ConnectionTable';
import { Copyable } from './Copyable';
import { RefLink } from './RefLink';
import { Sparkline } from './Sparkline';
import { Link } from './Link';

/** What is known of a node: status first, then who it talks to, then what it is. */
export function NodePanel({ details }: { details: NodeDetails }) {
  const { node } = details;
  const program = programOf(node);
  const minor = [
    strings.kinds[node.kind] ?? node.kind,
    node.sublabel,
    node.count > 1 ? strings.details.count(node.count) : '',
    node.state === 'running' ? '' : node.state,
    node.stale ? strings.map.stale : '',
  ].filter(Boolean);
  return (
    <>
      <h2>
        <Copyable value={node.label} />
      </h2>
      {program !== undefined && (
        <p className="program">
          <Copyable value={program} />
        </p>
      )}
      <p className="minor">{minor.join(' · ')}</p>
      {details.measurements.length > 0 && (
        <div className="measures">
          {details.measurements.map((measured) => (
            <Measure key={measured.id} measured={measured} />
          ))}
        </div>
      )}
      <ConnectionTable title={strings.details.inbound} cut={details.inbound} />
      <ConnectionTable title={strings.details.outbound} cut={details.outbound} />
      {details.children.map((children) => (
        <Members
          key={`${children.kind} ${children.view}`}
          of={node.pseudo ? undefined : node.id}
          children_={children}
        />
      ))}
      {details.listeners.length > 0 && (
        <section>
          <h3>{strings.details.listeners}</h3>
          <p className="tags">
            {details.listeners.map(({ address, port, transport }) => (
              <Copyable key={`${address} ${port} ${transport}`} value={`${host(address)}:${port}`}>
                {host(address)}:{port}
                {transport === 'tcp' ? '' : `/${transport}`}
              </Copyable>
            ))}
          </p>
        </section>
      )}
      {details.groups.map((group) => (
        <section key={group.id}>
          <h3>{group.label}</h3>
          <dl className="facts">
            {group.rows.map((row) => (
              <div key={row.key}>
                <dt title={row.key}>{row.label}</dt>
                <dd>
                  <Copyable value={row.value}>{format.attribute(row.value)}</Copyable>
                </dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
      {details.parents.length > 0 && (
        <section>
          <h3>{strings.details.parents}</h3>
          <ul className="refs">
            {details.parents.map((parent) => (
              <li key={`${parent.view} ${parent.id}`}>
                <RefLink to={parent} minor />
                <small>{strings.kinds[parent.kind] ?? parent.kind}</small>
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}

function Measure({ measured }: { measured: Measured }) {
  const { value, unit, limit } = measured;
  return (
    <div>
      <small>{measured.label}</small>
      <em>
        {format.measured(value, unit)}
        {limit !== null && <i> {strings.details.of(format.measured(limit, unit))}</i>}
      </em>
      {measured.points.length > 0 && <Sparkline points={measured.points} limit={limit} />}
    </div>
  );
}

/** What a node is made of; `of` is the node that they name as their parent, if they do. */
function Members({ of, children_ }: { of: string | undefined; children_: Children }) {
  const left = children_.total - children_.items.length;
  return (
    <section>
      <h3>
        {strings.details.children(children_.label, children_.total)}
        {of !== undefined && children_.view !== null && (
          <Link
            className="aside"
            change={{
              view: children_.view,
              within: of,
              node: undefined,
              edge: undefined,
              options: {},
            }}
          >
            {strings.details.openIn}
          </Link>
        )}
      </h3>
      <ul className="refs">
        {children_.items.map((item) => (
          <li key={item.id}>
            <RefLink to={item} />
            <small>{item.sublabel}</small>
          </li>
        ))}
      </ul>
      {left > 0 && <p className="none">{strings.details.more(left)}</p>}
    </section>
  );
}

/** IPv6 addresses stand in brackets before a port. */
function host(address: string): string {
  return address.includes(':') ? `[${address}]` : address;
}
