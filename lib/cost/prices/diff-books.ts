import { type PricedPart, pricedParts, type UnitPrice, type UnitPrices } from '../unit-prices';

/** A price that differs between two states of a book, in whole pico-dollars per token. */
export interface PriceChange {
  readonly providerId: string;
  readonly model: string;
  readonly part: PricedPart;
  readonly beforePicoUsd: number | null;
  readonly afterPicoUsd: number | null;
}

/** What is different in a newer state of a book. */
export interface BookChange {
  readonly added: string[]; //   provider/model
  readonly removed: string[];
  readonly changed: number; //   models with at least one other price, tiers included
  readonly prices: PriceChange[]; // base prices, the largest change first
}

const nameOf = ({ providerId, modelId }: UnitPrices) => `${providerId}/${modelId}`;

const spell = (price: UnitPrice | null) =>
  price === null ? 'null' : JSON.stringify([price.basePicoUsd, price.tiers]);

/** Size of a change, as a factor of 1 or more; a price that comes or goes is the largest. */
function sizeOf({ beforePicoUsd, afterPicoUsd }: PriceChange): number {
  const low = Math.min(beforePicoUsd ?? 0, afterPicoUsd ?? 0);
  return low > 0 ? Math.max(beforePicoUsd ?? 0, afterPicoUsd ?? 0) / low : Number.POSITIVE_INFINITY;
}

/** Compares two lists of unit prices of the same moment, model by model. */
export function diffBooks(before: readonly UnitPrices[], after: readonly UnitPrices[]): BookChange {
  const old = new Map(before.map((prices) => [nameOf(prices), prices]));
  const now = new Map(after.map((prices) => [nameOf(prices), prices]));
  const prices: PriceChange[] = [];
  let changed = 0;
  for (const [name, next] of now) {
    const last = old.get(name);
    if (last === undefined) continue;
    const differing = pricedParts.filter((part) => spell(last[part]) !== spell(next[part]));
    if (differing.length === 0) continue;
    changed++;
    for (const part of differing) {
      prices.push({
        providerId: next.providerId,
        model: next.modelId,
        part,
        beforePicoUsd: last[part]?.basePicoUsd ?? null,
        afterPicoUsd: next[part]?.basePicoUsd ?? null,
      });
    }
  }
  return {
    added: [...now.keys()].filter((name) => !old.has(name)).sort(),
    removed: [...old.keys()].filter((name) => !now.has(name)).sort(),
    changed,
    prices: prices.sort((a, b) => (sizeOf(a) === sizeOf(b) ? 0 : sizeOf(b) - sizeOf(a))),
  };
}
