import { useEffect, useRef } from 'react';
import { RINGS, type Ring } from '../map/rings';
import { isTyping } from './SearchBox';
import { useShell } from './shell';

interface Actions {
  openHelp: () => void;
  clearSearch: () => void;
  text: string;
}

/** Keys that work wherever the focus is, but not while one types. */
export function useKeys(actions: Actions): void {
  const shell = useShell();
  const latest = useRef({ shell, actions });
  latest.current = { shell, actions };
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event)) return;
      if (event.defaultPrevented || document.querySelector('dialog[open]')) return;
      const { go, location, live } = latest.current.shell;
      switch (event.key) {
        case 'g':
          return go({ as: 'map' });
        case 't':
          return go({ as: 'table' });
        case 'c': {
          const at = RINGS.indexOf((location.ring ?? 'cpu') as Ring);
          return go({ ring: RINGS[(at + 1) % RINGS.length] }, true);
        }
        case 'f':
        case '+':
        case '-': {
          const canvas = document.querySelector<HTMLCanvasElement>('.map canvas');
          canvas?.dispatchEvent(new KeyboardEvent('keydown', { key: event.key, bubbles: true }));
          return;
        }
        case 'p':
          return live.pause(!live.current().paused);
        case '?':
          return latest.current.actions.openHelp();
        case 'Escape':
          if (location.node !== undefined || location.edge !== undefined) {
            go({ node: undefined, edge: undefined });
          } else if (location.within !== undefined) go({ within: undefined });
          else if (latest.current.actions.text !== '') latest.current.actions.clearSearch();
          return;
      }
    };
    addEventListener('keydown', listen);
    return () => removeEventListener('keydown', listen);
  }, []);
}
