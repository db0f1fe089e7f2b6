import { useSyncExternalStore } from 'react';
import type { LiveState } from '../live';
import { useShell } from './shell';

export function useLive(): LiveState {
  const { live } = useShell();
  return useSyncExternalStore(live.subscribe, live.current);
}
