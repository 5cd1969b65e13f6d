import { describe, expect, test } from 'vitest';
import { runScenario } from '@/simulations/run-scenario';
import { Scenario } from '@/simulations/scenario/scenario';

function runPaced(resource: object, step: object, ratePerSec: number) {
  const { resources, slos } = runScenario(
    Scenario.parse({
      plimsoll: 1,
      name: 'paced',
      horizonSec: 2_000,
      replications: 10,
      resources: { door: resource },
      classes: { agents: { arrivals: { kind: 'poisson', ratePerSec }, program: [step] } },
      slos: [{ measure: 'waitSec', resource: 'door', quantile: 0.95, atMost: 1e6 }],
    }),
  );
  return { overload: resources[0].overload, slo: slos[0] };
}

const paced = [
  [
    'a limiter',
    { kind: 'limiter', ratePerSec: 1, burst: 1, onLimit: 'wait' },
    { use: 'door', forSec: 0 },
  ],
  [
    'a provider with slots to spare',
    {
      kind: 'provider',
      concurrency: 50,
      onLimit: 'wait',
      quotas: [{ measure: 'requests', perMinute: 60, burst: 1 }],
    },
    { model: 'door', promptTokens: 10, outputTokens: 10, durationSec: 1 },
  ],
] as const;

describe('a queue for tokens', () => {
  test.each(paced)(
    'of %s is in overload above their rate, and no wait can be promised',
    (_, resource, step) => {
      const { overload, slo } = runPaced(resource, step, 1.5);
      expect(Math.abs((overload?.growthPerSec.mean ?? 0) - 0.5)).toBeLessThan(0.05);
      expect(slo.holds).toBe(false);
    },
  );

  test.each(paced)('of %s is in none below it', (_, resource, step) => {
    const { overload, slo } = runPaced(resource, step, 0.8);
    expect(overload).toBeNull();
    expect(slo.holds).toBe(true);
  });
});
