import type { ThreadScratch } from './thread-scratch';

/**
 * Splits the prompt of each call into what is read from a cache, written to it and sent fresh.
 *
 * Called for the calls of a thread in their order, those that a policy adds included; a call that is
 * not sent is left out.
 */
export interface CacheModel {
  /** A thread begins. */
  begin(thread: ThreadScratch): void;
  /** Fills the prompt's buckets of `tokens` for call k. */
  splitCall(thread: ThreadScratch, k: number, tokens: Float64Array): void;
  /** The same for the summarising call that is added before call k. */
  splitSummary(thread: ThreadScratch, k: number, tokens: Float64Array): void;
}
