import type { LoadPoint, PoolOutcome, SessionOutcomes, SimulationRun } from '../simulation-run';
import { estimate, positiveRange, shareRange } from './estimate';
import { isOverloaded, mostWaitsPend } from './is-overloaded';
import { binsPerWindow, cuttableWindows, type ReplicationResult } from './replication-result';
import { SampleSketch } from './sample-sketch';
import { averagePaths, findWarmUpPoints } from './warm-up';

/** What the replications of one load say, but for the closed form. */
export interface LoadSummary {
  readonly point: Omit<LoadPoint, 'analytic'>;
  readonly outcomes: SessionOutcomes;
  readonly warmUpSec: number;
}

/** Steady-state measures of one replication; NaN where there was nothing to measure. */
interface SteadyMeasures {
  readonly utilization: number;
  readonly slotsInUseP99: number;
  readonly shareOfTimeAbove95: number;
  readonly waitingMean: number;
  readonly throughputPerSec: number;
  readonly timeoutShare: number;
  readonly pendingWaitShare: number;
  readonly turnsLeftOutShare: number;
  readonly waitSec: SampleSketch;
  readonly turnSec: SampleSketch;
}

/**
 * Windows to leave out as warm-up: MSER-5 on the pool's demand averaged over the replications,
 * rounded up to whole windows, so at most half of the horizon.
 */
function findWarmUpWindows(results: readonly ReplicationResult[]): number {
  const bins = Math.min(...results.map((result) => result.completedBins));
  const demand = results.map(({ waitingMean, slotsInUseMean }) =>
    waitingMean.map((waiting, i) => waiting + slotsInUseMean[i]),
  );
  const cut = findWarmUpPoints(averagePaths(demand, bins));
  return Math.min(Math.ceil(cut / binsPerWindow), cuttableWindows);
}

/** Measures a replication over its windows from `cut` on; what is pending at its end counts in. */
function measure(result: ReplicationResult, cut: number, slots: number): SteadyMeasures {
  const windows = result.windows.slice(Math.min(cut, result.windows.length - 1));
  const timeSec = new Float64Array(slots + 1);
  const waitSec = new SampleSketch();
  const turnSec = new SampleSketch();
  let durationSec = 0;
  let waitingIntegralSec = 0;
  let timeouts = 0;
  let failedTurns = 0;
  for (const window of windows) {
    durationSec += window.durationSec;
    waitingIntegralSec += window.waitingIntegralSec;
    timeouts += window.timeouts;
    failedTurns += window.failedTurns;
    waitSec.merge(window.waitSec);
    turnSec.merge(window.turnSec);
    const { firstSlotsInUse, timeSecBySlotsInUse } = window;
    for (let i = 0; i < timeSecBySlotsInUse.length; i++) {
      timeSec[firstSlotsInUse + i] += timeSecBySlotsInUse[i];
    }
  }
  const endedWaits = waitSec.count;
  waitSec.merge(result.pendingWaitSec);
  const turnsLeftOut = failedTurns + result.unfinishedTurns;
  return {
    ...measureSlots(timeSec, durationSec),
    waitingMean: waitingIntegralSec / durationSec,
    throughputPerSec: (endedWaits - timeouts) / durationSec,
    timeoutShare: timeouts / endedWaits,
    pendingWaitShare: result.pendingWaitSec.count / waitSec.count,
    turnsLeftOutShare: turnsLeftOut / (turnSec.count + turnsLeftOut),
    waitSec,
    turnSec,
  };
}

