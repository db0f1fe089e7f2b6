import * as format from '../format';
import { strings } from '../strings';

/** What clients connected to instead of the server itself; nothing where they connected to it. */
export function CalledAs({ addresses }: { addresses: readonly string[] }) {
  if (addresses.length === 0) return null;
  return (
    <small className="called" title={strings.edge.calledAsTitle(addresses.join(', '))}>
      {strings.edge.calledAs(format.some(addresses))}
    </small>
  );
}
