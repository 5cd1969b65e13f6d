/**
 * Lays out rows as columns parted by two spaces, with no trailing space.
 *
 * @param alignments one letter a column: 'l' or 'r'
 */
export function renderTable(rows: readonly (readonly string[])[], alignments: string): string[] {
  const widths = [...alignments].map((_, column) =>
    Math.max(0, ...rows.map((row) => row[column]?.length ?? 0)),
  );
  return rows.map((row) =>
    row
      .map((cell, column) =>
        alignments[column] === 'r'
          ? cell.padStart(widths[column] ?? 0)
          : cell.padEnd(widths[column] ?? 0),
      )
      .join('  ')
      .trimEnd(),
  );
}
