import type { EdgeDetails, NodeDetails, Problem } from './types';

/** An answer of the server that is not the one asked for; the message is the server's own sentence. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
    this.name = 'ApiError';
  }
}

/**
 * What the components ask for; each shell brings its own (a page over HTTP, Grafana by its proxy).
 * Details are given whatever the options of a view hide.
 */
export interface ScopeClient {
  node(view: string, id: string, signal: AbortSignal): Promise<NodeDetails>;
  edge(view: string, id: string, signal: AbortSignal): Promise<EdgeDetails>;
}

/** Speaks docs/api.md under `base`, for example `/api/v1`. */
export class HttpClient implements ScopeClient {
  constructor(private readonly base: string) {}

  node(view: string, id: string, signal: AbortSignal): Promise<NodeDetails> {
    return this.get(`/views/${segment(view)}/nodes/${segment(id)}`, signal);
  }

  edge(view: string, id: string, signal: AbortSignal): Promise<EdgeDetails> {
    return this.get(`/views/${segment(view)}/edges/${segment(id)}`, signal);
  }

  private async get<T>(path: string, signal: AbortSignal): Promise<T> {
    const answer = await fetch(this.base + path, {
      headers: { accept: 'application/json' },
      signal,
    });
    if (!answer.ok) throw new ApiError(answer.status, await problemOf(answer));
    return (await answer.json()) as T;
  }
}

/** Ids are path-safe but for `!` and `=`, which a path segment may hold as they are. */
function segment(text: string): string {
  return encodeURIComponent(text).replaceAll('%3D', '=');
}

export async function problemOf(answer: Response): Promise<string> {
  try {
    const problem = (await answer.json()) as Problem;
    return problem.detail ?? problem.title ?? `HTTP ${answer.status}`;
  } catch {
    return `HTTP ${answer.status}`;
  }
}
