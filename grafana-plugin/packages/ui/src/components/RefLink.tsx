import type { Ref } from '../api/types';
import { Link } from './Link';
import { Name } from './Name';
import { useShell } from './shell';

/** A link to a node, in the view in which it is one. */
export function RefLink({ to, minor }: { to: Ref; minor?: boolean }) {
  const { location } = useShell();
  if (to.view === null) return <span title={to.sublabel}>{to.label}</span>;
  const here = to.view === location.view;
  return (
    <Link
      change={{
        view: to.view,
        node: to.id,
        edge: undefined,
        ...(here ? {} : { options: {}, within: undefined }),
      }}
      title={to.sublabel === '' ? to.label : `${to.label} · ${to.sublabel}`}
    >
      <Name text={to.label} />
      {minor && to.sublabel !== '' && <small> {to.sublabel}</small>}
    </Link>
  );
}
