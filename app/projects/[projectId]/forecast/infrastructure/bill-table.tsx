'use client';

import { ScrollRegion } from '@/app/_ui/scroll-region';
import type { InfrastructureCost, RateLine } from '@/lib/cost/infrastructure/infrastructure-cost';
import { formatDecimal, formatUsd } from '@/lib/format';
import { OptionalNumberInput } from './optional-number-field';

interface BillTableProps {
  readonly cost: InfrastructureCost;
  readonly rates: readonly RateLine[];
  readonly onPriceChange: (id: RateLine['id'], usdPerUnit: number | null) => void;
}

const cell = 'py-2 pl-4 text-right align-top whitespace-nowrap';

/** The lines of the bill: what, how much of it, at which price from where, and what it costs. */
export function BillTable({ cost, rates, onPriceChange }: BillTableProps) {
  return (
    <ScrollRegion label="Infrastructure of a month, line by line" className="overflow-x-auto">
      <table className="w-full min-w-[44rem] border-collapse">
        <caption className="sr-only">Infrastructure of a month, line by line</caption>
        <thead>
          <tr className="text-note text-ink-3">
            <th scope="col" className="pb-1.5 text-left font-medium">
              Item
            </th>
            <th scope="col" className="pb-1.5 pl-4 text-right font-medium">
              Quantity a month
            </th>
            <th scope="col" className="pb-1.5 pl-4 text-right font-medium">
              USD per unit
            </th>
            <th scope="col" className="pb-1.5 pl-4 text-right font-medium">
              USD a month
            </th>
            <th scope="col" className="pb-1.5 pl-4 text-right font-medium">
              USD a session
            </th>
          </tr>
        </thead>
        <tbody>
          {cost.lines.map((line) => {
            const rate = rates.find(({ id }) => id === line.id);
            return (
              <tr key={line.id} className="border-t border-rule-2">
                <th scope="row" className="py-2 text-left align-top font-normal">
                  {line.name}
                  <span className="block text-note text-pretty text-ink-3">{line.how}</span>
                  {rate !== undefined && <RateSource rate={rate} />}
                </th>
                <td className={cell}>
                  {formatDecimal(line.quantityPerMonth)}
                  <span className="block text-note text-ink-3">{line.unit}</span>
                </td>
                <td className={cell}>
                  <OptionalNumberInput
                    label={`${line.name}, USD per ${line.unit}`}
                    value={line.usdPerUnit}
                    min={0}
                    max={1e9}
                    onValueChange={(usdPerUnit) => onPriceChange(line.id, usdPerUnit)}
                  />
                </td>
                <td className={`${cell} font-medium`}>{formatUsd(line.usdPerMonth)}</td>
                <td className={`${cell} text-ink-2`}>{formatUsd(line.usdPerSession, 'exact')}</td>
              </tr>
            );
          })}
          <tr className="border-t border-ink font-semibold">
            <th scope="row" colSpan={3} className="py-2 text-left">
              Known lines together
            </th>
            <td className={cell}>{formatUsd(cost.usdPerMonth)}</td>
            <td className={cell}>{formatUsd(cost.usdPerSession, 'exact')}</td>
          </tr>
        </tbody>
      </table>
    </ScrollRegion>
  );
}

/** Where a price comes from and of which day; a link that leaves the machine only when followed. */
function RateSource({ rate }: { readonly rate: RateLine }) {
  return (
    <span className="block max-w-[34rem] text-note text-pretty text-ink-3">
      {rate.note}{' '}
      {rate.source !== null && (
        <a
          href={rate.source}
          rel="noreferrer"
          className="underline decoration-rule underline-offset-3 hover:text-ink"
        >
          Source, read {rate.date}
          <span className="sr-only"> of the price of {rate.name}</span>
        </a>
      )}
    </span>
  );
}
