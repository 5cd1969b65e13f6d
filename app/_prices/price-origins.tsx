import { layerLabel, listPriceOrigins, partLabel } from '@/lib/charts/describe-unit-prices';
import type { UnitPrices } from '@/lib/cost/unit-prices';
import { formatUtcDate } from '@/lib/format';

/** Where each price of a model comes from: layer, book, day, the rule that matched, and the vendor's page. */
export function PriceOrigins({ prices }: { readonly prices: UnitPrices }) {
  return (
    <ul>
      {listPriceOrigins(prices).map(({ source, parts }) => (
        <li key={parts.join()} className="border-t border-rule-2 py-2 first:border-t-0">
          <p className="font-medium">{parts.map((part) => partLabel[part]).join(', ')}</p>
          <p className="text-ink-2 [overflow-wrap:anywhere]">
            {layerLabel[source.layer]}: {source.book}, {formatUtcDate(source.date)}. Matched by{' '}
            <code>{source.rule}</code>
            {source.url !== null && (
              <>
                {' · '}
                <a className="link" href={source.url} rel="noreferrer" target="_blank">
                  the vendor’s page
                </a>
              </>
            )}
          </p>
        </li>
      ))}
      <li className="border-t border-rule-2 py-2 text-ink-2 [overflow-wrap:anywhere]">
        Price <code>{prices.skuPriceId}</code>, tier {prices.serviceTier}
        {prices.validFrom === null ? '' : `, valid from ${formatUtcDate(prices.validFrom)}`}.
      </li>
    </ul>
  );
}
