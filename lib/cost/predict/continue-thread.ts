import type { RandomStream } from '../../stats/random-stream';
import type { PriceTable } from '../replay/price-table';
import { findRates } from '../replay/price-table';
import {
  bucketIndex,
  chargeTokens,
  replayBuckets,
  tokenBucketCount,
} from '../replay/replay-buckets';
import { type ReplaySet, responseCachePriceId } from '../replay/replay-set';
import { type DonorCalls, firstDonorAt, promptOf } from './donor-calls';

/** Calls of a block stand in the thread as they stood in that of the donor. */
const blockCalls = 8;

/**
 * Continues one thread beyond its last observed call, call by call.
 *
 * Blocks of consecutive calls are drawn from threads of the same agent at about the same place. Each
 * adds the donor's new tokens to what this thread would send again, reads of it the share that the
 * donor's cache read, and answers as long. History is cut back where the donor's was, and where the
 * prompt reaches the largest size at which this agent's ever was. Prices are those of the thread's
 * own last call, as a cliff by its own prompt.
 *
 * Mutable and without allocation per call.
 */
export class ThreadContinuation {
  readonly #set: ReplaySet;
  readonly #table: PriceTable;
  readonly #donors: DonorCalls;
  readonly #stream: RandomStream;
  readonly #windowTokens: number;
  readonly #costs = new Float64Array(replayBuckets.length);
  readonly #standingTokens: number;
  #place: number;
  #next = 0; //                            donor call that comes next, while its block lasts
  #left = 0;

  /** The call that was added last. */
  donor = -1;
  promptTokens: number;
  resentTokens = 0;
  isReset = false;
  picoUsd = 0;
  readonly price: number;
  readonly model: number;
  readonly tokens = new Float64Array(tokenBucketCount);

  /** @throws RangeError when there is no donor, or the thread has no call with a prompt and price */
  constructor(of: {
    readonly set: ReplaySet;
    readonly table: PriceTable;
    readonly donors: DonorCalls;
    readonly thread: number;
    readonly stream: RandomStream;
  }) {
    const { set, thread } = of;
    const last = findLastPrompt(set, thread);
    if (of.donors.calls.length === 0 || last < 0) {
      throw new RangeError('Got a thread that cannot be continued.');
    }
    this.#set = set;
    this.#table = of.table;
    this.#donors = of.donors;
    this.#stream = of.stream;
    this.#place = set.firstCall[thread + 1] - set.firstCall[thread];
    this.promptTokens = promptOf(set, last);
    this.#standingTokens = set.standingPrefixTokens[last];
    this.price = set.price[last];
    this.model = set.model[last];
    this.#windowTokens = set.prices[this.price].contextWindowTokens ?? Number.POSITIVE_INFINITY;
  }

  /** Adds one call; what it sends and costs is then in the fields. */
  advance(): void {
    const donor = this.#nextDonor();
    this.donor = donor;
    const set = this.#set;
    const before = promptOf(set, donor - 1);
    this.isReset = set.isContextReset[donor] === 1;
    let prompt: number;
    if (this.isReset) {
      prompt = this.promptTokens * (promptOf(set, donor) / before);
      this.resentTokens = Math.min(prompt, this.#standingTokens);
    } else {
      this.resentTokens = Math.max(0, this.promptTokens + set.resentTokens[donor] - before);
      prompt = this.resentTokens + set.newTokens[donor];
      if (prompt > this.#ceiling()) prompt = this.#cutBack(prompt);
    }
    this.promptTokens = Math.max(1, Math.round(prompt));
    this.resentTokens = Math.min(this.promptTokens, Math.round(this.resentTokens));
    this.#place++;
    this.#split(donor);
    this.picoUsd = chargeTokens(
      this.tokens,
      this.#table.rates,
      findRates(this.#table, this.price, this.promptTokens),
      this.#costs,
    );
  }

  #ceiling(): number {
    return Math.min(this.#donors.thresholdTokens, this.#windowTokens);
  }

  /** Without a reset ever seen, older history is dropped so that the prompt stays in the window. */
  #cutBack(prompt: number): number {
    const { retainedShare } = this.#donors;
    this.isReset = !Number.isNaN(retainedShare);
    const kept = this.isReset ? prompt * retainedShare : this.#windowTokens;
    this.resentTokens = Math.min(kept, this.isReset ? this.#standingTokens : this.resentTokens);
    return kept;
  }

  #nextDonor(): number {
    const { calls } = this.#donors;
    const set = this.#set;
    if (this.#left > 0) {
      this.#left--;
      return this.#next++;
    }
    const first = firstDonorAt(this.#donors, this.#place);
    const donor = calls[first + this.#stream.nextInt(calls.length - first)];
    this.#next = donor + 1;
    this.#left = 0;
    while (this.#left < blockCalls - 1 && isContinued(set, donor + this.#left + 1)) {
      this.#left++;
    }
    return donor;
  }

  #split(donor: number): void {
    const set = this.#set;
    const { tokens } = this;
    const resentThen = set.resentTokens[donor];
    const readThen = set.cacheRead[donor];
    const share = resentThen > 0 ? Math.min(1, readThen / resentThen) : 0;
    const read = Math.min(this.promptTokens, Math.round(share * this.resentTokens));
    const rest = this.promptTokens - read;
    const restThen = promptOf(set, donor) - readThen;
    const part = (then: number) => (restThen > 0 ? Math.floor((rest * then) / restThen) : 0);
    tokens[bucketIndex.cacheRead] = read;
    tokens[bucketIndex.cacheWrite5m] = part(set.cacheWrite5m[donor]);
    tokens[bucketIndex.cacheWrite1h] = part(set.cacheWrite1h[donor]);
    tokens[bucketIndex.cacheWriteUnknownTtl] = part(set.cacheWriteUnknownTtl[donor]);
    tokens[bucketIndex.inputFresh] =
      rest -
      tokens[bucketIndex.cacheWrite5m] -
      tokens[bucketIndex.cacheWrite1h] -
      tokens[bucketIndex.cacheWriteUnknownTtl];
    tokens[bucketIndex.output] = set.output[donor];
    tokens[bucketIndex.reasoning] = set.reasoning[donor];
  }
}

/** Last call of a thread that was sent to a priced model; −1 where there is none. */
export function findLastPrompt(set: ReplaySet, thread: number): number {
  for (let call = set.firstCall[thread + 1] - 1; call >= set.firstCall[thread]; call--) {
    if (!(promptOf(set, call) > 0 && set.price[call] >= 0)) continue;
    if (set.prices[set.price[call]].skuPriceId !== responseCachePriceId) return call;
  }
  return -1;
}

/** Whether a call goes on with the thread of the call before it, both with a prompt. */
function isContinued(set: ReplaySet, call: number): boolean {
  if (call >= set.newTokens.length || !(promptOf(set, call) > 0)) return false;
  // Gaps do not tell: only a thread's first call sends its standing prefix for the first time.
  return !isFirstOfThread(set, call);
}

/** Offsets are ascending: found by halving. */
function isFirstOfThread({ firstCall }: ReplaySet, call: number): boolean {
  let low = 0;
  let high = firstCall.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (firstCall[middle] < call) low = middle + 1;
    else high = middle;
  }
  return firstCall[low] === call;
}
