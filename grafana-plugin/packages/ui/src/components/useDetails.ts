import { useEffect, useRef, useState } from 'react';
import { ApiError } from '../api/client';

export interface Loaded<T> {
  data: T | undefined;
  /** The server does not know it any more; `data` is the last that was known. */
  gone: boolean;
  error: string | undefined;
}

/** While live, what is open is asked for again at most this often. */
const REFRESH_MS = 1000;

/**
 * Loads something and loads it again when `revision` moves on, keeping the last answer meanwhile.
 * `load` must be stable for one `key`.
 */
export function useDetails<T>(
  key: string,
  revision: string,
  load: (signal: AbortSignal) => Promise<T>,
): Loaded<T> {
  const [loaded, setLoaded] = useState<Loaded<T> & { key: string }>();
  const last = useRef(0);
  const lastKey = useRef('');
  const latest = useRef(load);
  latest.current = load;
  useEffect(() => {
    const abort = new AbortController();
    const wait = lastKey.current === key ? Math.max(0, last.current + REFRESH_MS - Date.now()) : 0;
    const timer = setTimeout(() => {
      last.current = Date.now();
      lastKey.current = key;
      latest
        .current(abort.signal)
        .then((data) => setLoaded({ key, data, gone: false, error: undefined }))
        .catch((error: unknown) => {
          if (abort.signal.aborted) return;
          const gone = error instanceof ApiError && error.status === 404;
          setLoaded((before) => ({
            key,
            data: before?.key === key ? before.data : undefined,
            gone,
            error: gone ? undefined : error instanceof Error ? error.message : String(error),
          }));
        });
    }, wait);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [key, revision]);
  return loaded?.key === key ? loaded : { data: undefined, gone: false, error: undefined };
}
