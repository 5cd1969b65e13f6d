import { describe, expect, test } from 'vitest';
import { runPoolStudy } from '@/simulations/run-pool-study';
import { runScenario } from '@/simulations/run-scenario';
import { Scenario } from '@/simulations/scenario/scenario';
import { closed, scenarioOf, thinkingLoop, workloadOf } from './example-workload';

function observed(program: object, resources: object, agents = 20) {
  return Scenario.parse({
    plimsoll: 1,
    name: 'Observed sessions',
    horizonSec: 2_000,
    replications: 10,
    resources,
    classes: {
      agents: {
        arrivals: { kind: 'closed', agents },
        program: { kind: 'observed', ...program },
      },
    },
  });
}

describe('observed sessions in a scenario', () => {
  test('load a pool as they do in a pool study', () => {
    const scenario = observed(
      { query: 'database', hold: 'turn' },
      { database: { kind: 'pool', slots: 5 } },
    );
    const outcome = runScenario(scenario, { workload: thinkingLoop });
    const study = runPoolStudy(
      thinkingLoop,
      scenarioOf({
        load: closed(20),
        slots: 5,
        pool: { holdingScope: 'turn' },
        horizonSec: 2_000,
      }),
    );
    const [pool] = outcome.resources;
    const [low, high] = study.atLoad.pool.utilization.interval95;
    const spread = high - low + 0.02;
    expect(pool.utilization?.mean).toBeGreaterThan(study.atLoad.pool.utilization.mean - spread);
    expect(pool.utilization?.mean).toBeLessThan(study.atLoad.pool.utilization.mean + spread);
  });

  test('charge a provider with their own tokens, and take the median where a count is missing', () => {
    const base = workloadOf([
      ['turnStart', 0],
      ['modelCall', 2],
      ['modelCall', 3],
      ['think', 5],
    ]);
    const workload = {
      ...base,
      tokens: {
        prompt: Float64Array.of(Number.NaN, 1_000, Number.NaN, Number.NaN),
        cacheRead: Float64Array.of(Number.NaN, 400, Number.NaN, Number.NaN),
        cacheWrite: Float64Array.of(Number.NaN, 0, Number.NaN, Number.NaN),
        output: Float64Array.of(Number.NaN, 50, 70, Number.NaN),
      },
    };
    const scenario = observed({ model: 'provider' }, { provider: { kind: 'provider' } }, 1);
    const outcome = runScenario(scenario, { workload });
    const [agents] = outcome.classes;
    // 1,000 + 50 recorded; 1,000 (the only known prompt) + 70. The session that the end of the run
    // cuts short has spent too, one in two hundred.
    expect(agents.tokensPerSession.mean).toBeGreaterThanOrEqual(2_120);
    expect(agents.tokensPerSession.mean).toBeLessThan(2_120 * 1.01);
    expect(agents.responseSec.mean.mean).toBeCloseTo(10, 1); // recorded durations, no latency given
  });

  test('need sessions to play, and say so', () => {
    const scenario = observed({ query: 'database' }, { database: { kind: 'pool', slots: 5 } });
    expect(() => runScenario(scenario)).toThrow(/no observed sessions/);
  });
});
