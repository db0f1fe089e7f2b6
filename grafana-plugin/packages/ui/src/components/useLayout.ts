import { useEffect, useMemo, useRef, useState } from 'react';
import type { Graph } from '../graph/graph';
import { LayoutKeeper, type Placement } from '../layout/keeper';
import type { LayoutInput, Position } from '../layout/types';
import { useShell } from './shell';

export interface MapLayout {
  placement: Placement | undefined;
  tidy: () => void;
  pin: (node: string, at: Position, edges: string[]) => void;
}

/** Positions for the graph, kept per view; asks the worker only when the shape changes. */
export function useLayout(graph: Graph | undefined, key: string | null, aspect: number): MapLayout {
  const { layoutWorker } = useShell();
  const [placed, setPlaced] = useState<{ key: string | null; placement: Placement }>();
  const opened = useRef<string | null>(null);
  const shape = useRef('');
  const latest = useRef<LayoutInput>();
  const keeper = useMemo(
    () =>
      new LayoutKeeper(layoutWorker, sessionStorage, (placement) =>
        setPlaced({ key: opened.current, placement }),
      ),
    [layoutWorker],
  );
  useEffect(() => () => keeper.close(), [keeper]);
  useEffect(() => {
    if (key === null || !graph) return;
    if (opened.current !== key) {
      opened.current = key;
      shape.current = '';
      keeper.open(`${key} ${aspect}`);
    }
    const input: LayoutInput = {
      nodes: [...graph.nodes.values()].map(({ id, group }) => ({ id, group })),
      edges: [...graph.edges.values()].map(({ id, source, target }) => ({ id, source, target })),
      aspect,
    };
    latest.current = input;
    const next = [...graph.nodes.keys()].sort().join(' ');
    if (next === shape.current) return;
    shape.current = next;
    if (input.nodes.length > 0) keeper.update(input);
  }, [graph, key, aspect, keeper]);
  return useMemo(
    () => ({
      placement: placed?.key === key ? placed.placement : undefined,
      tidy: () => latest.current && keeper.tidy(latest.current),
      pin: (node, at, edges) => keeper.pin(node, at, edges),
    }),
    [placed, key, keeper],
  );
}
