import type { InfrastructureItem, RateLine } from './infrastructure-cost';

/**
 * Puts a price of one's own in the place of a public one, which loses its source.
 *
 * @param date the day on which it was entered
 */
export function changePrice(
  lines: readonly RateLine[],
  id: InfrastructureItem,
  usdPerUnit: number | null,
  date: string,
): RateLine[] {
  return lines.map((line) =>
    line.id === id && line.usdPerUnit !== usdPerUnit
      ? {
          ...line,
          usdPerUnit,
          source: null,
          date: usdPerUnit === null ? null : date,
          note: usdPerUnit === null ? 'No price.' : `Your own price, entered ${date}.`,
        }
      : line,
  );
}
