import type { PolicyOf } from './policy-of';

/** How one vendor's prompt cache works, as its documentation tells. */
export interface CacheRules {
  readonly providerId: string; //       as the price book names it
  readonly modelId: RegExp; //          models for which it holds; the first of a vendor that fits does
  readonly modes: readonly PolicyOf<'caching'>['mode'][];
  readonly minimumPrefixTokens: number;
  readonly blockTokens: number;
  readonly url: string;
  readonly readOn: string; //           YYYY-MM-DD
}

const anthropicUrl = 'https://platform.claude.com/docs/en/build-with-claude/prompt-caching';
const explicit = ['none', 'explicit_5m', 'explicit_1h'] as const;
const implicit = ['none', 'implicit'] as const;
const readOn = '2026-11-21';

/**
 * Rules of prompt caches by vendor and model.
 *
 * Where a vendor tells no block size, one is a token. OpenAI clears prefixes after 5 to 10 minutes
 * without use and Google after some minutes: five are counted for both.
 */
const cacheRules: readonly CacheRules[] = [
  {
    providerId: 'anthropic',
    modelId: /haiku-4-5|opus-4-[56]/,
    modes: explicit,
    minimumPrefixTokens: 4_096,
    blockTokens: 1,
    url: anthropicUrl,
    readOn,
  },
  {
    providerId: 'anthropic',
    modelId: /3-5-haiku|3-haiku/,
    modes: explicit,
    minimumPrefixTokens: 2_048,
    blockTokens: 1,
    url: anthropicUrl,
    readOn,
  },
  {
    providerId: 'anthropic',
    modelId: /./,
    modes: explicit,
    minimumPrefixTokens: 1_024,
    blockTokens: 1,
    url: anthropicUrl,
    readOn,
  },
  {
    providerId: 'openai',
    modelId: /./,
    modes: implicit,
    minimumPrefixTokens: 1_024,
    blockTokens: 128,
    url: 'https://developers.openai.com/api/docs/guides/prompt-caching',
    readOn,
  },
  {
    providerId: 'azure',
    modelId: /./,
    modes: implicit,
    minimumPrefixTokens: 1_024,
    blockTokens: 128,
    url: 'https://learn.microsoft.com/en-us/azure/ai-foundry/openai/how-to/prompt-caching',
    readOn,
  },
  {
    providerId: 'deepseek',
    modelId: /./,
    modes: implicit,
    minimumPrefixTokens: 64,
    blockTokens: 64,
    url: 'https://api-docs.deepseek.com/guides/kv_cache',
    readOn,
  },
  {
    providerId: 'google',
    modelId: /2\.5-pro/,
    modes: implicit,
    minimumPrefixTokens: 2_048,
    blockTokens: 1,
    url: 'https://ai.google.dev/gemini-api/docs/caching',
    readOn,
  },
  {
    providerId: 'google',
    modelId: /./,
    modes: implicit,
    minimumPrefixTokens: 1_024,
    blockTokens: 1,
    url: 'https://ai.google.dev/gemini-api/docs/caching',
    readOn,
  },
];

/** The rules for a model; null where no vendor's documentation was read for it. */
export function findCacheRules(providerId: string, modelId: string): CacheRules | null {
  const found = cacheRules.find(
    (rules) => rules.providerId === providerId && rules.modelId.test(modelId),
  );
  return found ?? null;
}

/**
 * A caching policy where the vendor is not known: by the rules of the one that offers the mode to
 * most models, OpenAI for implicit and Anthropic for explicit caching.
 */
export function usualCaching(mode: PolicyOf<'caching'>['mode']): PolicyOf<'caching'> {
  const providerId = mode === 'implicit' ? 'openai' : 'anthropic';
  const rules = cacheRules.findLast((one) => one.providerId === providerId);
  return {
    kind: 'caching',
    mode,
    minimumPrefixTokens: rules?.minimumPrefixTokens ?? 0,
    blockTokens: rules?.blockTokens ?? 1,
  };
}
