const readOn = '2026-11-21';

/** What a retry preset gives. */
export interface RetryRules {
  readonly attempts: number | 'unlimited';
  readonly backoff: {
    readonly baseSec: number;
    readonly factor: number;
    readonly capSec: number;
    readonly jitter: 'none' | 'full' | 'downward';
  };
  readonly on?: readonly string[]; // left out: as where no preset is named
}

/** min(0.5 · 2ⁿ, 8) s less up to a quarter; two retries. */
const llmSdk = {
  readOn,
  readings: [
    'Retried are 408, 409, 429, 5xx and connection errors.',
    'Two retries are the default of max_retries.',
    'retry-after is honoured below 60 s in the library; here it always is.',
  ],
  retry: {
    attempts: 3,
    backoff: { baseSec: 0.5, factor: 2, capSec: 8, jitter: 'downward' },
    on: ['rate_limited', 'overloaded', 'outage', 'error', 'timeout'],
  },
} as const;

/**
 * How client libraries and a workflow engine retry when nobody says otherwise, by the name that
 * `retry: {preset: …}` calls them. Dated data: libraries change.
 */
export const retryPresets = {
  'anthropic-sdk': { source: 'Anthropic TypeScript SDK, client source', ...llmSdk },
  'openai-sdk': { source: 'OpenAI TypeScript SDK, client source', ...llmSdk },
  'aws-standard': {
    readOn,
    source: 'AWS SDK for JavaScript, retry constants of its source',
    readings: [
      'Full jitter from 0.1 s, at most 20 s; after throttling the library begins at 0.5 s, here it does not.',
      'Its retry quota is 500 tokens, of which a retry costs 5 and a call that needs none brings 1: as a retry budget {ratio: 0.2, burst: 100}, which a scenario adds by name.',
    ],
    retry: {
      attempts: 3,
      backoff: { baseSec: 0.1, factor: 2, capSec: 20, jitter: 'full' },
    },
  },
  temporal: {
    readOn,
    source: 'Temporal documentation, Retry policies',
    readings: ['The longest delay is 100 times the first.', 'There is no limit to the attempts.'],
    retry: {
      attempts: 'unlimited',
      backoff: { baseSec: 1, factor: 2, capSec: 100, jitter: 'none' },
    },
  },
} as const;

type RetryPresetName = keyof typeof retryPresets;

/** Names of the retry presets. */
export const retryPresetNames = Object.keys(retryPresets) as [
  RetryPresetName,
  ...RetryPresetName[],
];
