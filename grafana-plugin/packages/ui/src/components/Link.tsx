import type { MouseEvent, ReactNode } from 'react';
import type { Location } from '../location';
import { useShell } from './shell';

interface Props {
  change: Partial<Location>;
  className?: string;
  current?: boolean;
  title?: string;
  onFollow?: () => void;
  children: ReactNode;
}

/** A real link to another location: it opens in a new tab, and its address can be copied. */
export function Link({ change, className, current, title, onFollow, children }: Props) {
  const { go, href } = useShell();
  const follow = (event: MouseEvent) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    go(change);
    onFollow?.();
  };
  return (
    <a
      href={href(change)}
      className={className}
      title={title}
      aria-current={current ? 'page' : undefined}
      onClick={follow}
    >
      {children}
    </a>
  );
}
