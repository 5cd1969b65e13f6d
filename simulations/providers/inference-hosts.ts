import type { ProviderPreset } from './provider-preset';

const readOn = '2026-11-21';
const own = { figuresOf: null, fields: {} } as const;
const minuteBuckets = 'Buckets hold one minute of quota and refill continuously.';
const notSaid = 'Whether refused requests count is not stated: they do not.';
const actualOutput =
  'How output is estimated is not stated: what it will be is charged at the start.';

/** Hosts of open models, of which the rules for cached and reserved tokens were read, not figures. */
export const inferenceHostPresets: readonly ProviderPreset[] = [
  {
    ...own,
    name: 'groq',
    vendor: 'Groq',
    readOn,
    source: 'Groq documentation, Rate limits',
    facts: ['Cached tokens do not count.'],
    readings: [minuteBuckets, actualOutput, notSaid],
    quotas: [
      { measure: 'requests', perMinute: null },
      { measure: 'tokens', perMinute: null, weights: { cacheRead: 0 } },
    ],
  },
  {
    ...own,
    name: 'cerebras',
    vendor: 'Cerebras',
    readOn,
    source: 'Cerebras documentation, Rate limits',
    facts: [
      'Two buckets of tokens: one of uncached tokens, one of all.',
      'The estimated input and max_completion_tokens are charged up front.',
    ],
    readings: [
      minuteBuckets,
      'Both buckets count output; the first quota of tokens is that of uncached ones.',
      'Nothing is said of settling at the end: what was charged at the start stays.',
      notSaid,
    ],
    quotas: [
      { measure: 'requests', perMinute: null },
      {
        measure: 'tokens',
        perMinute: null,
        weights: { cacheRead: 0 },
        admission: 'maxTokens',
        settle: 'never',
      },
      { measure: 'tokens', perMinute: null, admission: 'maxTokens', settle: 'never' },
    ],
  },
  {
    ...own,
    name: 'baseten',
    vendor: 'Baseten',
    readOn,
    source: 'Baseten documentation, Rate limits',
    facts: ['Cached tokens count in full.'],
    readings: [minuteBuckets, actualOutput, notSaid],
    quotas: [
      { measure: 'requests', perMinute: null },
      { measure: 'tokens', perMinute: null },
    ],
  },
  {
    ...own,
    name: 'telnyx',
    vendor: 'Telnyx',
    readOn,
    source: 'Telnyx documentation, Inference rate limits',
    facts: ['All tokens, uncached input and output have a limit each.'],
    readings: [minuteBuckets, actualOutput, notSaid],
    quotas: [
      { measure: 'tokens', perMinute: null },
      { measure: 'inputTokens', perMinute: null, weights: { cacheRead: 0 } },
      { measure: 'outputTokens', perMinute: null },
    ],
  },
];
