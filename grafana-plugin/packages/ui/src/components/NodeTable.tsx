import {
  createColumnHelper,
  getCoreRowModel,
  getSortedRowModel,
  useReactTable,
  type SortingState,
} from '@tanstack/react-table';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useMemo, useRef, useState } from 'react';
import type { GraphNode } from '../api/types';
import * as format from '../format';
import { adjacencyOf } from '../graph/adjacency';
import type { Graph } from '../graph/graph';
import { programOf } from '../graph/program';
import { bytesRate } from '../map/rings';
import { strings } from '../strings';
import { Link } from './Link';
import { Name } from './Name';
import { useShell } from './shell';

interface Row {
  node: GraphNode;
  inbound: number;
  outbound: number;
  active: number;
  opened: number;
  bytes: number;
  failed: number;
  reset: number;
}

const ROW_HEIGHT = 33;
const names = strings.table.columns;
const column = createColumnHelper<Row>();

const columns = [
  column.accessor((row) => row.node.label, {
    id: 'label',
    header: names.label,
    cell: ({ row: { original } }) => (
      <Link
        change={{ node: original.node.id, edge: undefined }}
        title={programOf(original.node) ?? original.node.label}
      >
        <Name text={original.node.label} />
      </Link>
    ),
  }),
  column.accessor((row) => row.node.sublabel, {
    id: 'sublabel',
    header: names.sublabel,
    cell: ({ getValue }) => <span title={getValue()}>{getValue()}</span>,
  }),
  column.accessor((row) => strings.kinds[row.node.kind] ?? row.node.kind, {
    id: 'kind',
    header: names.kind,
  }),
  figure('cpu', (row) => row.node.metrics.cpu, format.cores),
  figure('memory', (row) => row.node.metrics.memory, format.bytes),
  figure('inbound', (row) => row.inbound, format.count),
  figure('outbound', (row) => row.outbound, format.count),
  figure('active', (row) => row.active, format.count),
  figure('opened', (row) => row.opened, format.rate),
  figure('bytes', (row) => row.bytes, format.bytes),
  figure('failed', (row) => row.failed, format.trouble),
  figure('reset', (row) => row.reset, format.trouble),
];

function figure(
  id: keyof typeof names,
  read: (row: Row) => number | undefined,
  show: (value: number | undefined) => string,
) {
  return column.accessor(read, {
    id,
    header: names[id],
    cell: ({ getValue }) => show(getValue()),
    sortDescFirst: true,
    sortUndefined: 'last',
  });
}

const TEXT = new Set(['label', 'sublabel', 'kind']);

/** The same nodes as a table: sortable, searched alike, only the rows in sight are made. */
export function NodeTable({ graph, matches }: { graph: Graph; matches?: ReadonlySet<string> }) {
  const { location, go } = useShell();
  const [sorting, setSorting] = useState<SortingState>([{ id: 'bytes', desc: true }]);
  const data = useMemo(() => rowsOf(graph, matches), [graph, matches]);
  const table = useReactTable({
    data,
    columns,
    state: { sorting },
    onSortingChange: setSorting,
    getCoreRowModel: getCoreRowModel(),
    getSortedRowModel: getSortedRowModel(),
    getRowId: (row) => row.node.id,
  });
  const rows = table.getRowModel().rows;
  const scroll = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroll.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 12,
  });
  const items = virtual.getVirtualItems();
  const before = items[0]?.start ?? 0;
  const after = virtual.getTotalSize() - (items.at(-1)?.end ?? 0);
  return (
    <div className="table" ref={scroll} tabIndex={0} role="region" aria-label={strings.table.label}>
      <table aria-rowcount={rows.length + 1}>
        <caption className="unseen">{strings.table.label}</caption>
        <thead>
          {table.getHeaderGroups().map((group) => (
            <tr key={group.id}>
              {group.headers.map((header) => {
                const sorted = header.column.getIsSorted();
                return (
                  <th
                    key={header.id}
                    scope="col"
                    className={`col-${header.id} ${TEXT.has(header.id) ? '' : 'figure'}`}
                    aria-sort={
                      sorted === 'asc' ? 'ascending' : sorted === 'desc' ? 'descending' : 'none'
                    }
                  >
                    <button type="button" onClick={header.column.getToggleSortingHandler()}>
                      {String(header.column.columnDef.header)}
                      <span aria-hidden="true">
                        {sorted === 'asc' ? ' ↑' : sorted === 'desc' ? ' ↓' : ''}
                      </span>
                    </button>
                  </th>
                );
              })}
            </tr>
          ))}
        </thead>
        <tbody>
          {before > 0 && <Spacer height={before} />}
          {items.map((item) => {
            const row = rows[item.index];
            if (!row) return null;
            return (
              <tr
                key={row.id}
                aria-rowindex={item.index + 2}
                className={row.id === location.node ? 'on' : ''}
                onClick={(event) => {
                  if (event.target instanceof Element && event.target.closest('a')) return;
                  go({ node: row.id, edge: undefined });
                }}
              >
                {row.getVisibleCells().map((cell) => {
                  const render = cell.column.columnDef.cell;
                  return (
                    <td
                      key={cell.id}
                      className={`col-${cell.column.id} ${TEXT.has(cell.column.id) ? '' : 'figure'} ${toneOf(cell.column.id, row.original)}`}
                    >
                      {typeof render === 'function'
                        ? render(cell.getContext())
                        : String(cell.getValue() ?? '')}
                    </td>
                  );
                })}
              </tr>
            );
          })}
          {after > 0 && <Spacer height={after} />}
        </tbody>
      </table>
      {rows.length === 0 && <p className="none">{strings.table.empty}</p>}
    </div>
  );
}

/** Failures are red and resets yellow; both carry a mark, so that the colour is not alone. */
function toneOf(column: string, row: Row): string {
  if (column === 'failed' && row.failed > 0) return 'bad';
  return column === 'reset' && row.reset > 0 ? 'warn' : '';
}

function Spacer({ height }: { height: number }) {
  return (
    <tr aria-hidden="true">
      <td colSpan={columns.length} style={{ height, padding: 0, border: 0 }} />
    </tr>
  );
}

function rowsOf(graph: Graph, matches: ReadonlySet<string> | undefined): Row[] {
  const { into, out } = adjacencyOf(graph);
  const rows: Row[] = [];
  for (const node of graph.nodes.values()) {
    if (matches && !matches.has(node.id)) continue;
    const inbound = into.get(node.id) ?? [];
    const outbound = out.get(node.id) ?? [];
    const row: Row = {
      node,
      inbound: inbound.length,
      outbound: outbound.length,
      active: 0,
      opened: 0,
      bytes: 0,
      failed: 0,
      reset: 0,
    };
    for (const edge of [...inbound, ...outbound]) {
      row.active += edge.connections.active ?? 0;
      row.opened += edge.connections.opened ?? 0;
      row.bytes += bytesRate(edge);
      row.failed += edge.connections.failed ?? 0;
      row.reset += edge.connections.reset ?? 0;
    }
    rows.push(row);
  }
  return rows;
}
