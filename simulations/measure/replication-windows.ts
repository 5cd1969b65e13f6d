import type { Scenario } from '../scenario/scenario';
import type { BlockWindow } from './block-statistics';
import type { ClassWindow } from './class-statistics';
import { SampleSketch, type SampleSketchState } from './sample-sketch';
import {
  replicationBins,
  replicationWindows,
  type ScenarioReplication,
} from './scenario-replication';
import type { StationWindow } from './station-statistics';
import { averagePaths, findWarmUpPoints } from './warm-up';

const binsPerWindow = replicationBins / (2 * replicationWindows);

/** Kinds of arrivals whose beginning is what is asked about. */
const transientArrivals: readonly string[] = ['recorded', 'burst', 'profile', 'ramp', 'spike'];

/** Whether the scenario asks about something that happens once, so that nothing is to be cut. */
function asksForTransient(scenario: Scenario): boolean {
  return (
    (scenario.faults ?? []).length > 0 ||
    (scenario.probeSec ?? []).length > 0 ||
    Object.values(scenario.classes).some(({ arrivals }) =>
      transientArrivals.includes(arrivals.kind),
    )
  );
}

/**
 * Windows to leave out as warm-up: what the scenario says, else MSER-5 on everything in the system
 * averaged over the replications, rounded up to whole windows, at most half of the horizon. Where a
 * transient is the question nothing is left out.
 */
export function countWarmUpWindows(
  scenario: Scenario,
  replications: readonly ScenarioReplication[],
): number {
  const { warmUp = 'auto', horizonSec } = scenario;
  if (warmUp === 'none') return 0;
  if (typeof warmUp === 'object') {
    const windowSec = horizonSec / (2 * replicationWindows);
    return Math.min(Math.ceil(warmUp.sec / windowSec), replicationWindows);
  }
  if (asksForTransient(scenario)) return 0;
  const bins = Math.min(...replications.map(({ completedBins }) => completedBins));
  const paths = replications.map(({ stationPaths, inProgressPaths }) => {
    const total = new Float64Array(bins);
    for (const { inUseMean, waitingMean } of stationPaths) {
      for (let i = 0; i < bins; i++) total[i] += inUseMean[i] + waitingMean[i];
    }
    for (const path of inProgressPaths) for (let i = 0; i < bins; i++) total[i] += path[i];
    return total;
  });
  const cut = findWarmUpPoints(averagePaths(paths, bins));
  return Math.min(Math.ceil(cut / binsPerWindow), replicationWindows);
}

/** Windows that are left when the first ones are cut; the last one always is. */
function kept<T>(windows: readonly T[], cut: number): readonly T[] {
  return windows.slice(Math.min(cut, windows.length - 1));
}

/** Adds up a number over windows. */
export function sumOver<T>(windows: readonly T[], pick: (window: T) => number): number {
  let sum = 0;
  for (const window of windows) sum += pick(window);
  return sum;
}

/** Adds up lists of numbers over windows, element by element. */
export function sumLists<T>(
  windows: readonly T[],
  pick: (window: T) => Float64Array,
): Float64Array {
  const sums = new Float64Array(pick(windows[0]).length);
  for (const window of windows) {
    const list = pick(window);
    for (let i = 0; i < sums.length; i++) sums[i] += list[i];
  }
  return sums;
}

/** Merges the samples of windows. */
export function mergeSketches<T>(
  windows: readonly T[],
  pick: (window: T) => readonly SampleSketchState[],
): SampleSketch {
  const sketch = new SampleSketch();
  for (const window of windows) for (const state of pick(window)) sketch.merge(state);
  return sketch;
}

/** Time spent at each level over windows, from level 0 on. */
export function mergeLevels<T>(
  windows: readonly T[],
  pick: (window: T) => { readonly first: number; readonly timeSec: Float64Array },
): Float64Array {
  let length = 1;
  for (const window of windows) {
    const { first, timeSec } = pick(window);
    length = Math.max(length, first + timeSec.length);
  }
  const levels = new Float64Array(length);
  for (const window of windows) {
    const { first, timeSec } = pick(window);
    for (let i = 0; i < timeSec.length; i++) levels[first + i] += timeSec[i];
  }
  return levels;
}

/** Smallest level below or at which a share of the time was spent; NaN when no time was. */
export function levelQuantile(levels: Float64Array, probability: number): number {
  const totalSec = levels.reduce((sum, sec) => sum + sec, 0);
  if (totalSec === 0) return Number.NaN;
  let belowSec = 0;
  for (let level = 0; level < levels.length; level++) {
    belowSec += levels[level];
    if (belowSec >= probability * totalSec) return level;
  }
  return levels.length - 1;
}

/** Share of the time spent at or above a level. */
export function shareAtLeast(levels: Float64Array, level: number): number {
  let totalSec = 0;
  let aboveSec = 0;
  for (let i = 0; i < levels.length; i++) {
    totalSec += levels[i];
    if (i >= level) aboveSec += levels[i];
  }
  return aboveSec / totalSec;
}

/** The windows of one class, station or block that count, by replication. */
export function classWindows(
  replications: readonly ScenarioReplication[],
  index: number,
  cut: number,
): readonly (readonly ClassWindow[])[] {
  return replications.map((replication) => kept(replication.classWindows[index], cut));
}

/** See {@link classWindows}. */
export function stationWindows(
  replications: readonly ScenarioReplication[],
  index: number,
  cut: number,
): readonly (readonly StationWindow[])[] {
  return replications.map((replication) => kept(replication.stationWindows[index], cut));
}

/** See {@link classWindows}. */
export function blockWindows(
  replications: readonly ScenarioReplication[],
  index: number,
  cut: number,
): readonly (readonly BlockWindow[])[] {
  return replications.map((replication) => kept(replication.blockWindows[index], cut));
}
