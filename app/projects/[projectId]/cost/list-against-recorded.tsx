import { CsvLink } from '@/app/_ui/csv-link';
import { ScrollRegion } from '@/app/_ui/scroll-region';
import { Band, Section } from '@/app/_ui/section';
import { differenceCsv } from '@/lib/charts/cost-anatomy-csv';
import {
  type DifferenceRow,
  describeCompared,
  describeDifference,
  prepareDifference,
} from '@/lib/charts/describe-difference';
import type { CostDifference } from '@/lib/cost/cost-anatomy';

const columns = [
  { key: 'calls', header: 'Calls' },
  { key: 'list', header: 'List' },
  { key: 'recorded', header: 'Recorded' },
  { key: 'difference', header: 'Difference' },
] as const satisfies readonly { key: keyof DifferenceRow; header: string }[];

/** List against recorded cost, model by model, with what explains the difference. */
export function ListAgainstRecorded({ difference }: { readonly difference: CostDifference }) {
  const rows = prepareDifference(difference);
  return (
    <Band>
      <Section
        title={describeDifference(difference)}
        note={describeCompared(difference)}
        actions={
          <CsvLink
            fileName="list-against-recorded"
            what="List against recorded cost"
            rows={() => differenceCsv(difference)}
          />
        }
      >
        <ScrollRegion label="List against recorded cost" className="relative overflow-x-auto">
          <table className="w-full min-w-[44rem] border-collapse">
            <caption className="sr-only">List against recorded cost by model</caption>
            <thead>
              <tr className="text-note text-ink-3">
                <th scope="col" className="pb-1.5 text-left font-medium">
                  Model
                </th>
                {columns.map(({ key, header }) => (
                  <th key={key} scope="col" className="pb-1.5 pl-4 text-right font-medium">
                    {header}
                  </th>
                ))}
                <th scope="col" className="pb-1.5 pl-6 text-left font-medium">
                  Explanation
                </th>
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <tr key={row.model} className="border-t border-rule-2 align-top">
                  <th scope="row" className="py-2 text-left font-normal [overflow-wrap:anywhere]">
                    {row.model}
                  </th>
                  {columns.map(({ key }) => (
                    <td key={key} className="py-2 pl-4 text-right whitespace-nowrap">
                      {row[key]}
                    </td>
                  ))}
                  <td className="w-1/2 py-2 pl-6 text-pretty text-ink-2">{row.explanation}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollRegion>
      </Section>
    </Band>
  );
}
