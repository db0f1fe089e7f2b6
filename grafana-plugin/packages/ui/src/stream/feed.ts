import { StreamHub } from './hub';
import type { FromHub, ToHub } from './messages';

/** A page's end of the live stream. */
export interface Feed {
  watch(view: string | null): void;
  retry(): void;
  close(): void;
}

const ALIVE_MS = 20_000;

/**
 * Joins the browser's shared stream, or opens one for this page alone where `worker` is undefined
 * (no SharedWorker). `base` is the API's root, for example `/api/v1`.
 */
export function openFeed(
  base: string,
  worker: (() => SharedWorker) | undefined,
  onMessage: (message: FromHub) => void,
): Feed {
  const send = worker ? overPort(worker().port, onMessage) : alone(onMessage);
  let watching: string | null = null;
  const alive = setInterval(() => send({ type: 'alive', base, view: watching }), ALIVE_MS);
  const hide = () => send({ type: 'bye' });
  // A page that comes back from the back/forward cache was said goodbye to.
  const show = (event: PageTransitionEvent) => {
    if (event.persisted) send({ type: 'watch', base, view: watching });
  };
  addEventListener('pagehide', hide);
  addEventListener('pageshow', show);
  return {
    watch(view) {
      watching = view;
      send({ type: 'watch', base, view });
    },
    retry: () => send({ type: 'retry' }),
    close() {
      clearInterval(alive);
      removeEventListener('pagehide', hide);
      removeEventListener('pageshow', show);
      send({ type: 'bye' });
    },
  };
}

function overPort(port: MessagePort, onMessage: (message: FromHub) => void) {
  port.onmessage = (event: MessageEvent<FromHub>) => onMessage(event.data);
  return (message: ToHub) => port.postMessage(message);
}

function alone(onMessage: (message: FromHub) => void) {
  const hub = new StreamHub();
  const subscriber = { postMessage: onMessage };
  return (message: ToHub) => hub.receive(subscriber, message);
}
