import type { CacheModel } from './cache-model';
import { PrefixCache } from './prefix-cache';
import { bucketIndex } from './replay-buckets';
import type { ReplaySet } from './replay-set';
import type { ThreadScratch } from './thread-scratch';
import { UnsentWrites } from './unsent-writes';

const { inputFresh, cacheRead, cacheWrite5m, cacheWrite1h, cacheWriteUnknownTtl } = bucketIndex;

const fiveMinutesSec = 300;
const oneHourSec = 3_600;

/**
 * Today's cache, as it was measured: of the shared prefix the same part is read as today, and the
 * rest of the prompt is written and sent fresh in the proportion of today.
 *
 * A prompt that no policy changed is split exactly as it was. Where calls of a thread go to several
 * models by choice, each reads at most what it saw itself, within the time to live of the writes.
 * What a call that is not sent would have written is not there for the next one.
 */
export class MeasuredCache implements CacheModel {
  readonly #set: ReplaySet;
  readonly #prefixes = new PrefixCache();
  readonly #unsent = new UnsentWrites();
  /** Where tokens go that a call whose whole prompt was read does not read any more. */
  #restBucket: number = inputFresh;
  #lastCall = -1; //       of the set, with a known prompt
  #lastCache = -2;
  #hasUnsent = false;
  #reached = -1; // last call that was split or passed over
  #hasHour = false; //  a call of the thread wrote for an hour

  constructor(set: ReplaySet) {
    this.#set = set;
  }

  begin(thread: ThreadScratch): void {
    const firstUnsent = thread.isUnsent.indexOf(1);
    this.#hasUnsent = firstUnsent >= 0 && firstUnsent < thread.calls;
    this.#prefixes.clear();
    this.#restBucket = inputFresh;
    this.#lastCall = -1;
    this.#lastCache = -2;
    this.#unsent.clear();
    this.#reached = -1;
    this.#hasHour = false;
  }

  splitCall(thread: ThreadScratch, k: number, tokens: Float64Array): void {
    this.#passUnsent(thread, k, tokens);
    this.#reached = k;
    const call = thread.first + k;
    const prompt = thread.shared[k] + thread.added[k];
    let read = this.#readAsMeasured(thread, k, prompt);
    if (thread.isRouted) read = this.#limitToOwn(thread, k, prompt, read);
    this.#fill(call, prompt, this.#readIfKept(thread, k, read), tokens);
    if (prompt === 0) return;
    this.#lastCall = call;
    if (this.#hasUnsent) this.#unsent.settle(thread, k, tokens);
  }

  splitSummary(thread: ThreadScratch, k: number, tokens: Float64Array): void {
    this.#passUnsent(thread, k, tokens);
    const { newTokens, resentTokens, cacheRead: measured } = this.#set;
    const prompt = thread.summaryPrompt[k];
    const before = this.#lastCall < 0 ? thread.first + k : this.#lastCall;
    const sent = newTokens[before] + resentTokens[before];
    const read = sent > 0 ? prompt * (measured[before] / sent) : 0;
    this.#fill(before, prompt, this.#readIfKept(thread, k, read), tokens);
    if (this.#hasUnsent) this.#unsent.settle(thread, k, tokens);
  }

  /** Goes over the calls before k that are not sent. */
  #passUnsent(thread: ThreadScratch, k: number, tokens: Float64Array): void {
    if (!this.#hasUnsent) return;
    for (let between = this.#reached + 1; between < k; between++) {
      const prompt = thread.shared[between] + thread.added[between];
      if (prompt === 0) continue;
      const read = this.#readAsMeasured(thread, between, prompt);
      this.#fill(thread.first + between, prompt, read, tokens);
      this.#unsent.skip(thread, between, tokens);
    }
    this.#reached = Math.max(this.#reached, k - 1);
  }

  /** What is read of a prefix that unsent calls may have let go. */
  #readIfKept(thread: ThreadScratch, k: number, read: number): number {
    if (!this.#hasUnsent) return read;
    const ttlSec = this.#hasHour ? oneHourSec : fiveMinutesSec;
    return this.#unsent.isGone(thread, k, ttlSec) ? 0 : read;
  }

  #readAsMeasured(thread: ThreadScratch, k: number, prompt: number): number {
    const { newTokens, resentTokens, cacheRead: measured } = this.#set;
    const call = thread.first + k;
    const read = measured[call];
    const shared =
      k === thread.firstPrompt ? newTokens[call] + resentTokens[call] : resentTokens[call];
    if (thread.shared[k] === shared || shared === 0) return Math.min(read, prompt);
    const within = Math.min(read, shared);
    return Math.min(prompt, read - within + within * (thread.shared[k] / shared));
  }

  #limitToOwn(thread: ThreadScratch, k: number, prompt: number, read: number): number {
    const { model, cacheWrite1h: written1h } = this.#set;
    const call = thread.first + k;
    const cache = thread.cache[k];
    const isOwn = cache === model[call];
    const shared = prompt === 0 ? Number.POSITIVE_INFINITY : thread.shared[k];
    this.#prefixes.advanceTo(thread, k, shared);
    if (prompt === 0) return read;
    const changedModelToday = k > 0 && model[call - 1] !== model[call];
    let limited = read;
    if (cache !== this.#lastCache && k !== thread.firstPrompt && !(isOwn && changedModelToday)) {
      const ttlSec = written1h[call] > 0 ? oneHourSec : fiveMinutesSec;
      const isGone = this.#prefixes.ageSec(cache) > ttlSec;
      limited = isGone ? 0 : Math.min(read, Math.max(0, this.#prefixes.prefixTokens(cache)));
    }
    this.#prefixes.keep(cache, prompt);
    this.#lastCache = cache;
    return limited;
  }

  /** Fills the buckets from those that a call had when it was measured. */
  #fill(call: number, prompt: number, read: number, tokens: Float64Array): void {
    const set = this.#set;
    const fresh = set.inputFresh[call];
    const write5m = set.cacheWrite5m[call];
    const write1h = set.cacheWrite1h[call];
    const writeUnknown = set.cacheWriteUnknownTtl[call];
    const measuredRest = fresh + write5m + write1h + writeUnknown;
    if (write1h > 0) this.#hasHour = true;
    const rest = prompt - read;
    const share = measuredRest > 0 ? rest / measuredRest : 0;
    tokens[inputFresh] = fresh * share;
    tokens[cacheRead] = read;
    tokens[cacheWrite5m] = write5m * share;
    tokens[cacheWrite1h] = write1h * share;
    tokens[cacheWriteUnknownTtl] = writeUnknown * share;
    if (measuredRest > 0) this.#restBucket = heaviestRest(fresh, write5m, write1h, writeUnknown);
    // One bucket takes what the others leave, so that they add up to the prompt without rounding.
    tokens[this.#restBucket] = 0;
    tokens[this.#restBucket] =
      rest -
      tokens[inputFresh] -
      tokens[cacheWrite5m] -
      tokens[cacheWrite1h] -
      tokens[cacheWriteUnknownTtl];
  }
}

function heaviestRest(
  fresh: number,
  write5m: number,
  write1h: number,
  writeUnknown: number,
): number {
  const most = Math.max(fresh, write5m, write1h, writeUnknown);
  if (most === fresh) return inputFresh;
  if (most === write5m) return cacheWrite5m;
  return most === write1h ? cacheWrite1h : cacheWriteUnknownTtl;
}
