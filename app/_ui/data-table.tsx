'use client';

import { createColumnHelper, tableFeatures, useTable } from '@tanstack/react-table';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useMemo, useRef } from 'react';
import { classNames } from './class-names';
import type { DataColumn, TableSort } from './data-column';
import { BodyCell, HeaderCell, isApart, Room, sortOf } from './data-table-cells';
import { useEndReached, useRowMoves } from './use-row-moves';

interface DataTableProps<Row> {
  /** What the table holds; spoken, not shown. */
  readonly caption: string;
  readonly columns: readonly DataColumn<Row>[];
  readonly rows: readonly Row[];
  readonly rowId: (row: Row) => string;
  /** Rows there are in all, when more can be loaded. */
  readonly total?: number;
  /** Called when the end of the loaded rows comes near. */
  readonly onEndReached?: () => void;
  readonly sort?: TableSort;
  readonly onSortChange?: (sort: TableSort) => void;
  /** Makes each row lead somewhere; `j` and `k` then move from row to row. */
  readonly rowHref?: (row: Row) => string;
  /** Makes each row a button instead, with the same keys. */
  readonly onRowSelect?: (row: Row) => void;
  readonly isRowSelected?: (row: Row) => boolean;
  /** Height the rows scroll in; `'none'` lets the table be as long as it is. */
  readonly maxHeight?: string;
  readonly rowHeight?: number;
  /** Earlier rows, shown paled while their replacement loads. */
  readonly isStale?: boolean;
}

const features = tableFeatures({});

/**
 * A table of any length: only the rows in view are in the page, the rest is room above and below.
 * Sorting and loading belong to whoever has the rows.
 */
export function DataTable<Row extends object>(props: DataTableProps<Row>) {
  const { columns, rows, rowId, rowHeight = 36, maxHeight = 'min(70vh, 44rem)' } = props;
  const scrollRef = useRef<HTMLDivElement>(null);
  const definitions = useMemo(() => {
    const helper = createColumnHelper<typeof features, Row>();
    return columns.map((column) =>
      helper.display({
        id: column.id,
        header: column.header,
        cell: ({ row }) => column.cell(row.original),
      }),
    );
  }, [columns]);
  const isRowActive = props.rowHref !== undefined || props.onRowSelect !== undefined;
  const table = useTable({ features, columns: definitions, data: rows, getRowId: rowId });
  const tableRows = table.getRowModel().rows;
  const virtualizer = useVirtualizer({
    count: tableRows.length,
    getScrollElement: () => scrollRef.current,
    estimateSize: () => rowHeight,
    overscan: 12,
    scrollPaddingStart: rowHeight,
    initialRect: { width: 1_200, height: 600 },
  });
  useEndReached(virtualizer, tableRows.length, props.onEndReached);
  useRowMoves(scrollRef, virtualizer, isRowActive ? tableRows.length : 0);

  const items = virtualizer.getVirtualItems();
  const above = items[0]?.start ?? 0;
  const below = virtualizer.getTotalSize() - (items.at(-1)?.end ?? 0);
  const minWidth = columns.reduce((sum, column) => sum + column.width, 0);

  return (
    // A region that scrolls must be reachable with the keyboard.
    <section
      ref={scrollRef}
      aria-label={`Table: ${props.caption}`}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: scrolled with the arrow keys
      tabIndex={0}
      style={{
        maxHeight: maxHeight === 'none' ? undefined : maxHeight,
        scrollPaddingTop: rowHeight,
      }}
      className={classNames(
        'relative overflow-auto border-b border-rule [overflow-anchor:none] print:max-h-none! print:overflow-visible',
        props.isStale === true && 'opacity-60',
      )}
    >
      <table
        className="w-full table-fixed border-separate border-spacing-0"
        style={{ minWidth }}
        aria-rowcount={(props.total ?? rows.length) + 1}
      >
        <colgroup>
          {columns.map((column) => (
            <col key={column.id} style={column.isGrowing === true ? {} : { width: column.width }} />
          ))}
        </colgroup>
        <thead>
          <tr aria-rowindex={1}>
            {columns.map((column, index) => (
              <HeaderCell
                key={column.id}
                column={column}
                isApart={isApart(columns, index)}
                {...sortOf(props)}
              />
            ))}
          </tr>
        </thead>
        <tbody>
          {above > 0 && <Room height={above} columns={columns.length} />}
          {items.map((item) => {
            const row = tableRows[item.index];
            if (row === undefined) return null;
            const isSelected = props.isRowSelected?.(row.original) === true;
            return (
              <tr
                key={row.id}
                aria-rowindex={item.index + 2}
                data-row={item.index}
                {...(isSelected ? { 'aria-current': true as const } : {})}
                style={{ height: rowHeight }}
                className={classNames(
                  'group relative',
                  isSelected ? 'tint-water' : isRowActive && 'hover:tint-water',
                )}
              >
                {row.getAllCells().map((cell, index) => (
                  <BodyCell
                    key={cell.id}
                    column={columns[index]}
                    isApart={isApart(columns, index)}
                    href={props.rowHref?.(row.original)}
                    onSelect={
                      props.onRowSelect === undefined
                        ? undefined
                        : () => props.onRowSelect?.(row.original)
                    }
                  >
                    <table.FlexRender cell={cell} />
                  </BodyCell>
                ))}
              </tr>
            );
          })}
          {below > 0 && <Room height={below} columns={columns.length} />}
        </tbody>
      </table>
    </section>
  );
}
