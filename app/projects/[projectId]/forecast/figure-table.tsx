import { ScrollRegion } from '@/app/_ui/scroll-region';

interface FigureTableProps {
  readonly caption: string;
  readonly columns: readonly string[];
  /** Rows of text; the first cell names the row. */
  readonly rows: readonly (readonly string[])[];
  /** The last row is the whole of those above. */
  readonly hasTotal?: boolean;
}

/** A short table of figures: names at the left, numbers at the right. */
export function FigureTable({ caption, columns, rows, hasTotal = false }: FigureTableProps) {
  return (
    <ScrollRegion label={caption} className="overflow-x-auto">
      <table className="w-full border-collapse">
        <caption className="sr-only">{caption}</caption>
        <thead>
          <tr className="text-note text-ink-3">
            {columns.map((column, index) => (
              <th
                key={column}
                scope="col"
                className={`pb-1.5 font-medium ${index === 0 ? 'text-left' : 'pl-4 text-right'}`}
              >
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, at) => (
            <tr
              key={row.join('|')}
              className={
                hasTotal && at === rows.length - 1
                  ? 'border-t border-ink font-semibold'
                  : 'border-t border-rule-2'
              }
            >
              {row.map((cell, index) =>
                index === 0 ? (
                  <th
                    key="head"
                    scope="row"
                    className={`py-2 text-left [overflow-wrap:anywhere] ${hasTotal && at === rows.length - 1 ? '' : 'font-normal'}`}
                  >
                    {cell}
                  </th>
                ) : (
                  <td key={columns[index]} className="py-2 pl-4 text-right whitespace-nowrap">
                    {cell}
                  </td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}
