import type { ModelProfile } from './model-profile';

/** Token counts of one call as the semantic conventions write them: input includes the cache. */
export interface WrittenUsage {
  readonly inputTokens: number;
  readonly cacheReadTokens: number;
  readonly cacheCreationTokens: number;
  readonly outputTokens: number;
}

/**
 * Lifetime of a cache entry since its last use: the 5 minutes that Anthropic's caching has by
 * default.
 */
const cacheTtlMs = 300_000;

/**
 * What one thread sends with each call: a standing prefix and everything said since.
 *
 * Every call re-sends the whole history; a provider with a prompt cache reads back what it was sent
 * within the last five minutes and writes the rest.
 */
export class PromptHistory {
  readonly #model: ModelProfile;
  readonly #prefixTokens: number;
  #contextTokens: number;
  #cachedTokens = 0;
  #lastUsedMs = Number.NEGATIVE_INFINITY;

  /** @param prefixTokens system prompt and tool definitions, sent with every call */
  constructor(model: ModelProfile, prefixTokens: number) {
    this.#model = model;
    this.#prefixTokens = prefixTokens;
    this.#contextTokens = prefixTokens;
  }

  /** Tokens that the next call would send. */
  get contextTokens(): number {
    return this.#contextTokens;
  }

  /** Adds a message or a tool result to the history. */
  append(tokens: number): void {
    this.#contextTokens += tokens;
  }

  /** Sends the history and adds the reply to it. */
  call(outputTokens: number, atMs: number): WrittenUsage {
    const inputTokens = this.#contextTokens;
    const { cacheBlockTokens, minCachedTokens, writesCache } = this.#model;
    const isWarm = atMs - this.#lastUsedMs <= cacheTtlMs;
    const held = isWarm ? Math.min(this.#cachedTokens, inputTokens) : 0;
    const cacheReadTokens = held - (held % cacheBlockTokens);
    const isCached = inputTokens >= minCachedTokens;
    const cacheCreationTokens = isCached && writesCache ? inputTokens - cacheReadTokens : 0;
    this.#cachedTokens = isCached ? inputTokens : 0;
    this.#lastUsedMs = atMs;
    this.#contextTokens += outputTokens;
    return { inputTokens, cacheReadTokens, cacheCreationTokens, outputTokens };
  }

  /** Replaces the history by a summary; only the prefix is still in the cache. */
  compact(summaryTokens: number): void {
    this.#contextTokens = this.#prefixTokens + summaryTokens;
    this.#cachedTokens = Math.min(this.#cachedTokens, this.#prefixTokens);
  }
}
