import { CsvLink } from '@/app/_ui/csv-link';
import { ScrollRegion } from '@/app/_ui/scroll-region';
import { Section } from '@/app/_ui/section';
import { StatusMark } from '@/app/_ui/status-mark';
import type { ObjectiveTable } from '@/lib/charts/prepare-scenario-objectives';

/** Objectives with their verdict, what was observed, and how sure it is. */
export function ObjectiveList({ table }: { readonly table: ObjectiveTable }) {
  return (
    <Section
      title="Objectives"
      note="An objective holds where its whole 95 % interval does, fails where none of it does, and is undecided between"
      actions={<CsvLink fileName="objectives" what="Objectives" rows={() => table.csv} />}
    >
      <ScrollRegion label="Objectives" className="overflow-x-auto">
        <table className="w-full border-collapse">
          <caption className="sr-only">Objectives</caption>
          <thead>
            <tr className="text-note text-ink-3">
              <th scope="col" className="pb-1.5 text-left font-medium">
                objective
              </th>
              <th scope="col" className="pb-1.5 pl-5 text-left font-medium">
                verdict
              </th>
              <th scope="col" className="pb-1.5 pl-5 text-right font-medium">
                observed
              </th>
              <th scope="col" className="pb-1.5 pl-5 text-right font-medium">
                95 % interval
              </th>
            </tr>
          </thead>
          <tbody>
            {table.rows.map((row) => (
              <tr key={row.text} className="border-t border-rule-2">
                <th scope="row" className="min-w-48 py-2 text-left font-normal">
                  {row.text}
                </th>
                <td className="py-2 pl-5 whitespace-nowrap">
                  <StatusMark tone={row.tone}>{row.word}</StatusMark>
                </td>
                <td className="py-2 pl-5 text-right font-medium whitespace-nowrap">
                  {row.observed}
                </td>
                <td className="py-2 pl-5 text-right whitespace-nowrap text-ink-2">
                  {row.interval}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollRegion>
    </Section>
  );
}
