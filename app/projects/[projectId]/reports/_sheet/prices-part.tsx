import { Band } from '@/app/_ui/section';
import {
  describePriceOrigins,
  describeUnitPrice,
  partLabel,
} from '@/lib/charts/describe-unit-prices';
import { pricedParts } from '@/lib/cost/unit-prices';
import { formatCount, formatCounted, formatUtcDate } from '@/lib/format';
import type { FrozenPrice } from '@/lib/report/frozen-prices';
import { namePriceTable } from '@/lib/report/name-price-table';
import type { Report } from '@/lib/report/report';

/** The unit prices that were used, each with where it comes from; nothing in reports without them. */
export function PricesPart({ report }: { readonly report: Report }) {
  const { prices } = report;
  if (prices === undefined || prices.models.length === 0) return null;
  const { heading, method } = namePriceTable(prices);
  const more = prices.modelsTotal - prices.models.length;
  return (
    <Band>
      <h2 className="text-body font-semibold">{heading}</h2>
      <p className="mb-3 text-pretty text-ink-2">{method}</p>
      <ul>
        {prices.models.map((one) => (
          <li
            key={JSON.stringify([
              one.providerName,
              one.model,
              one.serviceTier,
              one.prices?.skuPriceId,
            ])}
            data-print="together"
            className="border-t border-rule-2 py-2.5"
          >
            <p>
              <span className="font-medium [overflow-wrap:anywhere]">{one.model ?? 'No name'}</span>{' '}
              <span className="text-ink-2">{describeUse(one)}</span>
            </p>
            <Numbers price={one} isCurrent={prices.isCurrent} />
          </li>
        ))}
      </ul>
      {more > 0 && <p className="text-ink-2">And {formatCounted(more, 'further model')}.</p>}
    </Band>
  );
}

function describeUse({ providerName, serviceTier, calls, firstCallAt, lastCallAt }: FrozenPrice) {
  return [
    ...(providerName === null ? [] : [providerName]),
    ...(serviceTier === null ? [] : [`tier ${serviceTier}`]),
    `${formatCounted(calls, 'call')} from ${formatUtcDate(firstCallAt)} to ${formatUtcDate(lastCallAt)}`,
  ].join(' · ');
}

interface NumbersProps {
  readonly price: FrozenPrice;
  readonly isCurrent: boolean;
}

function Numbers({ price, isCurrent }: NumbersProps) {
  const { prices } = price;
  if (prices === null) {
    return (
      <p className="text-ink-2">
        {isCurrent
          ? `Unpriced: ${formatCount(price.tokens)} tokens are in no total of this report.`
          : `The book gave no price for these ${formatCount(price.tokens)} tokens.`}
      </p>
    );
  }
  return (
    <>
      <dl className="mt-1 flex flex-wrap gap-x-6 gap-y-1">
        {pricedParts.map((part) => (
          <div key={part} className="flex gap-2">
            <dt className="text-ink-2">{partLabel[part]}</dt>
            <dd className="font-mono">{describeUnitPrice(prices[part])}</dd>
          </div>
        ))}
      </dl>
      <p className="mt-1 text-note text-ink-3 [overflow-wrap:anywhere]">
        {[prices.skuPriceId, ...describePriceOrigins(prices)].join('. ')}
      </p>
    </>
  );
}
