import type { ImportSummary } from '../contracts/import';
import type { CallCost } from '../cost/call-cost';
import { PicoUsdSum } from '../cost/pico-usd-sum';
import { promptTokens, type TokenUsage } from '../traces/call-record';

/** What the calls of one model cost as they are stored, and by another book. */
export interface RepricedModel {
  readonly providerName: string | null;
  readonly model: string | null; //        the response model, or the request model without one
  readonly calls: number;
  readonly changedCalls: number; //        of which any cost differs
  readonly newlyPricedCalls: number;
  readonly newlyUnpricedCalls: number;
  readonly unpricedCalls: number; //       with usage and without a price by the other book
  readonly unpricedTokens: number;
  readonly storedPicoUsd: bigint | null; // null: no call has a price
  readonly presentPicoUsd: bigint | null;
}

/** What pricing the calls of an import again comes to. */
export interface RepricedTotals {
  readonly models: readonly RepricedModel[];
  /** Of calls whose "input" was read by assumption; its `reading` is the import's to say. */
  readonly assumedBasis: ImportSummary['assumedBasis'];
}

/** One call, priced before and again. */
export interface RepricedCall {
  readonly providerName: string | null;
  readonly model: string | null;
  readonly usage: TokenUsage | null;
  readonly storedPicoUsd: number | null;
  readonly cost: CallCost;
  readonly isChanged: boolean;
}

class ModelSums {
  readonly #name: Pick<RepricedModel, 'providerName' | 'model'>;
  readonly #stored = new PicoUsdSum();
  readonly #present = new PicoUsdSum();
  #storedCalls = 0;
  #presentCalls = 0;
  #calls = 0;
  #changedCalls = 0;
  #newlyPricedCalls = 0;
  #newlyUnpricedCalls = 0;
  #unpricedCalls = 0;
  #unpricedTokens = 0;

  constructor(name: Pick<RepricedModel, 'providerName' | 'model'>) {
    this.#name = name;
  }

  note({ usage, storedPicoUsd, cost, isChanged }: RepricedCall): void {
    this.#calls++;
    if (isChanged) this.#changedCalls++;
    if (storedPicoUsd !== null) {
      this.#storedCalls++;
      this.#stored.add(storedPicoUsd);
    }
    if (cost.kind === 'priced') {
      this.#presentCalls++;
      this.#present.add(cost.listCostPicoUsd);
      if (storedPicoUsd === null) this.#newlyPricedCalls++;
      return;
    }
    if (storedPicoUsd !== null) this.#newlyUnpricedCalls++;
    if (usage === null) return;
    this.#unpricedCalls++;
    this.#unpricedTokens += promptTokens(usage) + usage.output + (usage.reasoning ?? 0);
  }

  total(): RepricedModel {
    return {
      ...this.#name,
      calls: this.#calls,
      changedCalls: this.#changedCalls,
      newlyPricedCalls: this.#newlyPricedCalls,
      newlyUnpricedCalls: this.#newlyUnpricedCalls,
      unpricedCalls: this.#unpricedCalls,
      unpricedTokens: this.#unpricedTokens,
      storedPicoUsd: this.#storedCalls === 0 ? null : this.#stored.total(),
      presentPicoUsd: this.#presentCalls === 0 ? null : this.#present.total(),
    };
  }
}

/** Adds up what re-pricing changes, exactly, for each model. */
export class RepricedSums {
  readonly #models = new Map<string, ModelSums>();

  /** Takes one model call. */
  note(call: RepricedCall): void {
    const { providerName, model } = call;
    const key = `${providerName ?? ''}\n${model ?? ''}`;
    let sums = this.#models.get(key);
    if (sums === undefined) {
      sums = new ModelSums({ providerName, model });
      this.#models.set(key, sums);
    }
    sums.note(call);
  }

  /** The sums so far. */
  models(): RepricedModel[] {
    return [...this.#models.values()].map((sums) => sums.total());
  }
}

/** Puts together what several imports say of the same models. */
export function mergeRepriced(lists: Iterable<readonly RepricedModel[]>): RepricedModel[] {
  const merged = new Map<string, RepricedModel>();
  for (const models of lists) {
    for (const one of models) {
      const key = `${one.providerName ?? ''}\n${one.model ?? ''}`;
      const before = merged.get(key);
      merged.set(key, before === undefined ? one : addModels(before, one));
    }
  }
  return [...merged.values()];
}

function addModels(a: RepricedModel, b: RepricedModel): RepricedModel {
  return {
    ...a,
    calls: a.calls + b.calls,
    changedCalls: a.changedCalls + b.changedCalls,
    newlyPricedCalls: a.newlyPricedCalls + b.newlyPricedCalls,
    newlyUnpricedCalls: a.newlyUnpricedCalls + b.newlyUnpricedCalls,
    unpricedCalls: a.unpricedCalls + b.unpricedCalls,
    unpricedTokens: a.unpricedTokens + b.unpricedTokens,
    storedPicoUsd: addPico(a.storedPicoUsd, b.storedPicoUsd),
    presentPicoUsd: addPico(a.presentPicoUsd, b.presentPicoUsd),
  };
}

/** The sums over all models, under no name. */
export function totalRepriced(models: readonly RepricedModel[]): RepricedModel {
  const nothing = new ModelSums({ providerName: null, model: null }).total();
  return models.reduce(addModels, nothing);
}

/** A sum in which null stands for nothing to add, and of nothing at all there is none. */
function addPico(a: bigint | null, b: bigint | null): bigint | null {
  return a === null ? b : b === null ? a : a + b;
}
