import type { PricedPart } from '../unit-prices';
import type { ServiceTier } from './price-tier';

/** A whole-number ratio, so that what it makes of a price is exact. */
export type Ratio = readonly [numerator: number, denominator: number];

/** Prices that the base lacks, as multiples of the standard price of the same model. */
export interface SupplementRule {
  readonly providerIds: readonly string[]; // of the base
  readonly modelIds: readonly string[]; //    of the base; a `*` at an end matches anything there
  readonly tiers: readonly ServiceTier[];
  /** Part by part: which standard price, times what. Parts left out stay at the standard price. */
  readonly parts: Partial<Record<PricedPart, { readonly of: PricedPart; readonly times: Ratio }>>;
  /** Only for calls whose model name tells one of these regions. */
  readonly regions?: readonly ('us' | 'eu' | 'other')[];
  readonly url: string;
}

const all = (...times: Ratio): SupplementRule['parts'] => ({
  input: { of: 'input', times },
  cacheRead: { of: 'cacheRead', times },
  cacheWrite5m: { of: 'cacheWrite5m', times },
  cacheWrite1h: { of: 'cacheWrite1h', times },
  output: { of: 'output', times },
  reasoning: { of: 'reasoning', times },
});

/** Where only the prices of fresh input and of output are published. */
const inputAndOutput = (...times: Ratio): SupplementRule['parts'] => ({
  input: { of: 'input', times },
  output: { of: 'output', times },
  reasoning: { of: 'reasoning', times },
});

const anthropic = 'https://docs.claude.com/en/docs/about-claude/pricing';
const openai = 'https://platform.openai.com/docs/pricing';
const google = 'https://ai.google.dev/gemini-api/docs/pricing';
const vertex = 'https://cloud.google.com/vertex-ai/generative-ai/pricing';
const azure = 'https://azure.microsoft.com/pricing/details/cognitive-services/openai-service/';

/** Claude models, as every cloud that sells them names them. */
const claude = ['*claude*'];

const cacheRules: readonly SupplementRule[] = [
  {
    providerIds: ['anthropic', 'aws', 'google', 'azure', 'openrouter'],
    modelIds: claude,
    tiers: ['standard'],
    parts: { cacheWrite1h: { of: 'input', times: [2, 1] } },
    url: anthropic,
  },
];

const batchRules: readonly SupplementRule[] = [
  {
    providerIds: ['anthropic'],
    modelIds: claude,
    tiers: ['batch'],
    parts: all(1, 2),
    url: anthropic,
  },
  {
    providerIds: ['google'],
    modelIds: ['*claude*opus-4-1*', '*claude-4-opus*', '*claude-sonnet-4-5*'],
    tiers: ['batch'],
    parts: inputAndOutput(1, 2),
    url: vertex,
  },
  {
    providerIds: ['openai'],
    modelIds: [
      ...['gpt-4.1', 'gpt-4.1-mini', 'gpt-4.1-nano', 'gpt-4o', 'gpt-4o-2024-05-13', 'gpt-4o-mini'],
      ...['gpt-5-pro', 'gpt-5.4', 'gpt-5.4-pro', 'gpt-5.4-mini', 'gpt-5.4-nano', 'gpt-5.5'],
      ...['gpt-5.5-pro', 'gpt-5.6-sol', 'gpt-5.6-terra', 'gpt-5.6-luna', 'o1-pro', 'o3-pro'],
      ...['o3-deep-research', 'o4-mini-deep-research', 'gpt-4o-search-preview'],
      ...['o1', 'o3', 'o3-mini', 'o4-mini', 'gpt-5.2-pro'],
    ],
    tiers: ['batch'],
    parts: inputAndOutput(1, 2),
    url: openai,
  },
  {
    // Of these the page has a cached price for batches as well.
    providerIds: ['openai'],
    modelIds: ['gpt-5', 'gpt-5-mini', 'gpt-5-nano', 'gpt-5.1', 'gpt-5.2'],
    tiers: ['batch'],
    parts: all(1, 2),
    url: openai,
  },
  {
    providerIds: ['azure'],
    modelIds: ['gpt-4.1', 'gpt-4.1-mini', 'gpt-4.1-nano', 'o1-mini', 'o3-mini'],
    tiers: ['batch'],
    parts: inputAndOutput(1, 2),
    url: azure,
  },
  {
    providerIds: ['google'],
    modelIds: [
      ...['gemini-3-pro-preview*', 'gemini-3.1-pro-preview*', 'gemini-3.1-flash-lite'],
      ...['gemini-3.5-flash-lite', 'gemini-3.6-flash'],
    ],
    tiers: ['batch'],
    parts: inputAndOutput(1, 2),
    url: google,
  },
];

