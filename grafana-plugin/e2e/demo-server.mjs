// Serves the built page and a made-up graph by the API of docs/api.md, without any of the Java parts:
// for working on the page, for screenshots, for the end-to-end tests.
//
//   node e2e/demo-server.mjs [--port 4040] [--nodes 17] [--seed 1] [--quiet] [--frozen]
//
// --nodes 0 with --quiet: nothing yet. --quiet: processes, but no connection. --frozen: nothing changes, for screenshots.
import { createServer } from 'node:http';
import { existsSync, readFileSync } from 'node:fs';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { DemoGraph } from './demo-graph.mjs';
import { edgeDetails, listViews, nodeDetails, viewOf } from './demo-views.mjs';

const DIST = fileURLToPath(new URL('../packages/standalone/dist', import.meta.url));
const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
};
/** The real server's, from SecurityHeaders.java. */
const POLICY =
  "default-src 'none'; script-src 'self'; worker-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

export function startDemo({ port = 0, nodes = 17, seed = 1, quiet = false, frozen = false } = {}) {
  const graph = new DemoGraph({ nodes, seed, quiet });
  const streams = new Set();
  // The demo works views out from nothing each time; a large one must not starve the browser beside it.
  const period = nodes > 1000 ? 5000 : 1000;
  const timer = frozen ? undefined : setInterval(() => tick(graph, streams), period);
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://demo');
    if (url.pathname.startsWith('/api/v1/')) answer(graph, streams, url, request, response);
    else file(url.pathname, response);
  });
  return new Promise((resolve) => {
    server.listen(port, '127.0.0.1', () => {
      resolve({
        url: `http://127.0.0.1:${server.address().port}`,
        graph,
        streams,
        close() {
          clearInterval(timer);
          for (const stream of streams) stream.response.destroy();
          server.closeAllConnections();
          server.close();
        },
      });
    });
  });
}

function answer(graph, streams, url, request, response) {
  const path = url.pathname.slice('/api/v1/'.length).split('/').map(decodeURIComponent);
  const options = Object.fromEntries(url.searchParams);
  if (path[0] === 'stream')
    return stream(graph, streams, url.searchParams.getAll('view'), request, response);
  if (path[0] !== 'views') return problem(response, 404, 'There is no such call.');
  if (path.length === 1) return json(response, listViews(graph));
  const [, view, what, id] = path;
  if (!listViews(graph).views.some((info) => info.id === view)) {
    return problem(response, 404, `There is no view "${view}".`);
  }
  if (what === undefined) return json(response, viewOf(graph, view, options));
  const [unknown] = Object.keys(options);
  if (unknown) return problem(response, 400, `There is no parameter '${unknown}' here.`);
  const found = what === 'nodes' ? nodeDetails(graph, view, id) : edgeDetails(graph, view, id);
  if (!found) return problem(response, 404, `"${id}" is not in the view ${view}.`);
  return json(response, found);
}

function stream(graph, streams, keys, request, response) {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
  const shown = new Map();
  send(response, 'views', listViews(graph));
  keys.forEach((key, i) => {
    const snapshot = picture(graph, key);
    shown.set(key, snapshot);
    send(response, 'snapshot', snapshot, i === keys.length - 1 ? graph.revision : undefined);
  });
  const entry = { response, shown };
  streams.add(entry);
  const comment = setInterval(() => response.write(':\n\n'), 15_000);
  request.on('close', () => {
    clearInterval(comment);
    streams.delete(entry);
  });
}

function picture(graph, key) {
  const [view, query = ''] = key.split('?');
  return { ...viewOf(graph, view, Object.fromEntries(new URLSearchParams(query))), view: key };
}

function tick(graph, streams) {
  const from = graph.revision;
  graph.step();
  const list = listViews(graph);
  for (const { response, shown } of streams) {
    send(response, 'views', list);
    let left = shown.size;
    for (const [key, before] of shown) {
      const after = picture(graph, key);
      shown.set(key, after);
      send(
        response,
        'delta',
        {
          view: key,
          from,
          revision: graph.revision,
          time: after.time,
          nodes: changes(before.nodes, after.nodes),
          edges: changes(before.edges, after.edges),
          hidden: after.hidden,
          coverage: after.coverage,
          stale: false,
        },
        --left === 0 ? graph.revision : undefined,
      );
    }
  }
}

function changes(before, after) {
  const old = new Map(before.map((item) => [item.id, JSON.stringify(item)]));
  const add = [];
  const update = [];
  for (const item of after) {
    const known = old.get(item.id);
    old.delete(item.id);
    if (known === undefined) add.push(item);
    else if (known !== JSON.stringify(item)) update.push(item);
  }
  return { add, update, remove: [...old.keys()] };
}

function send(response, event, data, id) {
  response.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n${id ? `id: ${id}\n` : ''}\n`);
}

function json(response, data) {
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end(JSON.stringify(data));
}

function problem(response, status, detail) {
  response.writeHead(status, { 'content-type': 'application/problem+json' });
  response.end(JSON.stringify({ status, title: 'Not found', detail }));
}

function file(path, response) {
  const name = path === '/' ? '/index.html' : normalize(path);
  const place = join(DIST, name);
  if (!place.startsWith(DIST) || !existsSync(place)) {
    response.writeHead(404).end('not found');
    return;
  }
  response.writeHead(200, {
    'content-type': TYPES[extname(name)] ?? 'application/octet-stream',
    'content-security-policy': POLICY,
  });
  response.end(readFileSync(place));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { values } = parseArgs({
    options: {
      port: { type: 'string', default: '4040' },
      nodes: { type: 'string', default: '17' },
      seed: { type: 'string', default: '1' },
      quiet: { type: 'boolean', default: false },
      frozen: { type: 'boolean', default: false },
    },
  });
  const demo = await startDemo({
    ...values,
    port: Number(values.port),
    nodes: Number(values.nodes),
    seed: Number(values.seed),
  });
  console.log(`The demo is at ${demo.url}`);
}
