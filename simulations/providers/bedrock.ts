import type { ProviderPreset } from './provider-preset';

/** Amazon Bedrock, Claude 3.7 and later. Quotas are the account's own. */
export const bedrockPresets: readonly ProviderPreset[] = [
  {
    name: 'bedrock/claude',
    vendor: 'Amazon Bedrock',
    readOn: '2026-11-21',
    source: 'Amazon Bedrock documentation, Quotas for the runtime endpoint',
    facts: [
      'A request reserves input, cache writes, cache reads and max_tokens when it starts.',
      'It is settled at the end: what was not used comes back, cache reads too.',
      'Output of Claude 3.7 and later counts five times (burndown).',
      'Where max_tokens is not set, 64 k are reserved: about 31 calls at once on 2 M tokens a minute instead of about 1,333.',
      'The mantle endpoint has separate quotas of input and output tokens.',
    ],
    readings: [
      'Buckets hold one minute of quota and refill continuously.',
      'The reservation of max_tokens counts once, the output at the end five times; what is missing then is charged.',
      'The 31 calls are of 500 prompt tokens, the 1,333 of 500 and a max_tokens of 1,000: figures that fit both.',
      'Refused requests do not count.',
      'The mantle endpoint is left out: how it charges is not among what was read.',
    ],
    figuresOf: null,
    quotas: [
      { measure: 'requests', perMinute: null },
      {
        measure: 'tokens',
        perMinute: null,
        weights: { cacheRead: 0, output: 5 },
        admissionWeights: { cacheRead: 1, output: 1 },
        admission: 'maxTokens',
        settle: 'refundUnused',
      },
    ],
    fields: { defaultMaxTokens: 64_000 },
  },
];
