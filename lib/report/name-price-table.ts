import type { FrozenPrices } from './frozen-prices';

/** What stands over the table of a report's unit prices. */
export interface PriceTableName {
  readonly heading: string;
  readonly method: string;
}

/**
 * Says which prices a report's table holds: those that its costs were worked out with, or, where calls
 * are stored with others, those of the book at the time of the report.
 */
export function namePriceTable({ isCurrent }: Pick<FrozenPrices, 'isCurrent'>): PriceTableName {
  if (isCurrent) {
    return {
      heading: 'Prices that were used',
      method: 'Dollars for a million tokens, in force when the calls were made.',
    };
  }
  return {
    heading: 'Prices as the book stood at this report, not those that were used',
    method:
      'Dollars for a million tokens. The calls are stored with earlier prices, and the costs above are theirs. For a report with the prices that were used, re-price first.',
  };
}
