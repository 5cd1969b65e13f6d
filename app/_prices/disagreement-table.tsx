import { ScrollRegion } from '@/app/_ui/scroll-region';
import type { PriceDisagreement } from '@/lib/charts/prepare-price-comparison';

interface DisagreementTableProps {
  readonly caption: string;
  readonly rows: readonly PriceDisagreement[];
}

/** Prices on which books disagree: what each says, drawn on one scale, and the ratio of the ends. */
export function DisagreementTable({ caption, rows }: DisagreementTableProps) {
  return (
    <ScrollRegion label={caption} className="overflow-x-auto">
      <table className="w-full min-w-[42rem]">
        <caption className="sr-only">{caption}</caption>
        <thead>
          <tr className="border-b border-rule text-left text-note text-ink-3">
            <th scope="col" className="w-72 py-1.5 pr-4 font-normal">
              Model
            </th>
            <th scope="col" className="w-40 py-1.5 pr-4 font-normal">
              Price
            </th>
            <th scope="col" className="py-1.5 pr-4 font-normal">
              In each book, dollars for a million tokens
            </th>
            <th scope="col" className="w-24 py-1.5 text-right font-normal">
              Ratio
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.key} className="border-b border-rule-2 align-top">
              <th scope="row" className="py-2 pr-4 text-left font-medium [overflow-wrap:anywhere]">
                {row.model}
                <span className="block font-normal text-ink-2">{row.providerId}</span>
              </th>
              <td className="py-2 pr-4 text-ink-2">{row.partLabel}</td>
              <td className="py-2 pr-4">
                <ul>
                  {row.values.map((value) => (
                    <li key={value.book} className="flex items-center gap-3">
                      <span className="w-36 shrink-0 truncate text-note text-ink-2">
                        {value.book}
                      </span>
                      <span aria-hidden="true" className="h-2 min-w-0 flex-1 bg-rule-2">
                        <span
                          className="block h-full bg-water"
                          style={{ width: `${value.share * 100}%` }}
                        />
                      </span>
                      <span className="w-20 shrink-0 text-right font-mono">{value.label}</span>
                    </li>
                  ))}
                </ul>
              </td>
              <td className="py-2 text-right font-mono">{row.ratioLabel}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}