/** Reads utilisation and its tail off the time spent at each number of slots in use. */
function measureSlots(timeSec: Float64Array, durationSec: number) {
  const slots = timeSec.length - 1;
  let integralSec = 0;
  let aboveSec = 0;
  let slotsInUseP99 = -1;
  let belowSec = 0;
  for (let inUse = 0; inUse <= slots; inUse++) {
    integralSec += inUse * timeSec[inUse];
    if (inUse >= 0.95 * slots) aboveSec += timeSec[inUse];
    belowSec += timeSec[inUse];
    if (slotsInUseP99 < 0 && belowSec >= 0.99 * durationSec) slotsInUseP99 = inUse;
  }
  return {
    utilization: integralSec / (slots * durationSec),
    slotsInUseP99: slotsInUseP99 < 0 ? slots : slotsInUseP99,
    shareOfTimeAbove95: aboveSec / durationSec,
  };
}

function summarizePool(measures: readonly SteadyMeasures[]): PoolOutcome {
  const wait = (probability: number) =>
    estimate(
      measures.map(({ waitSec }) => waitSec.quantile(probability)),
      positiveRange,
    );
  const of = (pick: (measure: SteadyMeasures) => number, range = positiveRange) =>
    estimate(measures.map(pick), range);
  return {
    utilization: of((m) => m.utilization, shareRange),
    slotsInUseP99: of((m) => m.slotsInUseP99),
    waitSecMean: of((m) => m.waitSec.mean),
    waitSecP50: wait(0.5),
    waitSecP95: wait(0.95),
    waitSecP99: wait(0.99),
    waitingMean: of((m) => m.waitingMean),
    throughputPerSec: of((m) => m.throughputPerSec),
    timeoutShare: of((m) => m.timeoutShare, shareRange),
    shareOfTimeAbove95: of((m) => m.shareOfTimeAbove95, shareRange),
  };
}

/**
 * Sums up the replications of one load: means over replications with t-intervals, after the warm-up.
 *
 * @param results replications of one load, at least one
 * @param slots slots of the pool they ran on
 */
export function summarizeReplications(
  results: readonly ReplicationResult[],
  slots: number,
): LoadSummary {
  const cut = findWarmUpWindows(results);
  const measures = results.map((result) => measure(result, cut, slots));
  const turn = (probability: number) =>
    estimate(
      measures.map(({ turnSec }) => turnSec.quantile(probability)),
      positiveRange,
    );
  const pendingWaitShare = estimate(
    measures.map((m) => m.pendingWaitShare),
    shareRange,
  );
  const turnsLeftOutShare = estimate(
    measures.map((m) => m.turnsLeftOutShare),
    shareRange,
  );
  const simulatedSec = Math.min(...results.map((result) => result.simulatedSec));
  return {
    point: {
      agents: Math.max(1, Math.round(results[0].agents)),
      pool: summarizePool(measures),
      turnSecP50: turn(0.5),
      turnSecP95: turn(0.95),
      turnSecP99: turn(0.99),
      turnsLeftOutShare,
      pendingWaitShare,
      isOverloaded: isOverloaded(results, slots) || mostWaitsPend(pendingWaitShare),
      simulatedSec,
    },
    outcomes: sumOutcomes(results),
    warmUpSec: (cut * simulatedSec) / (2 * cuttableWindows),
  };
}

function sumOutcomes(results: readonly ReplicationResult[]): SessionOutcomes {
  const total = { started: 0, completed: 0, failedAcquireTimeout: 0, unfinishedAtHorizon: 0 };
  for (const { sessions } of results) {
    total.started += sessions.started;
    total.completed += sessions.completed;
    total.failedAcquireTimeout += sessions.failedAcquireTimeout;
    total.unfinishedAtHorizon += sessions.unfinishedAtHorizon;
  }
  return total;
}

/** Steps of waiting agents and slots in use over time, at the ends of the bins of one replication. */
export function tracePool(result: ReplicationResult): SimulationRun['queueLengthPath'] {
  const { completedBins, simulatedSec, waitingAtEnd, slotsInUseAtEnd } = result;
  return Array.from({ length: completedBins }, (_, bin) => ({
    timeSec: (simulatedSec * (bin + 1)) / completedBins,
    waiting: waitingAtEnd[bin],
    slotsInUse: slotsInUseAtEnd[bin],
  }));
}
