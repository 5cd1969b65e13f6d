import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { playProvider } from './play-provider';

describe('conservation', () => {
  const tokens = fc.constantFrom(0, 10, 700, { law: 'lognormal', mean: 900, cv: 1 } as const);
  const quota = fc.record(
    {
      measure: fc.constantFrom('requests', 'inputTokens', 'outputTokens', 'tokens'),
      perMinute: fc.constantFrom(600, 20_000, 400_000),
      weights: fc.record({ cacheRead: fc.constantFrom(0, 1), output: fc.constantFrom(0, 1, 5) }),
      admission: fc.constantFrom('actual', 'maxTokens', 'largerOfBoth', 'none'),
      settle: fc.constantFrom('refundUnused', 'chargeAtEnd', 'never'),
      failedCallsCount: fc.boolean(),
    },
    { requiredKeys: ['measure', 'perMinute'] },
  );
  const provider = fc.record(
    {
      quotas: fc.array(quota, { maxLength: 4 }),
      concurrency: fc.constantFrom(1, 5),
      overloadAt: fc.constantFrom(3, 8),
      onLimit: fc.constantFrom('refuse', 'wait'),
      errorRate: fc.constantFrom(0.2),
      baseSec: fc.constant({ law: 'exponential', mean: 1 } as const),
      decodeSecPerToken: fc.constant(0.01),
      slowdownPerInFlight: fc.constant(0.1),
    },
    { requiredKeys: ['quotas'] },
  );

  test.each([true, false])(
    'every call ends once, and tokens spent are billed; patient: %s',
    (isPatient) => {
      fc.assert(
        fc.property(
          fc.record({
            provider,
            prompt: tokens,
            cached: tokens,
            output: tokens,
            seed: fc.nat(1e6),
          }),
          ({ provider, prompt, cached, output, seed }) => {
            const step = {
              model: 'llm',
              promptTokens: prompt,
              cachedTokens: cached,
              outputTokens: output,
              maxTokens: 2_000,
            };
            const impatient = {
              attempt: 'call',
              steps: [step],
              timeoutSec: { law: 'exponential', mean: 5 },
              retry: { attempts: 2, delaySec: 1 },
            };
            const result = playProvider({
              provider,
              seed,
              arrivals: { kind: 'poisson', ratePerSec: 3 },
              program: [isPatient ? step : impatient],
              faults: [
                { atSec: 30, forSec: 5, resource: 'llm', outage: true },
                { atSec: 50, forSec: 20, resource: 'llm', quotaFactor: 0.2, latencyFactor: 2 },
              ],
              horizonSec: 100,
            });
            const { counter } = result;
            // The impatient also leave the line, and calls that were about to fail.
            const ended = counter('callsBilled') + result.failed;
            if (isPatient) expect(ended + result.unfinished).toBe(result.requests);
            else expect(ended).toBeLessThanOrEqual(result.requests);
            expect(counter('callsBilled')).toBeLessThanOrEqual(counter('callsAdmitted'));
            const billed =
              counter('freshTokens') +
              counter('cacheReadTokens') +
              counter('cacheWriteTokens') +
              counter('outputTokens');
            expect(result.session('spentTokens')).toBe(billed);
            expect(result.session('unpricedTokens')).toBe(billed);
          },
        ),
        { numRuns: 40 },
      );
    },
  );

  test('what is reserved is what is used and what comes back, once all calls are over', () => {
    const result = playProvider({
      provider: {
        baseSec: { law: 'exponential', mean: 2 },
        decodeSecPerToken: 0.001,
        quotas: [{ measure: 'tokens', perMinute: 1e6, admission: 'maxTokens' }],
      },
      call: {
        promptTokens: { law: 'lognormal', mean: 1_000, cv: 1 },
        outputTokens: { law: 'lognormal', mean: 300, cv: 1 },
        maxTokens: 4_000,
      },
      arrivals: { kind: 'recorded', atSec: Array.from({ length: 200 }, (_, i) => i / 2) },
    });
    expect(result.session('succeeded')).toBe(200);
    const used = result.counter('charged.tokens') - result.counter('settledBack.tokens');
    expect(used).toBe(result.session('spentTokens'));
  });
});
