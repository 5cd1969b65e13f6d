/** A cell of a CSV file; null is not known, and empty in it. */
export type CsvCell = string | number | null;

/** What makes a spreadsheet take a cell for a formula (OWASP, CSV injection). */
export const formulaStart = /^[=+\-@\t\r\n]/;

/** A number as programs write it; such a text may begin with a sign. */
export const plainNumber = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/**
 * Writes rows as CSV (RFC 4180): lines end in CR LF, cells with a comma, a quote or a line break are
 * quoted.
 *
 * A text that a spreadsheet would run as a formula is led by an apostrophe, because names of tools,
 * agents and sessions come from whoever wrote the trace. A number that is not finite is empty.
 */
export function writeCsv(rows: readonly (readonly CsvCell[])[]): string {
  return rows.map((row) => `${row.map(writeCell).join(',')}\r\n`).join('');
}

function writeCell(cell: CsvCell): string {
  if (cell === null) return '';
  if (typeof cell === 'number') return Number.isFinite(cell) ? String(cell) : '';
  const text = formulaStart.test(cell) && !plainNumber.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
