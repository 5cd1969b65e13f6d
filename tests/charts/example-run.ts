import type { Estimate, LoadPoint, SimulationRun } from '@/simulations/simulation-run';

/** An estimate of the given mean with a tenth of it to either side. */
function estimate(mean: number): Estimate {
  return { mean, interval95: [mean * 0.9, mean * 1.1], replications: 20 };
}

/** A load at which the P95 wait is `waitSec`. */
export function loadPoint(agents: number, waitSec: number, utilization: number): LoadPoint {
  return {
    agents,
    pool: {
      utilization: estimate(utilization),
      slotsInUseP99: estimate(utilization * 20),
      waitSecMean: estimate(waitSec / 3),
      waitSecP50: estimate(waitSec / 4),
      waitSecP95: estimate(waitSec),
      waitSecP99: estimate(waitSec * 1.5),
      waitingMean: estimate(waitSec),
      throughputPerSec: estimate(2),
      timeoutShare: estimate(0),
      shareOfTimeAbove95: estimate(0.02),
    },
    turnSecP50: estimate(10),
    turnSecP95: estimate(20),
    turnSecP99: estimate(30),
    isOverloaded: utilization >= 0.99,
    analytic: { utilization, waitSecMean: null },
  };
}

/** A run of a pool of 20 slots that saturates at 100 agents. */
export function exampleRun(changes: Partial<SimulationRun> = {}): SimulationRun {
  const atLoad = loadPoint(80, 0.6, 0.8);
  return {
    scenario: {
      load: { kind: 'closed', agents: 80, restSecMean: 0 },
      pool: {
        name: 'Database pool',
        slots: 20,
        holdingScope: 'turn',
        acquireTimeoutSec: 30,
        assumedQuerySec: 0.05,
        assumedQueriesPerTurn: 2,
      },
      thinkTimeFactor: 1,
      horizonSec: 3_600,
      replications: 20,
      seed: 41,
    },
    engineVersion: '1',
    inputHash: 'hash',
    atLoad,
    sweep: [
      loadPoint(160, 30, 1),
      loadPoint(20, 0, 0.2),
      loadPoint(40, 0.01, 0.4),
      atLoad,
      loadPoint(100, 1, 0.95),
      loadPoint(120, 6, 0.99),
      loadPoint(400, 300, 1),
    ],
    saturation: {
      agents: 100,
      interval95: [96, 103],
      rule: 'largest load at which P95 wait ≤ 1 s',
      agentsAtUtilization95: 101,
      agentsAnalytic: 104,
      searchedUpTo: 400,
    },
    outcomes: { started: 100, completed: 90, failedAcquireTimeout: 0, unfinishedAtHorizon: 10 },
    queueLengthPath: [
      { timeSec: 0, waiting: 0, slotsInUse: 0 },
      { timeSec: 100, waiting: 3, slotsInUse: 20 },
      { timeSec: 200, waiting: 1, slotsInUse: 20 },
    ],
    warmUpSec: 300,
    basis: { sessions: 200, databaseSpans: 0, imputedDurations: 0, heldWhileThinkingShare: null },
    ...changes,
  };
}
