import { createContext, useContext } from 'react';
import type { ScopeClient } from '../api/client';
import type { Live } from '../live';
import type { Location } from '../location';

export type Theme = 'dark' | 'light' | 'system';

/** What a shell (standalone page, Grafana) gives the shared components. */
export interface Shell {
  client: ScopeClient;
  live: Live;
  location: Location;
  /** Goes to another location; `replace` leaves no step in the history. */
  go(change: Partial<Location>, replace?: boolean): void;
  /** The address of a location, for links. */
  href(change: Partial<Location>): string;
  layoutWorker(): Worker;
  /** Undefined where the host decides. */
  theme: { current: Theme; choose(theme: Theme): void } | undefined;
  /** Changes whenever the colours do. */
  colours: string;
}

const ShellContext = createContext<Shell | undefined>(undefined);

export const ShellProvider = ShellContext.Provider;

export function useShell(): Shell {
  const shell = useContext(ShellContext);
  if (!shell) throw new Error('a component of OTel Scope was shown outside of a ShellProvider');
  return shell;
}
