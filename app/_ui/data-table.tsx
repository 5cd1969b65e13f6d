'use client';

import { createColumnHelper, tableFeatures, useTable } from '@tanstack/react-table';
import { useVirtualizer, type Virtualizer } from '@tanstack/react-virtual';
import Link from 'next/link';
import { type ReactNode, useEffect, useEffectEvent, useMemo, useRef } from 'react';
import { classNames } from './class-names';
import { useSingleKeys } from './single-keys';
import { SortButton } from './sort-button';

/** One column of a {@link DataTable}. */
export interface DataColumn<Row> {
  readonly id: string;
  readonly header: string;
  readonly cell: (row: Row) => ReactNode;
  /** Width in pixels; a column that grows takes what is left and is never narrower. */
  readonly width: number;
  readonly isGrowing?: boolean;
  readonly align?: 'left' | 'right';
  readonly isSortable?: boolean;
  /** The header is spoken only: a column of buttons, for instance. */
  readonly isHeaderHidden?: boolean;
  /** Names the row for screen readers, and holds its link. One per table. */
  readonly isRowHeader?: boolean;
}

/** By which column a table is sorted, and which way. */
export interface TableSort {
  readonly id: string;
  readonly order: 'asc' | 'desc';
}

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

interface SortProps {
  readonly sort?: TableSort;
  readonly onSortChange?: (sort: TableSort) => void;
}

function sortOf({ sort, onSortChange }: SortProps): SortProps {
  return {
    ...(sort === undefined ? {} : { sort }),
    ...(onSortChange === undefined ? {} : { onSortChange }),
  };
}

/** Text that follows a number needs more room than the number beside it. */
function isApart<Row>(columns: readonly DataColumn<Row>[], index: number): boolean {
  return columns[index]?.align !== 'right' && columns[index - 1]?.align === 'right';
}

interface HeaderCellProps<Row> extends SortProps {
  readonly column: DataColumn<Row>;
  readonly isApart: boolean;
}

function HeaderCell<Row>({ column, isApart, sort, onSortChange }: HeaderCellProps<Row>) {
  const order = sort?.id === column.id ? sort.order : null;
  const isSortable = column.isSortable === true && onSortChange !== undefined;
  return (
    <th
      scope="col"
      {...(isSortable ? { 'aria-sort': ariaSort(order) } : {})}
      className={classNames(
        'sticky top-0 z-10 h-9 border-b border-ink-3 bg-paper px-2 text-note font-medium whitespace-nowrap text-ink-2 first:pl-0 last:pr-0',
        column.align === 'right' ? 'text-right' : 'text-left',
        isApart && 'pl-5',
      )}
    >
      {isSortable ? (
        <SortButton
          label={column.header}
          order={order}
          isAtRight={column.align === 'right'}
          onClick={() => onSortChange({ id: column.id, order: order === 'desc' ? 'asc' : 'desc' })}
        />
      ) : (
        <span className={column.isHeaderHidden === true ? 'sr-only' : ''}>{column.header}</span>
      )}
    </th>
  );
}

function ariaSort(order: TableSort['order'] | null): 'ascending' | 'descending' | 'none' {
  if (order === null) return 'none';
  return order === 'asc' ? 'ascending' : 'descending';
}

interface BodyCellProps<Row> {
  readonly column: DataColumn<Row> | undefined;
  readonly isApart: boolean;
  readonly href: string | undefined;
  readonly onSelect: (() => void) | undefined;
  readonly children: ReactNode;
}

const rowTarget =
  'font-medium after:absolute after:inset-0 focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-water';

function BodyCell<Row>({ column, isApart, href, onSelect, children }: BodyCellProps<Row>) {
  const className = classNames(
    'truncate border-b border-rule-2 px-2 font-normal first:pl-0 last:pr-0',
    column?.align === 'right' ? 'text-right' : 'text-left',
    isApart && 'pl-5',
  );
  if (column?.isRowHeader !== true) return <td className={className}>{children}</td>;
  return (
    <th scope="row" className={className}>
      {href !== undefined ? (
        <Link href={href} className={rowTarget} data-row-target="">
          {children}
        </Link>
      ) : onSelect !== undefined ? (
        <button type="button" onClick={onSelect} className={rowTarget} data-row-target="">
          {children}
        </button>
      ) : (
        children
      )}
    </th>
  );
}

function Room({ height, columns }: { readonly height: number; readonly columns: number }) {
  return (
    // biome-ignore lint/a11y/noAriaHiddenOnFocusable: nothing in it takes the focus
    <tr aria-hidden="true">
      <td colSpan={columns} style={{ height, padding: 0 }} />
    </tr>
  );
}

type RowVirtualizer = Virtualizer<HTMLDivElement, Element>;

function useEndReached(
  virtualizer: RowVirtualizer,
  count: number,
  onEndReached: (() => void) | undefined,
): void {
  const lastShown = virtualizer.getVirtualItems().at(-1)?.index ?? -1;
  const isNearEnd = count > 0 && lastShown >= count - 20;
  const announce = useEffectEvent(() => onEndReached?.());
  // External system: the scroll position, as the virtualizer reports it. Told again whenever rows
  // have come and the end is still near.
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  useEffect(() => {
    if (isNearEnd) announce();
  }, [isNearEnd, count]);
}

/** Moves the focus from row link to row link with `j` and `k`. */
function useRowMoves(
  scrollRef: { readonly current: HTMLDivElement | null },
  virtualizer: RowVirtualizer,
  count: number,
): void {
  const move = (by: number) => {
    if (count === 0) return;
    const focused = document.activeElement?.closest('[data-row]')?.getAttribute('data-row');
    const from = focused === null || focused === undefined ? (by > 0 ? -1 : 0) : Number(focused);
    const to = Math.min(count - 1, Math.max(0, from + by));
    virtualizer.scrollToIndex(to);
    // The row may only be in the page once the scroll has been drawn.
    requestAnimationFrame(() =>
      scrollRef.current
        ?.querySelector<HTMLElement>(`[data-row="${to}"] [data-row-target]`)
        ?.focus({ preventScroll: true }),
    );
  };
  useSingleKeys(count === 0 ? noKeys : { j: () => move(1), k: () => move(-1) });
}

const noKeys = {};
