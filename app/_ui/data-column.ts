import type { ReactNode } from 'react';

/** One column of a data table. */
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
