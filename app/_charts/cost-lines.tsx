import type { CostBars } from '@/lib/charts/prepare-cost-lines';

interface CostLinesProps {
  readonly chart: CostBars;
  /** What a line is: `Model`, `Agent`, `Tokens`. */
  readonly noun: string;
  readonly caption: string;
  /** Fill of a line's bar; the accent where left out. */
  readonly toneOf?: (name: string) => string;
}

/** Lines of a breakdown with a bar for their share, as a table that can be read aloud. */
export function CostLines({ chart, noun, caption, toneOf = () => 'bg-water' }: CostLinesProps) {
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
              Tokens
            </th>
            <th scope="col" className="pb-1.5 pl-3 text-right font-medium">
              Cost
            </th>
            <th scope="col" className="pb-1.5 pl-3 text-right font-medium">
              Share
            </th>
          </tr>
        </thead>
        <tbody>
          {chart.bars.map((bar) => (
            <tr key={bar.name} className="border-t border-rule-2 align-top">
              <th
                scope="row"
                className="w-full py-2 text-left font-normal [overflow-wrap:anywhere]"
              >
                {bar.name}
                <span
                  aria-hidden="true"
                  data-print="colour"
                  className="mt-1.5 block h-1.5 bg-rule-2"
                >
                  <span
                    className={`block h-full ${toneOf(bar.name)}`}
                    style={{ width: `${(bar.share ?? 0) * 100}%` }}
                  />
                </span>
              </th>
              <td className="py-2 pl-3 text-right text-ink-2">{bar.tokens}</td>
              <td className="py-2 pl-3 text-right font-medium whitespace-nowrap">{bar.cost}</td>
              <td className="py-2 pl-3 text-right whitespace-nowrap text-ink-2">
                {bar.shareLabel}
              </td>
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
