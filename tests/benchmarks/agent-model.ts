import { compileScenario } from '@/simulations/compile/compile-scenario';
import { createKernel, startLoad } from '@/simulations/engine/create-kernel';
import { Scenario } from '@/simulations/scenario/scenario';

const sessions = 100_000;
const quarters = 4;

/** How the full agent model ran: events per second of processor time, and memory at each quarter. */
export interface AgentModelRun {
  readonly events: number;
  readonly eventsPerSec: number;
  /** Heap and array buffers after each quarter of the run, in bytes, after a collection if there can be one. */
  readonly memoryBytes: readonly number[];
  readonly succeeded: number;
}

/** Requests of agents: people think, models answer in a geometric number of steps, tools are called. */
const scenario = Scenario.parse({
  plimsoll: 1,
  name: 'Agent model',
  horizonSec: 10_000,
  resources: {
    llm: {
      kind: 'provider',
      concurrency: 40_000,
      baseSec: 1.5,
      decodeSecPerToken: 0.02,
      slowdownPerInFlight: 1e-6,
      quotas: [
        { measure: 'requests', perMinute: 600_000 },
        { measure: 'inputTokens', perMinute: 3e9 },
        { measure: 'outputTokens', perMinute: 3e8, admission: 'none' },
      ],
    },
    database: { kind: 'pool', slots: 30_000 },
    tools: { kind: 'pool', slots: 'unlimited' },
  },
  classes: {
    agents: {
      arrivals: {
        kind: 'closed',
        agents: sessions,
        restSec: { law: 'lognormal', median: 86, sigma: 2.08 },
      },
      program: [
        {
          turn: [
            { acquire: 'database' },
            {
              repeat: { law: 'geometric', mean: 8.8 },
              steps: [
                {
                  attempt: 'model',
                  timeoutSec: 120,
                  retry: { attempts: 3, backoff: { baseSec: 0.5, capSec: 8, jitter: 'full' } },
                  steps: [
                    {
                      model: 'llm',
                      promptTokens: { law: 'lognormal', median: 8_000, sigma: 1 },
                      cachedTokens: 6_000,
                      outputTokens: { law: 'exponential', mean: 200 },
                    },
                  ],
                },
                {
                  choose: [
                    {
                      weight: 0.61,
                      steps: [{ use: 'tools', forSec: { law: 'exponential', mean: 0.3 } }],
                    },
                    {
                      weight: 0.27,
                      steps: [{ use: 'tools', forSec: { law: 'exponential', mean: 4 } }],
                    },
                    {
                      weight: 0.12,
                      steps: [
                        { use: 'tools', forSec: { law: 'pareto', min: 10, shape: 1.3, max: 600 } },
                      ],
                    },
                  ],
                },
                { use: 'database', forSec: { law: 'exponential', mean: 0.02 } },
              ],
            },
          ],
        },
      ],
    },
  },
});

function usedBytes(): number {
  globalThis.gc?.();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

/**
 * Plays the full agent model with 100,000 sessions pending.
 *
 * @param simulatedSec how long; the longer the steadier
 */
export function playAgentModel(simulatedSec: number): AgentModelRun {
  const kernel = createKernel(compileScenario(scenario), 1, 0);
  startLoad(kernel);
  kernel.advanceTo(simulatedSec / 10, Number.POSITIVE_INFINITY); // compiles the code under test
  const eventsBefore = kernel.eventCount;
  const memoryBytes: number[] = [];
  let microseconds = 0;
  for (let quarter = 1; quarter <= quarters; quarter++) {
    const before = process.cpuUsage();
    const untilSec = (simulatedSec * (0.4 + quarter * 3.6)) / (0.4 + quarters * 3.6);
    kernel.advanceTo(untilSec, Number.POSITIVE_INFINITY);
    const { user, system } = process.cpuUsage(before);
    microseconds += user + system;
    memoryBytes.push(usedBytes());
  }
  const events = kernel.eventCount - eventsBefore;
  const { succeeded } = kernel.sessions.statistics[0];
  return { events, eventsPerSec: (events / microseconds) * 1e6, memoryBytes, succeeded };
}
