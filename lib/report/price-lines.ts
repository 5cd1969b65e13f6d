import { describePriceOrigins, describeUnitPrice, partLabel } from '../charts/describe-unit-prices';
import { pricedParts } from '../cost/unit-prices';
import { formatCount, formatCounted } from '../format';
import { escapeMarkdown } from './escape-markdown';
import type { FrozenPrice, FrozenPrices } from './frozen-prices';
import { namePriceTable } from './name-price-table';

/** The unit prices of a report as Markdown: a table, and under it where each number comes from. */
export function priceLines(prices: FrozenPrices | undefined): readonly string[] {
  if (prices === undefined) return [];
  const more = prices.modelsTotal - prices.models.length;
  const { heading, method } = namePriceTable(prices);
  return [
    `## ${heading}`,
    '',
    method,
    '',
    `| Model | Calls | ${pricedParts.map((part) => partLabel[part]).join(' | ')} |`,
    `| --- | ---: ${pricedParts.map(() => '| ---: ').join('')}|`,
    ...prices.models.map(priceRow),
    '',
    ...prices.models.flatMap(originLines),
    ...(more > 0 ? [`- and ${formatCounted(more, 'further model')}`] : []),
    '',
  ];
}

const nameOf = ({ model, providerName, serviceTier }: FrozenPrice): string =>
  escapeMarkdown(
    [model ?? 'no name', providerName, serviceTier].filter((part) => part !== null).join(', '),
    200,
  );

function priceRow(one: FrozenPrice): string {
  const { prices } = one;
  const cells = pricedParts.map((part) =>
    prices === null ? 'unpriced' : escapeMarkdown(describeUnitPrice(prices[part])),
  );
  return `| ${nameOf(one)} | ${formatCount(one.calls)} | ${cells.join(' | ')} |`;
}

function originLines(one: FrozenPrice): readonly string[] {
  if (one.prices === null) return [`- ${nameOf(one)}: no price is known`];
  const { prices } = one;
  return describePriceOrigins(prices).map(
    (origin) =>
      `- ${nameOf(one)} (${escapeMarkdown(prices.skuPriceId, 200)}, ${escapeMarkdown(prices.serviceTier)}). ${escapeMarkdown(origin)}`,
  );
}
