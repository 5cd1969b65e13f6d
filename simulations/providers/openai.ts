import type { ProviderPreset, VendorRules } from './provider-preset';

const rules: VendorRules = {
  vendor: 'OpenAI',
  readOn: '2026-11-21',
  source: 'OpenAI platform documentation, Rate limits',
  facts: [
    'Limits are requests and tokens a minute and a day, by organisation and project.',
    'A request counts as the maximum of max_tokens and the tokens estimated from its characters.',
    'Requests that fail count towards the limit too.',
    'Tiers of October 2026: Build (from $5), Launch ($100), Grow ($500).',
  ],
  readings: [
    'Buckets hold one minute of quota and refill continuously.',
    'The estimate is the prompt, exactly.',
    'A call that sets no max_tokens is taken to ask for what it produces.',
    'Nothing is said of settling at the end: what was charged at the start stays.',
    'Whether cached input is excluded is not stated: it counts in full.',
    'A refused request takes what is left of one request, so callers that go on are not shut out for good.',
    'Daily limits are left out: the figures are not among those read.',
  ],
};

const tiers = [
  { tier: 'build', requests: 5_000, tokens: 1_000_000 },
  { tier: 'launch', requests: 10_000, tokens: 4_000_000 },
  { tier: 'grow', requests: 15_000, tokens: 40_000_000 },
];

/** OpenAI: GPT-6.1 Sol by tier. */
export const openaiPresets: readonly ProviderPreset[] = tiers.map(({ tier, requests, tokens }) => ({
  ...rules,
  name: `openai/${tier}/gpt-6.1-sol`,
  figuresOf: '2026-10',
  quotas: [
    { measure: 'requests', perMinute: requests, failedCallsCount: true },
    { measure: 'tokens', perMinute: tokens, admission: 'largerOfBoth' },
  ],
  fields: {},
}));
