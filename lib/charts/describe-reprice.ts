import { formatCount, formatCounted, formatPercent, formatUsd } from '../format';

/** What a re-price changes in all. */
interface TotalChange {
  readonly calls: number;
  readonly changedCalls: number;
  readonly newlyPricedCalls: number;
  readonly newlyUnpricedCalls: number;
  readonly storedUsd: number | null;
  readonly differenceUsd: number;
}

/** A difference in dollars with its sign: `+ $12.30`. */
export function formatUsdChange(usd: number): string {
  if (usd === 0) return '± $0.00';
  return `${usd < 0 ? '−' : '+'} ${formatUsd(Math.abs(usd))}`;
}

/** What re-pricing would do to the total, with its share of what is stored where there is any. */
export function describeRepriceTotal({ differenceUsd, storedUsd }: TotalChange): string {
  const change = formatUsdChange(differenceUsd);
  if (storedUsd === null || storedUsd === 0) return change;
  return `${change} (${formatPercent(Math.abs(differenceUsd) / storedUsd)})`;
}

/** Which calls change, in one sentence. */
export function describeRepricedCalls(total: TotalChange): string {
  const parts = [
    `${formatCount(total.changedCalls)} of ${formatCounted(total.calls, 'call')} would change`,
    ...(total.newlyPricedCalls === 0
      ? []
      : [`${formatCounted(total.newlyPricedCalls, 'call')} would gain a price`]),
    ...(total.newlyUnpricedCalls === 0
      ? []
      : [`${formatCounted(total.newlyUnpricedCalls, 'call')} would lose theirs`]),
  ];
  const [last = ''] = parts.slice(-1);
  return `${parts.length === 1 ? last : `${parts.slice(0, -1).join(', ')} and ${last}`}.`;
}
