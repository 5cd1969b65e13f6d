import { test } from 'vitest';
import { blockingProbability } from '@/simulations/analytic/erlang-b';
import { assertKnownResult, type ScenarioLiteral } from '../assert-known-result';

const exponential = { law: 'exponential', mean: 1 } as const;

function scenario(provider: object, ratePerSec: number, horizonSec: number): ScenarioLiteral {
  return {
    horizonSec,
    resources: { llm: { kind: 'provider', ...provider } },
    classes: {
      agents: {
        arrivals: { kind: 'poisson', ratePerSec },
        program: [{ model: 'llm', promptTokens: 10, outputTokens: 1, durationSec: exponential }],
      },
    },
  } as ScenarioLiteral;
}

test('slots that refuse lose calls by the Erlang B formula', () => {
  assertKnownResult(scenario({ concurrency: 5 }, 4, 4_000), [
    {
      quantity: 'refused',
      value: blockingProbability(5, 4),
      measure: (kept) =>
        kept.station('llm').failures('rate_limited') / kept.station('llm').sum('requests'),
    },
  ]);
});

test('slots that make calls wait are M/M/c: 2 servers at 75 % wait 9/7 of a service', () => {
  assertKnownResult(scenario({ concurrency: 2, onLimit: 'wait' }, 1.5, 10_000), [
    {
      quantity: 'mean wait',
      value: 9 / 7, // ρ²/(1 − ρ²) · S
      measure: (kept) => kept.station('llm').samples('waitSecByClass').mean,
    },
  ]);
});

test('a quota of one request a second without a burst paces calls as M/D/1', () => {
  const quotas = [{ measure: 'requests', perMinute: 60, burst: 1 }];
  assertKnownResult(scenario({ quotas, onLimit: 'wait' }, 0.8, 20_000), [
    {
      quantity: 'mean wait',
      value: 2, // ρ · D / (2 · (1 − ρ))
      measure: (kept) => kept.station('llm').samples('waitSecByClass').mean,
    },
  ]);
});
