import type { CacheModel } from './cache-model';
import { pricing, type TodayCosts, usedParts } from './measure-today';
import { findRates, type PriceTable } from './price-table';
import { bucketIndex, chargeTokens, replayBuckets, tokenBucketCount } from './replay-buckets';
import type { ThreadScratch } from './thread-scratch';

/** Sums over one session while its threads are charged. */
export interface SessionSums {
  picoUsd: number;
  tokens: number;
  readonly byBucket: Float64Array;
}

/** Where the charge of each call goes. */
export interface CallCosts {
  readonly picoUsd: Float64Array;
  readonly promptTokens: Float64Array; // NaN: not sent
}

/**
 * Charges threads as policies have left them.
 *
 * Mutable and without allocation: one number array per kind of sum, used for every call.
 */
export class ThreadCharger {
  readonly #today: TodayCosts;
  readonly #table: PriceTable;
  readonly #cacheModel: CacheModel;
  readonly #calls: CallCosts;
  readonly #tokens = new Float64Array(tokenBucketCount);
  readonly #summaryCosts = new Float64Array(replayBuckets.length);
  /** Per price, as the table's `missing`: parts that were charged. */
  readonly charged: Uint8Array;
  callsAdded = 0;
  callsRemoved = 0;

  constructor(of: {
    today: TodayCosts;
    table: PriceTable;
    cacheModel: CacheModel;
    calls: CallCosts;
  }) {
    this.#today = of.today;
    this.#table = of.table;
    this.#cacheModel = of.cacheModel;
    this.#calls = of.calls;
    this.charged = new Uint8Array(of.table.missing.length);
  }

  /** Charges the calls of one thread in their order and adds them to the sums of its session. */
  charge(thread: ThreadScratch, sums: SessionSums): void {
    this.#cacheModel.begin(thread);
    for (let k = 0; k < thread.calls; k++) {
      const call = thread.first + k;
      const isPriced = this.#today.pricing[call] !== pricing.none;
      let picoUsd = 0;
      if (thread.summaryCalls[k] > 0) picoUsd += this.#chargeSummary(thread, k, isPriced, sums);
      if (thread.isUnsent[k] === 1) {
        this.callsRemoved++;
        sums.tokens ||= 0;
        this.#calls.promptTokens[call] = Number.NaN;
      } else {
        picoUsd += this.#chargeCall(thread, k, isPriced, sums);
      }
      this.#calls.picoUsd[call] = isPriced ? picoUsd : Number.NaN;
      if (isPriced) sums.picoUsd = (sums.picoUsd || 0) + picoUsd;
    }
  }

  #chargeCall(thread: ThreadScratch, k: number, isPriced: boolean, sums: SessionSums): number {
    const call = thread.first + k;
    const tokens = this.#tokens;
    this.#cacheModel.splitCall(thread, k, tokens);
    tokens[bucketIndex.output] = thread.output[k];
    tokens[bucketIndex.reasoning] = thread.set.reasoning[call];
    const prompt = this.#scale(thread.tokenRatio[k]);
    this.#calls.promptTokens[call] = prompt;
    sums.tokens = (sums.tokens || 0) + prompt + tokens[5] + tokens[6];
    if (!isPriced) return 0;
    const price = thread.price[k];
    const isAsStored = this.#today.pricing[call] === pricing.asStored;
    if (price < 0 || (isAsStored && price === thread.set.price[call])) {
      const stored = this.#today.callPicoUsd[call];
      sums.byBucket[bucketIndex.notParted] += stored;
      return stored;
    }
    return this.#chargeAt(price, prompt, sums.byBucket);
  }

  #chargeSummary(thread: ThreadScratch, k: number, isPriced: boolean, sums: SessionSums): number {
    const tokens = this.#tokens;
    this.#cacheModel.splitSummary(thread, k, tokens);
    tokens[bucketIndex.output] = thread.summaryOutput[k];
    tokens[bucketIndex.reasoning] = 0;
    const prompt = this.#scale(thread.tokenRatio[k]);
    this.callsAdded += thread.summaryCalls[k];
    sums.tokens = (sums.tokens || 0) + prompt + tokens[5];
    if (!isPriced || thread.price[k] < 0) return 0;
    const picoUsd = this.#chargeAt(thread.price[k], prompt, this.#summaryCosts);
    sums.byBucket[bucketIndex.summaries] += picoUsd;
    return picoUsd;
  }

  #chargeAt(price: number, prompt: number, costs: Float64Array): number {
    const table = this.#table;
    if (table.missing[price] !== 0) this.charged[price] |= usedParts(this.#tokens);
    return chargeTokens(this.#tokens, table.rates, findRates(table, price, prompt), costs);
  }

  /** Counts the tokens in those of the model that is called. @returns the prompt */
  #scale(ratio: number): number {
    const tokens = this.#tokens;
    if (ratio !== 1) for (let b = 0; b < tokenBucketCount; b++) tokens[b] *= ratio;
    return tokens[0] + tokens[1] + tokens[2] + tokens[3] + tokens[4];
  }
}
