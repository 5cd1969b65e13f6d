import type { UnitPrices } from '../unit-prices';
import type { CacheModel } from './cache-model';
import { MeasuredCache } from './measured-cache';
import { type ReplaySet, responseCachePriceId } from './replay-set';

const standardTier = 'standard';

/** Whether prices hold a surcharge for a region, which prices of the catalogue never do. */
export function isRegional({ skuPriceId }: UnitPrices): boolean {
  return /\+(?:us|eu|other)$/.test(skuPriceId);
}

/** What policies are prepared with, and what they leave behind for the run. */
export class ReplayContext {
  readonly set: ReplaySet;
  /** Prices of the set, then those of the models and tiers that policies choose. */
  readonly prices: UnitPrices[];
  /** How prompts are split; a caching policy puts its own model in the place of today's. */
  cacheModel: CacheModel;
  readonly #catalogue: readonly UnitPrices[];
  readonly #assumptions: (() => string | null)[] = [];
  readonly #salts = new Map<string, number>();
  readonly #modelIds = new Map<string, number>();

  constructor(set: ReplaySet, catalogue: readonly UnitPrices[]) {
    this.set = set;
    this.#catalogue = catalogue;
    this.prices = [...set.prices];
    this.cacheModel = new MeasuredCache(set);
  }

  /** Adds a price to those of the run. @returns its index */
  addPrice(prices: UnitPrices): number {
    return this.prices.push(prices) - 1;
  }

  /**
   * Prices of a model that a policy names, in the standard tier.
   *
   * @param providerName as the catalogue names it; null: the first provider that has the model
   */
  findTarget(model: string, providerName: string | null): UnitPrices | null {
    const name = model.toLowerCase();
    const provider = providerName?.toLowerCase() ?? null;
    const found = this.#catalogue.find(
      (one) =>
        one.serviceTier === standardTier &&
        one.input !== null &&
        one.output !== null &&
        one.modelId.toLowerCase() === name &&
        (provider === null || one.providerId.toLowerCase() === provider),
    );
    return found ?? null;
  }

  /** Prices of the same model in the batch tier; null where no book has any. */
  findBatchPrices(prices: UnitPrices): UnitPrices | null {
    const found = this.#catalogue.filter(
      (one) =>
        one.serviceTier === 'batch' &&
        one.input !== null &&
        one.output !== null &&
        one.modelId === prices.modelId &&
        one.providerId === prices.providerId,
    );
    return found.find((one) => one.validFrom === prices.validFrom) ?? found[0] ?? null;
  }

  /** Whether calls of the set are priced with a surcharge for the region that they were made in. */
  hasRegionalPrices(): boolean {
    return this.set.prices.some(isRegional);
  }

  /** Number of a model by its name: that of the set where it is called there, or one beyond. */
  modelId(name: string): number {
    const measured = this.set.names.indexOf(name);
    if (measured >= 0) return measured;
    const known = this.#modelIds.get(name) ?? this.set.names.length + this.#modelIds.size;
    this.#modelIds.set(name, known);
    return known;
  }

  /** Whether a price is that of an answer for which no provider was asked. */
  isFree(price: number): boolean {
    return price >= 0 && this.prices[price].skuPriceId === responseCachePriceId;
  }

  /** Keeps a sentence for the answer; it is written after the run, and null leaves it out. */
  assume(write: () => string | null): void {
    this.#assumptions.push(write);
  }

  /** The sentences of this run, each once. */
  writeAssumptions(): string[] {
    const sentences = this.#assumptions.map((write) => write());
    return [...new Set(sentences.filter((sentence) => sentence !== null))];
  }

  /** A salt for the choices of a policy: those of two policies do not depend on each other. */
  nextSalt(kind: string): string {
    const count = this.#salts.get(kind) ?? 0;
    this.#salts.set(kind, count + 1);
    return `${kind} ${count}`;
  }
}
