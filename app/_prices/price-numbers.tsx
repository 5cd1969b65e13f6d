import { describeUnitPrice, partLabel } from '@/lib/charts/describe-unit-prices';
import { pricedParts, type UnitPrices } from '@/lib/cost/unit-prices';

/** The prices of one model, in dollars for a million tokens. */
export function PriceNumbers({ prices }: { readonly prices: UnitPrices }) {
  return (
    <dl className="flex flex-wrap gap-x-7 gap-y-2">
      {pricedParts.map((part) => (
        <div key={part}>
          <dt className="text-note text-ink-3">{partLabel[part]}</dt>
          <dd className="font-mono">{describeUnitPrice(prices[part])}</dd>
        </div>
      ))}
    </dl>
  );
}
