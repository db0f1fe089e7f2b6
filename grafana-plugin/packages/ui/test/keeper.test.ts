import { describe, expect, it } from 'vitest';
import { LayoutKeeper, type Placement } from '../src/layout/keeper';
import { layOut } from '../src/layout/layout';
import { placeBeside } from '../src/layout/place';
import { CELL, type LayoutInput, type Position } from '../src/layout/types';
import type { LayoutRequest } from '../src/layout/worker';

function input(ids: string[], edges: [string, string][] = []): LayoutInput {
  return {
    nodes: ids.map((id) => ({ id, group: '' })),
    edges: edges.map(([source, target]) => ({ id: `${source}!${target}`, source, target })),
    aspect: 1.5,
  };
}

/** A worker that answers at once. */
function direct(asked: LayoutInput[]): () => Worker {
  return () => {
    const worker = {
      onmessage: null as ((event: { data: unknown }) => void) | null,
      postMessage({ ticket, input: wanted }: LayoutRequest) {
        asked.push(wanted);
        worker.onmessage?.({ data: { ticket, result: layOut(wanted) } });
      },
      terminate: () => undefined,
    };
    return worker as unknown as Worker;
  };
}

function shelf() {
  const kept = new Map<string, string>();
  return {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
  };
}

function keeper(asked: LayoutInput[] = [], memory = shelf()) {
  const told: Placement[] = [];
  const made = new LayoutKeeper(direct(asked), memory, (placement) =>
    told.push({ ...placement, positions: new Map(placement.positions) }),
  );
  made.open('processes');
  return { keeper: made, told };
}

const six = ['a', 'b', 'c', 'd', 'e', 'f'];
const chain: [string, string][] = [
  ['a', 'b'],
  ['b', 'c'],
  ['c', 'd'],
  ['d', 'e'],
  ['e', 'f'],
];

describe('positions', () => {
  it('stay where they are when a node comes or goes', () => {
    const asked: LayoutInput[] = [];
    const { keeper: kept, told } = keeper(asked);
    kept.update(input(six, chain));
    kept.update(input([...six, 'new'], [...chain, ['c', 'new']]));
    kept.update(input(six.slice(1), chain.slice(1)));
    expect(asked).toHaveLength(1);
    const [first, second, third] = told;
    for (const id of six) expect(second?.positions.get(id)).toEqual(first?.positions.get(id));
    for (const id of six.slice(1)) {
      expect(third?.positions.get(id)).toEqual(first?.positions.get(id));
    }
  });

  it('are made anew when most of the picture is new', () => {
    const asked: LayoutInput[] = [];
    const { keeper: kept } = keeper(asked);
    kept.update(input(['a', 'b'], [['a', 'b']]));
    kept.update(input([...six, 'g', 'h'], chain));
    expect(asked).toHaveLength(2);
  });

  it('are remembered for the view, and a node that comes back finds its place', () => {
    const memory = shelf();
    const { keeper: kept, told } = keeper([], memory);
    kept.update(input(six, chain));
    const asked: LayoutInput[] = [];
    const { keeper: again, told: toldAgain } = keeper(asked, memory);
    again.update(input(six, chain));
    expect(asked).toHaveLength(0);
    for (const [id, [x, y]] of told[0]?.positions ?? []) {
      const [againX = NaN, againY = NaN] = toldAgain[0]?.positions.get(id) ?? [];
      expect(Math.hypot(againX - x, againY - y)).toBeLessThan(1);
    }
  });

  it('follow a drag, and the dragged node stays', () => {
    const { keeper: kept, told } = keeper();
    kept.update(input(six, chain));
    kept.pin('c', [1234, 567], ['b!c', 'c!d']);
    kept.update(input([...six, 'new'], [...chain, ['f', 'new']]));
    expect(told.at(-1)?.positions.get('c')).toEqual([1234, 567]);
  });
});

describe('a new node', () => {
  const placed = new Map<string, Position>([
    ['caller', [0, 0]],
    ['callee', [600, 0]],
  ]);

  it('is placed right of its caller', () => {
    const fresh = placeBeside(input(['caller', 'callee', 'n'], [['caller', 'n']]), placed);
    const [x, y] = fresh.get('n') ?? [NaN, NaN];
    expect(x).toBeGreaterThan(CELL.width * 0.9);
    expect(x).toBeLessThan(CELL.width * 2.5);
    expect(Math.abs(y)).toBeLessThan(CELL.height);
  });

  it('takes no place that is taken', () => {
    const many = Array.from({ length: 40 }, (_, i) => `n${i}`);
    const fresh = placeBeside(
      input(
        ['caller', 'callee', ...many],
        many.map((id) => ['caller', id]),
      ),
      placed,
    );
    const all = [...placed.values(), ...fresh.values()];
    expect(fresh.size).toBe(40);
    for (const [i, a] of all.entries()) {
      for (const b of all.slice(i + 1)) {
        expect(
          Math.abs(a[0] - b[0]) > CELL.width * 0.9 || Math.abs(a[1] - b[1]) > CELL.height * 0.9,
        ).toBe(true);
      }
    }
  });

  it('stays in its group without growing it over another one', () => {
    const nodes = [
      { id: 'a', group: 'left' },
      { id: 'b', group: 'left' },
      { id: 'c', group: 'left' },
      { id: 'below', group: 'other' },
      { id: 'n', group: 'left' },
    ];
    const stand = new Map<string, Position>([
      ['a', [0, 0]],
      ['b', [CELL.width, 0]],
      ['c', [0, CELL.height]],
      ['below', [0, CELL.height * 3]],
    ]);
    const fresh = placeBeside({ nodes, edges: [], aspect: 1.5 }, stand);
    expect(fresh.get('n')).toEqual([CELL.width, CELL.height]);
  });
});
