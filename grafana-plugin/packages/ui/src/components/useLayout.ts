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

/** Positions for the graph, kept per view whatever its options; asks only when nodes come or go. */
export function useLayout(graph: Graph | undefined, view: string, aspect: number): MapLayout {
  const { layoutWorker } = useShell();
  const [placed, setPlaced] = useState<{ view: string | undefined; placement: Placement }>();
  const opened = useRef<string>();
  const shape = useRef('');
  const latest = useRef<LayoutInput>();
  const keeper = useMemo(
    () =>
      new LayoutKeeper(layoutWorker, sessionStorage, (placement) =>
        setPlaced({ view: opened.current, placement }),
      ),
    [layoutWorker],
  );
  useEffect(() => () => keeper.close(), [keeper]);
  useEffect(() => {
    if (!graph) return;
    if (opened.current !== view) {
      opened.current = view;
      shape.current = '';
      keeper.open(`${view} ${aspect}`);
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
  }, [graph, view, aspect, keeper]);
  return useMemo(
    () => ({
      placement: placed?.view === view ? placed.placement : undefined,
      tidy: () => latest.current && keeper.tidy(latest.current),
      pin: (node, at, edges) => keeper.pin(node, at, edges),
    }),
    [placed, view, keeper],
  );
}
