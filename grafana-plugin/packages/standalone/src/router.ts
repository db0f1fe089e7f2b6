import { useCallback, useEffect, useState } from 'react';
import { readLocation, writeLocation, type Location } from '@otelscope/ui';

/** The browser's address as the page's location; back and forward walk through it. */
export function useRouter() {
  const [location, setLocation] = useState(() => readLocation(window.location.search));
  useEffect(() => {
    const follow = () => setLocation(readLocation(window.location.search));
    addEventListener('popstate', follow);
    return () => removeEventListener('popstate', follow);
  }, []);
  const href = useCallback(
    (change: Partial<Location>) =>
      window.location.pathname +
      writeLocation({ ...readLocation(window.location.search), ...change }),
    [],
  );
  const go = useCallback(
    (change: Partial<Location>, replace = false) => {
      const next = href(change);
      if (next === window.location.pathname + window.location.search) return;
      if (replace) history.replaceState(null, '', next);
      else history.pushState(null, '', next);
      setLocation(readLocation(window.location.search));
    },
    [href],
  );
  return { location, go, href };
}
