import type { Retry, RetryBudget } from '../scenario/policy';

/** How a client library or workflow engine retries when nobody says otherwise. */
export interface RetryPreset {
  readonly name: string;
  readonly readOn: string; // YYYY-MM-DD
  readonly source: string;
  readonly readings: readonly string[]; // what we take it to mean, or fill in
  readonly retry: Retry;
  readonly budget?: RetryBudget; //      that the retry draws on, where there is one
}

const readOn = '2026-11-21';

/** min(0.5 · 2ⁿ, 8) s less up to a quarter; two retries. */
const llmSdk: Omit<RetryPreset, 'name' | 'source'> = {
  readOn,
  readings: [
    'Retried are 408, 409, 429, 5xx and connection errors.',
    'Two retries are the default of max_retries.',
    'retry-after is honoured below 60 s in the library; here it always is.',
  ],
  retry: {
    attempts: 3,
    backoff: { baseSec: 0.5, factor: 2, capSec: 8, jitter: 'downward' },
    honourRetryAfter: true,
    on: ['rate_limited', 'overloaded', 'outage', 'error', 'timeout'],
  },
};

/** Presets of retries, by name. */
export const retryPresets: readonly RetryPreset[] = [
  { name: 'anthropic-sdk', source: 'Anthropic TypeScript SDK, client source', ...llmSdk },
  { name: 'openai-sdk', source: 'OpenAI TypeScript SDK, client source', ...llmSdk },
  {
    name: 'aws-standard',
    readOn,
    source: 'AWS SDK for JavaScript, retry constants of its source',
    readings: [
      'Full jitter from 0.1 s, at most 20 s; after throttling the library begins at 0.5 s, here it does not.',
      'The retry quota is 500 tokens of which a retry costs 5 and a call that needs none brings 1: 100 retries, and a fifth per call.',
      'A call pays in when it starts, not when it has succeeded.',
    ],
    retry: {
      attempts: 3,
      backoff: { baseSec: 0.1, factor: 2, capSec: 20, jitter: 'full' },
      budget: 'aws-standard',
    },
    budget: { ratio: 0.2, burst: 100 },
  },
  {
    name: 'temporal',
    readOn,
    source: 'Temporal documentation, Retry policies',
    readings: ['The longest delay is 100 times the first.', 'There is no limit to the attempts.'],
    retry: {
      attempts: 'unlimited',
      backoff: { baseSec: 1, factor: 2, capSec: 100, jitter: 'none' },
    },
  },
];
