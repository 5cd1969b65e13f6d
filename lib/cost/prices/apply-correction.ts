import type { PriceSource, UnitPrice, UnitPrices } from '../unit-prices';
import { corrections } from './corrections';
import { supplement } from './supplement';

/**
 * Standard prices of the base as the vendor had them at that time, where the base is behind.
 *
 * A price that the base itself dates to the correction's day or later knows better, and so does data
 * that was brought in and is newer than the supplement. The installed data is known to be behind,
 * whatever its day.
 *
 * @param atMs time of the call
 * @param broughtInDate day of the base data where it was brought in, null for what is installed
 */
export function applyCorrection(
  base: UnitPrices,
  atMs: number,
  broughtInDate: string | null,
): UnitPrices {
  if (broughtInDate !== null && broughtInDate > supplement.date) return base;
  const correction = corrections.find(
    ({ providerId, modelIds, from }) =>
      providerId === base.providerId &&
      modelIds.some((id) => id === base.modelId) &&
      Date.parse(`${from}T00:00:00Z`) <= atMs &&
      (base.validFrom === null || base.validFrom < from),
  );
  if (correction === undefined) return base;
  const { from, url, picoUsd } = correction;
  const source: PriceSource = {
    layer: 'supplement',
    book: `${supplement.name} ${supplement.date}`,
    date: supplement.date,
    rule: `standard price from ${from}, for "${base.modelId}"`,
    url,
  };
  const priceOf = (basePicoUsd: number): UnitPrice => ({ basePicoUsd, tiers: [], source });
  const output = priceOf(picoUsd.output);
  return {
    ...base,
    skuPriceId: `${base.providerId}/${base.modelId}@${from}`,
    validFrom: from,
    input: priceOf(picoUsd.input),
    cacheRead: priceOf(picoUsd.cacheRead),
    output,
    reasoning: output,
  };
}
