import { afterEach, describe, expect, test } from 'vitest';
import { ScenarioThreads } from '@/lib/jobs/scenario-threads';
import { driveAnalysis, runAnalysis } from '@/simulations/analysis/analysis-plan';
import { sweepLoad } from '@/simulations/analysis/search-load';
import { RunCancelled } from '@/simulations/run-cancelled';
import { runScenario } from '@/simulations/run-scenario';
import { Scenario } from '@/simulations/scenario/scenario';

const scenario = Scenario.parse({
  plimsoll: 1,
  name: 'Two calls under a timeout',
  horizonSec: 300,
  replications: 10,
  resources: { database: { kind: 'pool', slots: 4, acquireTimeoutSec: 2 } },
  classes: {
    agents: {
      arrivals: { kind: 'poisson', ratePerSec: 3 },
      program: [
        {
          attempt: 'query',
          retry: { attempts: 3, delaySec: { law: 'exponential', mean: 0.5 } },
          steps: [{ use: 'database', forSec: { law: 'lognormal', mean: 1, cv: 2 } }],
        },
      ],
    },
  },
  slos: [{ measure: 'waitSec', resource: 'database', quantile: 0.95, atMost: 1 }],
});

let threads: ScenarioThreads | null = null;

afterEach(async () => {
  await threads?.close();
  threads = null;
});

describe('ScenarioThreads', () => {
  test('give the bytes that the calling thread gives', async () => {
    threads = new ScenarioThreads();
    const [outcome] = await threads.runAll([scenario]);
    expect(JSON.stringify(outcome)).toBe(JSON.stringify(runScenario(scenario)));
  });

  test('drive an analysis to the result that the calling thread gives, and tell progress', async () => {
    const progress: number[] = [];
    const running = new ScenarioThreads({ onProgress: (done) => progress.push(done) });
    threads = running;
    const plan = () => sweepLoad(scenario, { values: [0.5, 1] });
    const driven = await driveAnalysis(plan(), (scenarios) => running.runAll(scenarios));
    expect(driven).toEqual(runAnalysis(plan()));
    expect(progress).toEqual(Array.from({ length: 20 }, (_, i) => i + 1));
  });

  test('stop when they are told to', async () => {
    const stop = new AbortController();
    threads = new ScenarioThreads({ signal: stop.signal, onProgress: () => stop.abort() });
    await expect(threads.runAll([scenario, scenario, scenario])).rejects.toThrow(RunCancelled);
  });
});
