import type { ContextMeasures } from '../../sessions/context-growth';
import type { SessionSet } from '../../sessions/session';
import type { CacheState, CostPart } from '../cost-anatomy';
import type { PriceBook } from '../price-book';
import { promptBuckets } from '../price-call';
import { type BucketCosts, emptyBucketCosts, splitCallCost } from '../split-call-cost';
import { apportion } from './apportion';

/** Part and state of every cell, in the order in which cells are numbered. */
export const cellKinds = [
  { part: 'standingPrefix', state: 'fresh' },
  { part: 'standingPrefix', state: 'cacheRead' },
  { part: 'standingPrefix', state: 'cacheWrite' },
  { part: 'resentHistory', state: 'fresh' },
  { part: 'resentHistory', state: 'cacheRead' },
  { part: 'resentHistory', state: 'cacheWrite' },
  { part: 'newInput', state: 'fresh' },
  { part: 'newInput', state: 'cacheRead' },
  { part: 'newInput', state: 'cacheWrite' },
  { part: 'output', state: null },
  { part: 'reasoning', state: null },
] as const satisfies readonly { part: CostPart; state: CacheState | null }[];

/** States that a part of a prompt can be in. */
export const statesPerPart = 3;
/** Number of the first cell of a part; its states follow each other. */
export const firstCell = { standingPrefix: 0, resentHistory: 3, newInput: 6 } as const;
/** Number of the cell of visible output. */
export const outputCell = 9;
/** Number of the cell of reasoning. */
export const reasoningCell = 10;

const stateOfBucket = {
  inputFresh: 0,
  cacheRead: 1,
  cacheWrite5m: 2,
  cacheWrite1h: 2,
  cacheWriteUnknownTtl: 2,
} as const satisfies Record<(typeof promptBuckets)[number], number>;

/** Tokens and whole pico-dollars of one call, by cell. One object is filled again for every call. */
export class CallCells {
  readonly tokens = new Float64Array(cellKinds.length);
  readonly costPicoUsd = new Float64Array(cellKinds.length);
  isPriced = false;

  /** Whole pico-dollars by bucket of a call that is priced. */
  readonly bucketCosts: BucketCosts = emptyBucketCosts();

  readonly #overlaps = new Float64Array(statesPerPart);
  readonly #shares = new Float64Array(statesPerPart);

  /**
   * Lays a call out in cells: standing prefix, then history, then new content; a prefix cache reads
   * from the start of the prompt, then writes, and the rest is fresh.
   *
   * Content of a prompt that has no known place in a thread counts as new. The costs add up to the
   * row's list cost exactly.
   */
  layOut(set: SessionSet, row: number, context: ContextMeasures, book: PriceBook): void {
    const { calls } = set;
    this.tokens.fill(0);
    this.costPicoUsd.fill(0);
    this.isPriced = !Number.isNaN(calls.listCostPicoUsd[row]);
    const costs = this.bucketCosts;
    if (this.isPriced) splitCallCost(set, row, book, costs);
    const prompt = context.promptTokens[row] || 0;
    const standing = Math.min(context.standingPrefixTokens[row] || 0, prompt);
    const ends = [standing, Math.max(standing, context.resentTokens[row] || 0)];
    let position = 0;
    for (const bucket of promptBuckets) {
      const tokens = calls[bucket][row] || 0;
      const cost = this.isPriced ? costs[bucket] : 0;
      if (tokens > 0 || cost !== 0) {
        this.#addBucket(stateOfBucket[bucket], { from: position, tokens, ends, cost });
      }
      position += tokens;
    }
    this.tokens[outputCell] = calls.output[row] || 0;
    this.tokens[reasoningCell] = calls.reasoning[row] || 0;
    if (!this.isPriced) return;
    this.costPicoUsd[outputCell] = costs.output;
    this.costPicoUsd[reasoningCell] = costs.reasoning;
  }

  /** Whole pico-dollars of the history that the call sent again. */
  historyPicoUsd(): number {
    let picoUsd = 0;
    for (let state = 0; state < statesPerPart; state++) {
      picoUsd += this.costPicoUsd[firstCell.resentHistory + state];
    }
    return picoUsd;
  }

  #addBucket(
    state: number,
    bucket: {
      readonly from: number;
      readonly tokens: number;
      readonly ends: readonly number[];
      readonly cost: number;
    },
  ): void {
    const { from, tokens, ends, cost } = bucket;
    const to = from + tokens;
    const standingTo = Math.min(Math.max(ends[0], from), to);
    const historyTo = Math.min(Math.max(ends[1], from), to);
    this.#overlaps[0] = standingTo - from;
    this.#overlaps[1] = historyTo - standingTo;
    this.#overlaps[2] = to - historyTo;
    apportion(cost, this.#overlaps, this.#shares);
    for (let part = 0; part < statesPerPart; part++) {
      this.tokens[statesPerPart * part + state] += this.#overlaps[part];
      this.costPicoUsd[statesPerPart * part + state] += this.#shares[part];
    }
  }
}
