import { meanInterval } from '@/lib/stats/student-t';
import type { CompiledScenario } from '../engine/compiled-scenario';
import type { StationOutcome } from '../scenario-outcome';
import type { Estimate } from '../simulation-run';
import { type EstimateRange, estimate, positiveRange, shareRange } from './estimate';
import { estimateShare, estimateTimes } from './estimate-times';
import {
  levelQuantile,
  mergeLevels,
  mergeSketches,
  shareAtLeast,
  stationWindows,
  sumLists,
  sumOver,
} from './replication-windows';
import type { ScenarioReplication } from './scenario-replication';
import type { StationWindow } from './station-statistics';

const anyRange: EstimateRange = { min: -Number.MAX_VALUE, max: Number.MAX_VALUE };

/** What one replication measured at one station, after the warm-up. */
function measure(windows: readonly StationWindow[]) {
  const durationSec = sumOver(windows, (w) => w.durationSec);
  const waitSec = mergeSketches(windows, (w) => w.waitSecByClass);
  const failures = sumLists(windows, (w) => w.failuresByCause);
  const levels = mergeLevels(windows, (w) => ({ first: w.firstInUse, timeSec: w.timeSecByInUse }));
  const inUseSec = sumOver(windows, (w) => w.inUseIntegralSec);
  const waitingSec = sumOver(windows, (w) => w.waitingIntegralSec);
  const inSystemMean = (inUseSec + waitingSec) / durationSec;
  const squaredSec = sumOver(windows, (w) => w.inSystemSquaredIntegralSec);
  return {
    durationSec,
    waitSec,
    waitedCount: waitSec.count - waitSec.zeroCount,
    endedWaits: waitSec.count,
    failures,
    failed: failures.reduce((sum, count) => sum + count, 0),
    levels,
    slotsMean: sumOver(windows, (w) => w.slotsIntegralSec) / durationSec,
    inUseMean: inUseSec / durationSec,
    waitingMean: waitingSec / durationSec,
    inSystemMean,
    inSystemVariance: squaredSec / durationSec - inSystemMean ** 2,
    requests: sumOver(windows, (w) => w.requests),
    counters: sumLists(windows, (w) => w.counters),
  };
}

/** Kinds whose queue is of those who wait for tokens, so that it grows while slots are free. */
const pacedKinds: readonly string[] = ['limiter', 'provider'];

/**
 * Growth of the queue over the second half, per second; null where there is none to speak of.
 *
 * The queue grows from the third quarter to the last with 95 % confidence and by at least 5 %. Slots
 * are full, too; where tokens are waited for, the growth does not slow down instead, as it does on
 * the way to a steady state.
 */
function findOverload(
  replications: readonly ScenarioReplication[],
  index: number,
  { slots, isPaced }: { readonly slots: number; readonly isPaced: boolean },
): StationOutcome['overload'] {
  const bins = Math.min(...replications.map(({ completedBins }) => completedBins));
  const quarter = Math.floor(bins / 4);
  if (quarter === 0 || !(isPaced || Number.isFinite(slots))) return null;
  const growth: number[] = [];
  const growthBefore: number[] = [];
  let last = 0;
  let inUse = 0;
  for (const { stationPaths, simulatedSec, completedBins } of replications) {
    const { waitingMean, inUseMean } = stationPaths[index];
    const quarterSec = (simulatedSec / completedBins) * quarter;
    const [second, third, fourth] = [3, 2, 1].map((back) =>
      meanOf(waitingMean, bins - back * quarter, bins - (back - 1) * quarter),
    );
    growth.push((fourth - third) / quarterSec);
    growthBefore.push((third - second) / quarterSec);
    last += fourth;
    inUse += meanOf(inUseMean, bins - quarter, bins);
  }
  const interval = meanInterval(growth);
  if (interval === null || interval.interval[0] <= 0) return null;
  const [first] = replications;
  const quarterSec = (first.simulatedSec / first.completedBins) * quarter;
  const isLarge = interval.mean * quarterSec >= (0.05 * last) / replications.length;
  const isFull = Number.isFinite(slots) && inUse / replications.length >= 0.98 * slots;
  const isSteady = interval.mean >= 0.75 * meanOf(growthBefore, 0, growthBefore.length);
  if (!isLarge || !(isFull || (isPaced && isSteady))) return null;
  return {
    growthPerSec: estimate(growth, anyRange),
    secondsToOneWaiterPerSlot: Number.isFinite(slots) ? slots / interval.mean : null,
  };
}

