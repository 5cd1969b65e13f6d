import type { CsvCell } from '../csv-text';

/** The numbers of a chart as text in rows and columns: what is read where a picture cannot be. */
export interface ChartTable {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** The same cells with their numbers unrounded, for a file; the shown ones where left out. */
  readonly values?: readonly (readonly CsvCell[])[];
}

/** What every prepared chart says in words. */
export interface ChartWords {
  readonly heading: string; //  what it shows, as a finding
  readonly method: string; //   how that was measured, in one line
  readonly summary: string; //  the picture in one or two sentences, for those who do not see it
  readonly table: ChartTable;
}
