import { callKindCode, type SessionSet } from '../../sessions/session';
import { quantile } from '../../stats/quantile';
import { kaplanMeier } from '../../stats/survival';
import type { Censoring, LengthStep, SessionLengths } from '../growth-model';
import type { GrowthThread } from './list-threads';
import { type GrowthUnit, listUnitEnds } from './list-units';

/** Pauses longer than all but one in a hundred within sessions are not waited for. */
const typicalGapQuantile = 0.99;

/** Steps of a curve that are kept. */
const maxSteps = 300;

/** Sources without a clock count from the start of each session: nothing before 2000 is a date. */
const firstDateMs = Date.UTC(2000, 0, 1);

/** Last moment of a row; its start where it has no end. */
const endOf = (set: SessionSet, row: number) => {
  const { startMs, endMs } = set.calls;
  return Number.isNaN(endMs[row]) ? startMs[row] : endMs[row];
};

/** Pauses between one main-thread call's end and the next one's start, in milliseconds. */
function listGapsMs(set: SessionSet, threads: readonly GrowthThread[]): number[] {
  const gaps: number[] = [];
  for (const { rows } of threads) {
    for (let i = 1; i < rows.length; i++) {
      const gap = set.calls.startMs[rows[i]] - endOf(set, rows[i - 1]);
      if (!Number.isNaN(gap)) gaps.push(Math.max(0, gap));
    }
  }
  return gaps;
}

/** Whether a session's last record is a tool call without an answer, where its tools have any. */
function endsUnanswered(set: SessionSet, session: number): boolean {
  const { calls, firstCall } = set;
  const last = firstCall[session + 1] - 1;
  if (calls.kind[last] !== callKindCode.tool) return false;
  if (calls.hasOutput[last] === 1 || calls.hasError[last] === 1) return false;
  for (let row = firstCall[session]; row < last; row++) {
    if (calls.kind[row] === callKindCode.tool && calls.hasOutput[row] === 1) return true;
  }
  return false;
}

/**
 * Decides which sessions are still open where the data end, so that their length is a lower bound.
 *
 * A session counts as open when its last record ended within the longest typical pause (99th
 * percentile within sessions) of the last timestamp of all, or when it ends in a tool call without
 * an answer. A session without times, or whose times have no date, cannot be judged and counts as
 * ended.
 *
 * @returns one flag per session, 1 = open, and the counts behind it
 */
export function findOpenSessions(
  set: SessionSet,
  threads: readonly GrowthThread[],
): { readonly isOpen: Uint8Array; readonly censoring: Censoring } {
  const sessions = set.sessionIds.length;
  const lastMs = new Float64Array(sessions).fill(Number.NaN);
  let endOfData = Number.NEGATIVE_INFINITY;
  for (let row = 0; row < set.calls.length; row++) {
    const atMs = endOf(set, row);
    if (!(atMs >= firstDateMs)) continue;
    const session = set.calls.session[row];
    if (!(lastMs[session] >= atMs)) lastMs[session] = atMs;
    if (atMs > endOfData) endOfData = atMs;
  }
  const gapMs = quantile(listGapsMs(set, threads), typicalGapQuantile);
  const isOpen = new Uint8Array(sessions);
  const counts = { openAtEnd: 0, unansweredTool: 0, withoutTimes: 0 };
  for (const { session } of threads) {
    if (Number.isNaN(lastMs[session])) counts.withoutTimes++;
    else if (endOfData - lastMs[session] <= gapMs) counts.openAtEnd++;
    else if (endsUnanswered(set, session)) counts.unansweredTool++;
    else continue;
    isOpen[session] = Number.isNaN(lastMs[session]) ? 0 : 1;
  }
  return {
    isOpen,
    censoring: { ...counts, gapSec: Number.isNaN(gapMs) ? null : gapMs / 1_000 },
  };
}

/**
 * Distribution of session length by Kaplan–Meier, in main-thread calls or in turns.
 *
 * @param threads main threads, one per session
 * @param isOpen per session of the set
 * @returns null where no session has the unit
 */
export function measureLengths(
  set: SessionSet,
  threads: readonly GrowthThread[],
  isOpen: Uint8Array,
  unit: GrowthUnit,
): SessionLengths | null {
  const lengths = threads.map((thread) => listUnitEnds(set, thread, unit).length);
  const used = threads.flatMap((_, i) => (lengths[i] > 0 ? [i] : []));
  if (used.length === 0) return null;
  const curve = kaplanMeier(
    used.map((i) => lengths[i]),
    used.map((i) => 1 - isOpen[threads[i].session]),
  );
  return {
    unit,
    sessions: curve.subjects,
    censored: curve.censored,
    median: curve.median,
    steps: thinSteps(
      curve.steps.map(({ time, atRisk, events, censored, survival, interval95 }) => ({
        at: time,
        atRisk,
        events,
        censored,
        survival,
        interval95: interval95 === null ? null : [interval95[0], interval95[1]],
      })),
    ),
  };
}

/** Keeps steps at even places, the last among them; a kept step counts those since the one before. */
function thinSteps(steps: LengthStep[]): LengthStep[] {
  if (steps.length <= maxSteps) return steps;
  const kept: LengthStep[] = [];
  let events = 0;
  let censored = 0;
  let next = 1;
  steps.forEach((step, i) => {
    events += step.events;
    censored += step.censored;
    if (i + 1 < Math.round((next * steps.length) / maxSteps)) return;
    kept.push({ ...step, events, censored });
    events = 0;
    censored = 0;
    next++;
  });
  return kept;
}
