import { placeBeside } from './place';
import type { LayoutInput, LayoutResult, Position } from './types';
import type { LayoutAnswer } from './worker';

/** Where everything stands, as the map needs it. */
export interface Placement {
  positions: ReadonlyMap<string, Position>;
  routes: ReadonlyMap<string, readonly Position[]>;
  method: LayoutResult['method'];
  /** True when everything was laid out anew, so that the picture may be fitted to the window. */
  anew: boolean;
}

interface Kept {
  positions: [string, Position][];
  routes: [string, Position[]][];
  method: LayoutResult['method'];
}

/** Where a picture is kept between visits; a Storage in a page. */
export interface Shelf {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
}

/**
 * Keeps the positions of one view's nodes. What is known stays where it is; a new node is placed beside
 * its neighbours; only a picture that is mostly new, or a person who asks, is laid out as a whole, in
 * the worker. Positions are remembered on the shelf under the view's name.
 */
export class LayoutKeeper {
  private positions = new Map<string, Position>();
  private routes = new Map<string, Position[]>();
  private method: LayoutResult['method'] = 'tidy';
  private key = '';
  private ticket = 0;
  private waiting: LayoutInput | undefined;

  constructor(
    private readonly worker: () => Worker,
    private readonly shelf: Shelf,
    private readonly onPlaced: (placement: Placement) => void,
  ) {}

  private made: Worker | undefined;

  /** Shows another view: what was remembered of it is taken up again. */
  open(view: string): void {
    this.key = `otelscope.layout.${view}`;
    this.ticket++;
    this.waiting = undefined;
    const kept = read(this.shelf, this.key);
    this.positions = new Map(kept?.positions);
    this.routes = new Map(kept?.routes);
    this.method = kept?.method ?? 'tidy';
  }

  /** The nodes and edges as they are now. */
  update(input: LayoutInput): void {
    const fresh = input.nodes.filter((node) => !this.positions.has(node.id)).length;
    const kept = input.nodes.length - fresh;
    if (kept === 0 || fresh > Math.max(3, kept / 2)) {
      // Until the worker has answered, a change only replaces what it will be asked next.
      if (this.waiting) this.waiting = input;
      else this.ask(input);
      return;
    }
    if (fresh > 0) {
      const placed = new Map<string, Position>();
      for (const { id } of input.nodes) {
        const at = this.positions.get(id);
        if (at) placed.set(id, at);
      }
      for (const [id, at] of placeBeside(input, placed)) this.positions.set(id, at);
      this.save();
    }
    this.tell(false);
  }

  tidy(input: LayoutInput): void {
    this.ask(input);
  }

  /** A person dragged a node; its edges no longer pass through the bends they had. */
  pin(id: string, at: Position, edges: Iterable<string>): void {
    this.positions.set(id, at);
    for (const edge of edges) this.routes.delete(edge);
    this.save();
    this.tell(false);
  }

  close(): void {
    this.made?.terminate();
  }

  private ask(input: LayoutInput): void {
    this.waiting = input;
    const ticket = ++this.ticket;
    this.made ??= this.worker();
    this.made.onmessage = ({ data }: MessageEvent<LayoutAnswer>) => this.take(data, input);
    this.made.postMessage({ ticket, input });
  }

  private take({ ticket, result }: LayoutAnswer, asked: LayoutInput): void {
    if (ticket !== this.ticket) return;
    const latest = this.waiting;
    this.waiting = undefined;
    this.positions = new Map(Object.entries(result.positions));
    this.routes = new Map(Object.entries(result.routes));
    this.method = result.method;
    this.save();
    this.tell(true);
    if (latest && latest !== asked) this.update(latest);
  }

  private tell(anew: boolean): void {
    this.onPlaced({
      positions: this.positions,
      routes: this.routes,
      method: this.method,
      anew,
    });
  }

  private save(): void {
    const kept: Kept = {
      positions: [...this.positions].map(([id, [x, y]]) => [id, [Math.round(x), Math.round(y)]]),
      routes: [...this.routes],
      method: this.method,
    };
    try {
      this.shelf.setItem(this.key, JSON.stringify(kept));
    } catch {
      // A full or forbidden storage costs only the memory of the picture.
    }
  }
}

function read(shelf: Shelf, key: string): Kept | undefined {
  try {
    const text = shelf.getItem(key);
    return text === null ? undefined : (JSON.parse(text) as Kept);
  } catch {
    return undefined;
  }
}
