import type { Kernel } from '../engine/kernel';
import type { ProviderResource } from '../scenario/resource';
import type { ModelCalls } from './model-calls';

/** Names of the counters of a bill. Tokens are those that were billed. */
export const billCounterNames = [
  'callsBilled', //    those cancelled on the way included
  'freshTokens',
  'cacheReadTokens',
  'cacheWriteTokens',
  'outputTokens',
  'unpricedTokens', // at a price that is not known
] as const;

/** Bills calls to the tasks that made them, by kind of token. */
export class CallBill {
  readonly #kernel: Kernel;
  readonly #calls: ModelCalls;
  readonly #counters: Float64Array;
  /** Dollars per million fresh, cache read, cache written and output tokens; null: not known. */
  readonly #price: readonly [number, number, number, number] | null;

  /** @param bill price and the counters of `billCounterNames`, which come first in them */
  constructor(
    kernel: Kernel,
    calls: ModelCalls,
    bill: { price: ProviderResource['priceUsdPerMillion']; counters: Float64Array },
  ) {
    const { price, counters } = bill;
    this.#kernel = kernel;
    this.#calls = calls;
    this.#counters = counters;
    this.#price =
      price === undefined
        ? null
        : [
            price.fresh,
            price.cacheRead ?? price.fresh,
            price.cacheWrite ?? price.fresh,
            price.output,
          ];
  }

  /** Charges a task for its prompt and the output produced. Without a price no dollars are spent. */
  charge(task: number, call: number, produced: number): void {
    const fresh = this.#calls.fresh[call];
    const cacheRead = this.#calls.cacheRead[call];
    const cacheWrite = this.#calls.cacheWrite[call];
    const tokens = fresh + cacheRead + cacheWrite + produced;
    const counters = this.#counters;
    counters[0]++;
    counters[1] += fresh;
    counters[2] += cacheRead;
    counters[3] += cacheWrite;
    counters[4] += produced;
    const price = this.#price;
    const { sessions, tasks } = this.#kernel;
    if (price === null) {
      counters[5] += tokens;
      sessions.statistics[tasks.sessionClass[task]].unpricedTokens += tokens;
      sessions.spend(task, 0, tokens);
      return;
    }
    const millionthsUsd =
      price[0] * fresh + price[1] * cacheRead + price[2] * cacheWrite + price[3] * produced;
    sessions.spend(task, millionthsUsd / 1e6, tokens);
  }
}
