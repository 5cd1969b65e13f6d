import type { ThreadScratch } from './thread-scratch';

const maxKept = 16;

/**
 * The prompt that each model last saw of one thread: how much of it the present prompt still begins
 * with, and how long ago it was used.
 *
 * Mutable and without allocation, since it is asked for every call.
 */
export class PrefixCache {
  readonly #ids = new Int32Array(maxKept);
  readonly #prefixTokens = new Float64Array(maxKept);
  readonly #ageSec = new Float64Array(maxKept);
  #kept = 0;
  #reached = -1; // last call up to which time has gone on

  /** Forgets everything: another thread begins. */
  clear(): void {
    this.#kept = 0;
    this.#reached = -1;
  }

  /**
   * Goes on to a prompt of call k, over the calls before it that were not sent.
   *
   * @param sharedTokens what that prompt has in common with the one before it
   */
  advanceTo(thread: ThreadScratch, k: number, sharedTokens: number): void {
    for (let between = this.#reached + 1; between < k; between++) {
      const isEmpty = thread.shared[between] + thread.added[between] === 0;
      this.#share(isEmpty ? Number.POSITIVE_INFINITY : thread.shared[between]);
      this.#wait(thread, between);
    }
    this.#share(sharedTokens);
    if (this.#reached < k) this.#wait(thread, k);
    this.#reached = k;
  }

  /** Notes that a model has seen the whole of the present prompt; beyond 16 models it is forgotten. */
  keep(id: number, promptTokens: number): void {
    let at = this.#find(id);
    if (at < 0) {
      if (this.#kept === maxKept) return;
      at = this.#kept++;
      this.#ids[at] = id;
    }
    this.#prefixTokens[at] = promptTokens;
    this.#ageSec[at] = 0;
  }

  /** Tokens that the present prompt shares with the last one of this model; −1 where it saw none. */
  prefixTokens(id: number): number {
    const at = this.#find(id);
    return at < 0 ? -1 : this.#prefixTokens[at];
  }

  /** Seconds since this model saw its last prompt; NaN unknown. */
  ageSec(id: number): number {
    const at = this.#find(id);
    return at < 0 ? Number.NaN : this.#ageSec[at];
  }

  #share(tokens: number): void {
    for (let i = 0; i < this.#kept; i++) {
      this.#prefixTokens[i] = Math.min(this.#prefixTokens[i], tokens);
    }
  }

  #wait(thread: ThreadScratch, k: number): void {
    if (k === 0) return;
    for (let i = 0; i < this.#kept; i++) this.#ageSec[i] += thread.set.gapSec[thread.first + k];
  }

  #find(id: number): number {
    for (let i = 0; i < this.#kept; i++) if (this.#ids[i] === id) return i;
    return -1;
  }
}
