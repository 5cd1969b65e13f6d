import { bucketIndex, tokenBucketCount } from './replay-buckets';
import type { ThreadScratch } from './thread-scratch';

/** What is owed to the prompt cache of one model since the last call that was sent to it. */
interface Owed {
  foundTokens: number; //                what the last unsent call would have found in the cache
  tokens: number; //                     what the unsent calls would have sent beyond that, in all
  readonly byBucket: Float64Array; //    the same, as it would have been charged
  lastSent: number; //                   k of the last call that was sent; −1: none
}

/**
 * What calls that are not sent would have left in the prompt cache, and so the next one does not find.
 *
 * An unsent call leaves the cache as it found it. The next call of its model reads no more than that
 * and sends the rest itself, charged as it would have been in the unsent calls.
 */
export class UnsentWrites {
  readonly #owedByCache = new Map<number, Owed>();
  readonly #lastSentByCache = new Map<number, number>();

  /** Forgets everything: another thread begins. */
  clear(): void {
    this.#owedByCache.clear();
    this.#lastSentByCache.clear();
  }

  /**
   * Notes a call that is not sent.
   *
   * @param tokens its prompt as it would have been charged, had every call before it been sent
   */
  skip(thread: ThreadScratch, k: number, tokens: Float64Array): void {
    const cache = thread.cache[k];
    const read = tokens[bucketIndex.cacheRead];
    const owed = this.#owedByCache.get(cache) ?? this.#open(cache);
    owed.foundTokens = read - lostTokens(owed, read);
    for (let b = 0; b < tokenBucketCount; b++) {
      if (!isSentBeyondCache(b)) continue;
      owed.byBucket[b] += tokens[b];
      owed.tokens += tokens[b];
    }
  }

  /** Moves what a sent call does not find in the cache to what it sends itself. */
  settle(thread: ThreadScratch, k: number, tokens: Float64Array): void {
    const cache = thread.cache[k];
    const owed = this.#owedByCache.get(cache);
    this.#lastSentByCache.set(cache, k);
    if (owed === undefined) return;
    this.#owedByCache.delete(cache);
    const read = tokens[bucketIndex.cacheRead];
    const lost = lostTokens(owed, read);
    if (lost <= 0) return;
    tokens[bucketIndex.cacheRead] = read - lost;
    for (let b = 0; b < tokenBucketCount; b++) {
      if (isSentBeyondCache(b)) tokens[b] += lost * (owed.byBucket[b] / owed.tokens);
    }
  }

  /**
   * Whether the prefix that call k would read went out of use for longer than the time to live since
   * unsent calls no longer renewed it. A pause that the cache outlived when it was measured does not
   * count against it.
   */
  isGone(thread: ThreadScratch, k: number, ttlSec: number): boolean {
    const lastSent = this.#owedByCache.get(thread.cache[k])?.lastSent ?? -1;
    if (lastSent < 0) return false;
    const { gapSec } = thread.set;
    let ageSec = 0;
    for (let j = lastSent + 1; j <= k; j++) ageSec += gapSec[thread.first + j];
    return ageSec > Math.max(ttlSec, gapSec[thread.first + k]);
  }

  #open(cache: number): Owed {
    const owed = {
      foundTokens: Number.POSITIVE_INFINITY,
      tokens: 0,
      byBucket: new Float64Array(tokenBucketCount),
      lastSent: this.#lastSentByCache.get(cache) ?? -1,
    };
    this.#owedByCache.set(cache, owed);
    return owed;
  }
}

/** Of what is read, what unsent calls would have written: never more than they would have sent. */
function lostTokens(owed: Owed, read: number): number {
  return Math.min(owed.tokens, Math.max(0, read - owed.foundTokens));
}

function isSentBeyondCache(bucket: number): boolean {
  const { cacheRead, output, reasoning } = bucketIndex;
  return bucket !== cacheRead && bucket !== output && bucket !== reasoning;
}
