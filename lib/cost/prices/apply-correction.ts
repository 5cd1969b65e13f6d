import type { PriceSource, UnitPrice, UnitPrices } from '../unit-prices';
import { corrections } from './corrections';
import { supplement } from './supplement';

/**
 * Standard prices of the base as the vendor had them at that time, where the base is behind.
 *
 * @param atMs time of the call
 */
export function applyCorrection(base: UnitPrices, atMs: number): UnitPrices {
  const correction = corrections.find(
    ({ providerId, modelIds, from }) =>
      providerId === base.providerId &&
      modelIds.some((id) => id === base.modelId) &&
      Date.parse(`${from}T00:00:00Z`) <= atMs,
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
