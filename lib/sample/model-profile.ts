/** How a model is named, cached and paced in a generated trace. */
export interface ModelProfile {
  readonly providerName: string;
  readonly requestModel: string;
  readonly responseModel: string;
  /** Shortest prompt that the provider caches; documented per model family. */
  readonly minCachedTokens: number;
  /** Cache reads come in whole blocks: 128 with OpenAI's implicit cache, 1 with explicit ones. */
  readonly cacheBlockTokens: number;
  /** Whether writing to the cache is billed apart and reported. */
  readonly writesCache: boolean;
  readonly timeToFirstTokenSecP50: number;
  readonly outputTokensPerSec: number;
}

/**
 * The models of the generated agents.
 *
 * Pace: 1.5–2.9 s to the first token and 50–74 tokens/s on the large models (TraceLab, arXiv
 * 2606.30560); the small ones are assumed twice as quick. `unlisted` stands for a deployment that
 * no price book knows.
 */
export const sampleModels = {
  sonnet: {
    providerName: 'anthropic',
    requestModel: 'claude-sonnet-4-5',
    responseModel: 'claude-sonnet-4-5-20250929',
    minCachedTokens: 1_024,
    cacheBlockTokens: 1,
    writesCache: true,
    timeToFirstTokenSecP50: 1.9,
    outputTokensPerSec: 52,
  },
  haiku: {
    providerName: 'anthropic',
    requestModel: 'claude-haiku-4-5',
    responseModel: 'claude-haiku-4-5-20251001',
    minCachedTokens: 4_096,
    cacheBlockTokens: 1,
    writesCache: true,
    timeToFirstTokenSecP50: 0.8,
    outputTokensPerSec: 110,
  },
  mini: {
    providerName: 'openai',
    requestModel: 'gpt-5-mini',
    responseModel: 'gpt-5-mini-2025-08-07',
    minCachedTokens: 1_024,
    cacheBlockTokens: 128,
    writesCache: false,
    timeToFirstTokenSecP50: 1.1,
    outputTokensPerSec: 90,
  },
  unlisted: {
    providerName: 'in_house',
    requestModel: 'support-router-preview',
    responseModel: 'support-router-preview',
    minCachedTokens: Number.POSITIVE_INFINITY,
    cacheBlockTokens: 1,
    writesCache: false,
    timeToFirstTokenSecP50: 0.4,
    outputTokensPerSec: 120,
  },
} as const satisfies Record<string, ModelProfile>;
