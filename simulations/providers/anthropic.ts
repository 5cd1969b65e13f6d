import type { ProviderPreset, QuotaRule, VendorRules } from './provider-preset';

const rules: VendorRules = {
  vendor: 'Anthropic',
  readOn: '2026-11-21',
  source: 'Claude documentation, Rate limits',
  facts: [
    'Limits are requests (RPM), input tokens (ITPM) and output tokens (OTPM) a minute, by model class and organisation.',
    'They are token buckets that refill continuously.',
    'ITPM counts fresh input and cache writes, not cache reads, except for Haiku 3.5: at 80 % cache hits 2 M ITPM act as 10 M.',
    'ITPM is estimated when a request starts and adjusted while it runs.',
    'OTPM counts tokens as they are produced; max_tokens does not matter.',
    'A request over a limit gets 429 with retry-after; so does a sharp ramp (acceleration limit).',
    'Opus 4.x models share one pool, Sonnet 4.x models another; workspaces can have limits below; batches count apart.',
  ],
  readings: [
    'Buckets hold one minute of quota.',
    'The estimate of the input is exact.',
    'Output is charged in one piece when the call ends, which may take the bucket below 0; calls are admitted again when it is back at 0.',
    'Refused requests do not count.',
    'The acceleration limit is left out: no figures are published for it.',
    'retry-after is the time until all three buckets have room.',
  ],
};

function quotas(figures: {
  readonly requests: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
}): readonly QuotaRule[] {
  return [
    { measure: 'requests', perMinute: figures.requests },
    { measure: 'inputTokens', perMinute: figures.inputTokens, weights: { cacheRead: 0 } },
    { measure: 'outputTokens', perMinute: figures.outputTokens, admission: 'none' },
  ];
}

const sonnetTiers = [
  { requests: 50, inputTokens: 30_000, outputTokens: 8_000 },
  { requests: 1_000, inputTokens: 450_000, outputTokens: 90_000 },
  { requests: 2_000, inputTokens: 800_000, outputTokens: 160_000 },
  { requests: 4_000, inputTokens: 2_000_000, outputTokens: 400_000 },
];

/** Anthropic: Sonnet 4.x by tier, and Opus 4.x in tier 1 by a later copy of the page. */
export const anthropicPresets: readonly ProviderPreset[] = [
  ...sonnetTiers.map((figures, i) => ({
    ...rules,
    name: `anthropic/tier-${i + 1}/sonnet-4`,
    figuresOf: '2026-02',
    quotas: quotas(figures),
    fields: {},
  })),
  {
    ...rules,
    name: 'anthropic/tier-1/opus-4',
    figuresOf: null, // a later copy than that of 2026-02
    quotas: quotas({ requests: 50, inputTokens: 500_000, outputTokens: 80_000 }),
    fields: {},
  },
];
