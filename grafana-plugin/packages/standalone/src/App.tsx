import { HttpClient, Live, openFeed, Scope, ShellProvider } from '@otelscope/ui';
import { useMemo } from 'react';
import { useRouter } from './router';
import { useTheme } from './theme';

const API = `${location.origin}/api/v1`;
const client = new HttpClient(API);

const layoutWorker = () =>
  new Worker(new URL('./layout-worker.ts', import.meta.url), {
    type: 'module',
    name: 'otelscope-layout',
  });

const streamWorker = () =>
  new SharedWorker(new URL('./stream-worker.ts', import.meta.url), {
    type: 'module',
    name: 'otelscope-stream',
  });

function startLive(): Live {
  const live = new Live();
  const worker = 'SharedWorker' in globalThis ? streamWorker : undefined;
  live.attach(openFeed(API, worker, (message) => live.receive(message)));
  return live;
}

const live = startLive();

export function App() {
  const { theme, colours } = useTheme();
  const router = useRouter();
  const shell = useMemo(
    () => ({ client, live, layoutWorker, theme, colours, ...router }),
    [theme.current, colours, router.location],
  );
  return (
    <ShellProvider value={shell}>
      <Scope />
    </ShellProvider>
  );
}
