import { partLabel } from '@/lib/charts/describe-unit-prices';
import { pricedParts, type UnitPrices } from '@/lib/cost/unit-prices';
import { formatCount, formatUsdPerMtok, notKnown } from '@/lib/format';

/** The prices of one model, in dollars for a million tokens; those of larger prompts below. */
export function PriceNumbers({ prices }: { readonly prices: UnitPrices }) {
  return (
    <dl className="flex flex-wrap gap-x-4 gap-y-2">
      {pricedParts.map((part) => {
        const price = prices[part];
        return (
          <div key={part} className="w-36">
            <dt className="text-note text-ink-3">{partLabel[part]}</dt>
            <dd className="font-mono">
              {price === null ? notKnown : formatUsdPerMtok(price.basePicoUsd)}
              {price?.tiers.map(({ start, isInclusive, picoUsd }) => (
                <span key={start} className="block text-note text-ink-2">
                  {formatUsdPerMtok(picoUsd)} {isInclusive ? '≥' : '>'} {formatCount(start)}
                </span>
              ))}
            </dd>
          </div>
        );
      })}
    </dl>
  );
}
