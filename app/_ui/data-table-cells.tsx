'use client';

import Link from 'next/link';
import type { ReactNode } from 'react';
import { classNames } from './class-names';
import type { DataColumn, TableSort } from './data-column';
import { SortButton } from './sort-button';

interface SortProps {
  readonly sort?: TableSort;
  readonly onSortChange?: (sort: TableSort) => void;
}

/** The sorting of a table, where it has one. */
export function sortOf({ sort, onSortChange }: SortProps): SortProps {
  return {
    ...(sort === undefined ? {} : { sort }),
    ...(onSortChange === undefined ? {} : { onSortChange }),
  };
}

/** Text that follows a number needs more room than the number beside it. */
export function isApart<Row>(columns: readonly DataColumn<Row>[], index: number): boolean {
  return columns[index]?.align !== 'right' && columns[index - 1]?.align === 'right';
}

interface HeaderCellProps<Row> extends SortProps {
  readonly column: DataColumn<Row>;
  readonly isApart: boolean;
}

/** Heading of a column, a button where the table can be sorted by it. */
export function HeaderCell<Row>({ column, isApart, sort, onSortChange }: HeaderCellProps<Row>) {
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

/** One cell; that of the row header holds the link or button of the row. */
export function BodyCell<Row>({ column, isApart, href, onSelect, children }: BodyCellProps<Row>) {
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
        <button
          type="button"
          onClick={onSelect}
          className={`${rowTarget} block w-full truncate text-left`}
          data-row-target=""
        >
          {children}
        </button>
      ) : (
        children
      )}
    </th>
  );
}

/** Stands for the rows above or below those in view. */
export function Room({ height, columns }: { readonly height: number; readonly columns: number }) {
  return (
    // biome-ignore lint/a11y/noAriaHiddenOnFocusable: nothing in it takes the focus
    <tr aria-hidden="true">
      <td colSpan={columns} style={{ height, padding: 0 }} />
    </tr>
  );
}