const flexRules: readonly SupplementRule[] = [
  {
    providerIds: ['openai'],
    modelIds: ['gpt-5.4'],
    tiers: ['flex'],
    parts: { ...all(1, 2), cacheRead: { of: 'cacheRead', times: [13, 25] } },
    url: openai,
  },
  {
    providerIds: ['openai'],
    modelIds: [
      ...['gpt-5', 'gpt-5-mini', 'gpt-5-nano', 'gpt-5.1', 'gpt-5.2', 'gpt-5.4-mini'],
      ...['gpt-5.4-nano', 'gpt-5.4-pro', 'gpt-5.5', 'gpt-5.5-pro', 'gpt-5.6-sol'],
      ...['gpt-5.6-terra', 'gpt-5.6-luna', 'o3', 'o4-mini'],
    ],
    tiers: ['flex'],
    parts: all(1, 2),
    url: openai,
  },
  {
    providerIds: ['google'],
    modelIds: ['gemini-3.1-flash-lite', 'gemini-3.6-flash'],
    tiers: ['flex'],
    parts: all(1, 2),
    url: google,
  },
  {
    providerIds: ['google'],
    modelIds: ['gemini-3.5-flash-lite'],
    tiers: ['flex'],
    parts: { ...all(1, 2), cacheRead: { of: 'cacheRead', times: [2, 3] } },
    url: google,
  },
];

const priorityRule = (modelIds: readonly string[], ...times: Ratio): SupplementRule => ({
  providerIds: ['openai'],
  modelIds,
  tiers: ['priority', 'fast'],
  parts: all(...times),
  url: openai,
});

// gpt-5.5 is left out: of two books one has twice the standard price, one two and a half times.
const priorityRules: readonly SupplementRule[] = [
  priorityRule(
    [
      ...['gpt-4.1-nano', 'gpt-5', 'gpt-5.1', 'gpt-5.2', 'gpt-5.3', 'gpt-5.3-codex', 'gpt-5.4'],
      ...['gpt-5.4-mini', 'gpt-5.6-sol', 'gpt-5.6-terra', 'gpt-5.6-luna'],
    ],
    2,
    1,
  ),
  priorityRule(['gpt-4.1', 'gpt-4.1-mini', 'o3', 'gpt-4o-2024-05-13'], 7, 4),
  priorityRule(['gpt-4o'], 17, 10),
  priorityRule(['gpt-4o-mini'], 5, 3),
  priorityRule(['gpt-5-mini', 'gpt-5.1-codex-mini'], 9, 5),
  priorityRule(['o4-mini'], 20, 11),
  {
    providerIds: ['google'],
    modelIds: [
      ...['gemini-3-pro-preview*', 'gemini-3.1-pro-preview*', 'gemini-3.1-flash-lite'],
      ...['gemini-3-flash-preview', 'gemini-3.5-flash', 'gemini-3.6-flash'],
    ],
    tiers: ['priority'],
    parts: all(9, 5),
    url: google,
  },
  {
    providerIds: ['google'],
    modelIds: ['gemini-3.5-flash-lite'],
    tiers: ['priority'],
    parts: { ...all(9, 5), cacheRead: { of: 'cacheRead', times: [5, 3] } },
    url: google,
  },
  {
    providerIds: ['anthropic'],
    modelIds: ['claude-opus-4-6', 'claude-opus-4-7'],
    tiers: ['fast'],
    parts: all(6, 1),
    url: anthropic,
  },
  {
    providerIds: ['anthropic'],
    modelIds: ['claude-opus-4-8', 'claude-opus-5'],
    tiers: ['fast'],
    parts: all(2, 1),
    url: anthropic,
  },
];

/** Uplifts for calls that have to stay in a region; they come on top of any tier. */
const regionRules: readonly SupplementRule[] = [
  {
    providerIds: ['openai', 'azure'],
    modelIds: ['gpt-5.4*', 'gpt-5.5*', 'gpt-5.6*'],
    tiers: [],
    parts: all(11, 10),
    regions: ['us', 'eu'],
    url: openai,
  },
  {
    providerIds: ['azure'],
    modelIds: ['gpt-4o', 'gpt-4o-mini', 'gpt-4.1', 'gpt-4.1-mini'],
    tiers: [],
    parts: all(11, 10),
    regions: ['us', 'eu'],
    url: azure,
  },
  {
    providerIds: ['google'],
    modelIds: ['claude-sonnet-4-5', 'claude-haiku-4-5', 'claude-opus-4-5', 'claude-*-4-6'],
    tiers: [],
    parts: all(11, 10),
    regions: ['us', 'eu', 'other'],
    url: vertex,
  },
];

/**
 * What the base does not have: writes to a cache of an hour, service tiers and regional uplifts.
 *
 * Facts as LiteLLM's price list had them on that day, checked against the vendors' rules: Anthropic
 * sells an hour at twice the input price and batches at half of every price; OpenAI and Google sell
 * batch and flex at half. Batches of the GPT-5 and o families are as OpenAI's own page lists them.
 */
export const supplement = {
  name: 'Plimsoll supplement',
  date: '2026-08-01',
  rules: [...cacheRules, ...batchRules, ...flexRules, ...priorityRules],
  regionRules,
} as const;