function meanOf(path: ArrayLike<number>, from: number, to: number): number {
  let sum = 0;
  for (let i = from; i < to; i++) sum += path[i];
  return sum / (to - from);
}

/** Sums up the replications of one station. */
export function summarizeStation(
  compiled: CompiledScenario,
  replications: readonly ScenarioReplication[],
  {
    index,
    cut,
    counterNames,
  }: {
    readonly index: number;
    readonly cut: number;
    readonly counterNames: readonly string[];
  },
): StationOutcome {
  const windows = stationWindows(replications, index, cut);
  const all = windows.map(measure);
  const of = (pick: (m: (typeof all)[number]) => number, range = positiveRange) =>
    estimate(all.map(pick), range);
  const isLimited = all.every(({ slotsMean }) => Number.isFinite(slotsMean) && slotsMean > 0);
  const slots = isLimited ? all[0].slotsMean : Number.POSITIVE_INFINITY;
  const pending = replications.map(({ pendingWaitSec }) => pendingWaitSec[index]);
  const waits = all.map(({ waitSec }, i) => {
    waitSec.merge(pending[i]);
    return waitSec;
  });
  const rates = (names: readonly string[], pick: (m: (typeof all)[number]) => Float64Array) =>
    Object.fromEntries(
      names
        .map((name, i): [string, Estimate] => [name, of((m) => pick(m)[i] / m.durationSec)])
        .filter(([, { mean }]) => mean > 0),
    );
  const { name, resource } = compiled.stations[index];
  return {
    name,
    kind: resource.kind,
    slots: isLimited ? slots : null,
    utilization: isLimited ? of((m) => m.inUseMean / m.slotsMean, shareRange) : null,
    inUseMean: of((m) => m.inUseMean),
    inUseP99: of((m) => levelQuantile(m.levels, 0.99)),
    waitingMean: of((m) => m.waitingMean),
    inSystemMean: of((m) => m.inSystemMean),
    inSystemVariance: of((m) => m.inSystemVariance),
    waitSec: estimateTimes(waits),
    waitSecByClass: Object.fromEntries(
      compiled.classes.map(({ name: className }, i) => [
        className,
        estimateTimes(windows.map((w) => mergeSketches(w, (window) => [window.waitSecByClass[i]]))),
      ]),
    ),
    waitedShare: estimateShare(
      all.map((m) => m.waitedCount),
      all.map((m) => m.endedWaits),
    ),
    pendingWaitShare: estimateShare(
      pending.map(({ count }) => count),
      waits.map(({ count }) => count),
    ),
    requestsPerSec: of((m) => m.requests / m.durationSec),
    failedShare: estimateShare(
      all.map((m) => Math.min(m.failed, m.requests)),
      all.map((m) => m.requests),
    ),
    failuresPerSecByCause: rates(compiled.causes, (m) => m.failures),
    shareOfTimeAbove80: isLimited
      ? of((m) => shareAtLeast(m.levels, Math.ceil(0.8 * slots)), shareRange)
      : null,
    shareOfTimeAbove95: isLimited
      ? of((m) => shareAtLeast(m.levels, Math.ceil(0.95 * slots)), shareRange)
      : null,
    countersPerSec: rates(counterNames, (m) => m.counters),
    overload: findOverload(replications, index, {
      slots,
      isPaced: pacedKinds.includes(resource.kind),
    }),
  };
}
