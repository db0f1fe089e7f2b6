import { StreamHub, type Subscriber } from './hub';
import type { ToHub } from './messages';

/** The SharedWorker: one hub, a port per page. */
const hub = new StreamHub();

interface SharedWorkerScope {
  onconnect: ((event: MessageEvent) => void) | null;
}

(globalThis as unknown as SharedWorkerScope).onconnect = (event) => {
  const port = event.ports[0];
  if (!port) return;
  const subscriber: Subscriber = { postMessage: (message) => port.postMessage(message) };
  port.onmessage = (message: MessageEvent<ToHub>) => hub.receive(subscriber, message.data);
};
