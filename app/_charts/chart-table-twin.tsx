import { CsvLink } from '@/app/_ui/csv-link';
import { ScrollRegion } from '@/app/_ui/scroll-region';
import type { ChartTable } from '@/lib/charts/chart-table';

interface ChartTableTwinProps {
  readonly table: ChartTable;
  readonly caption: string;
}

/** The numbers of a chart, folded away until asked for. */
export function ChartTableTwin({ table, caption }: ChartTableTwinProps) {
  return (
    <details className="mt-2 print:hidden">
      <summary className="inline-block min-h-6 text-note font-normal text-ink-3 underline decoration-rule underline-offset-3 hover:text-ink">
        View as table
      </summary>
      <ScrollRegion label={caption} className="mt-2 max-h-72 overflow-auto">
        <table className="w-full border-collapse text-note">
          <caption className="sr-only">{caption}</caption>
          <thead>
            <tr>
              {table.columns.map((column, index) => (
                <th
                  key={column}
                  scope="col"
                  className={`border-b border-rule py-1 pr-4 font-medium whitespace-nowrap text-ink-2 ${
                    index === 0 ? 'text-left' : 'text-right'
                  }`}
                >
                  {column}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {table.rows.map((row) => (
              <tr key={row.join('|')} className="border-b border-rule-2">
                {row.map((cell, index) =>
                  index === 0 ? (
                    <th key="head" scope="row" className="py-1 pr-4 text-left font-normal">
                      {cell}
                    </th>
                  ) : (
                    <td
                      key={table.columns[index]}
                      className="py-1 pr-4 text-right whitespace-nowrap"
                    >
                      {cell}
                    </td>
                  ),
                )}
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollRegion>
      <p className="mt-1">
        <CsvLink
          fileName={caption}
          what={caption}
          label="Download CSV"
          rows={() => [table.columns, ...(table.values ?? table.rows)]}
        />
      </p>
    </details>
  );
}
