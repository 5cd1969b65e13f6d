import type { PartChanges as PreparedParts } from '@/lib/charts/prepare-part-changes';
import type { SideNames } from '@/lib/charts/prepare-policy-curve';

interface PartChangesProps {
  readonly chart: PreparedParts;
  readonly names: SideNames;
  /** False: there is one side only. */
  readonly hasChange?: boolean;
  /** What a part is: `Tokens`, `Model`. */
  readonly noun: string;
  readonly caption: string;
}

const cell = 'py-2 pl-3 text-right align-top whitespace-nowrap';

/**
 * Parts of the cost, each with a bar for either side in the colour of that side's line, as a table
 * that can be read aloud.
 */
export function PartChanges({ chart, names, hasChange = true, noun, caption }: PartChangesProps) {
  return (
    <div>
      <table className="w-full border-collapse">
        <caption className="sr-only">{caption}</caption>
        <thead>
          <tr className="text-left text-note text-ink-3">
            <th scope="col" className="pb-1.5 font-medium">
              {noun}
            </th>
            <th scope="col" className="pb-1.5 pl-3 text-right font-medium">
              {names.a}
            </th>
            {hasChange && (
              <>
                <th scope="col" className="pb-1.5 pl-3 text-right font-medium">
                  {names.b}
                </th>
                <th scope="col" className="pb-1.5 pl-3 text-right font-medium">
                  difference
                </th>
              </>
            )}
          </tr>
        </thead>
        <tbody>
          {chart.parts.map((part) => (
            <tr key={part.name} className="border-t border-rule-2">
              <th
                scope="row"
                className="w-full py-2 text-left align-top font-normal [overflow-wrap:anywhere]"
              >
                {part.name}
                <Bar length={part.todayLength} tone="bg-water" />
                {hasChange && <Bar length={part.changedLength} tone="bg-output" />}
              </th>
              <td className={`${cell} text-ink-2`}>{part.today}</td>
              {hasChange && (
                <>
                  <td className={`${cell} font-medium`}>{part.changed}</td>
                  <td className={`${cell} text-ink-2`}>
                    {part.difference}
                    <span className="block text-note text-ink-3">{part.share}</span>
                  </td>
                </>
              )}
            </tr>
          ))}
        </tbody>
      </table>
      {chart.shown < chart.total && (
        <p className="mt-2 text-note text-ink-3">
          {chart.shown} of {chart.total} shown
        </p>
      )}
    </div>
  );
}

function Bar({ length, tone }: { readonly length: number; readonly tone: string }) {
  return (
    <span aria-hidden="true" data-print="colour" className="mt-1 block h-1.5 bg-rule-2">
      <span className={`block h-full ${tone}`} style={{ width: `${length * 100}%` }} />
    </span>
  );
}
