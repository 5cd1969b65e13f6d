import { findEndStates } from '../analysis/find-end-states';
import type { CompiledScenario } from '../engine/compiled-scenario';
import type { ClassOutcome } from '../scenario-outcome';
import type { Estimate } from '../simulation-run';
import type { ClassWindow } from './class-statistics';
import { estimate, positiveRange, shareRange } from './estimate';
import { estimateShare, estimateTimes } from './estimate-times';
import {
  classWindows,
  levelQuantile,
  mergeLevels,
  mergeSketches,
  sumLists,
  sumOver,
} from './replication-windows';
import type { ScenarioReplication } from './scenario-replication';

function measure(windows: readonly ClassWindow[]) {
  const durationSec = sumOver(windows, (w) => w.durationSec);
  const failures = sumLists(windows, (w) => w.failuresByCause);
  const inProgressMean = sumOver(windows, (w) => w.inProgressIntegralSec) / durationSec;
  const squaredSec = sumOver(windows, (w) => w.inProgressSquaredIntegralSec);
  return {
    durationSec,
    failures,
    failed: failures.reduce((sum, count) => sum + count, 0),
    inProgressMean,
    inProgressVariance: squaredSec / durationSec - inProgressMean ** 2,
    levels: mergeLevels(windows, (w) => ({
      first: w.firstInProgress,
      timeSec: w.timeSecByInProgress,
    })),
    started: sumOver(windows, (w) => w.started),
    succeeded: sumOver(windows, (w) => w.succeeded),
    inTime: sumOver(windows, (w) => w.inTime),
    responseSec: mergeSketches(windows, (w) => [w.responseSec]),
    turnSec: mergeSketches(windows, (w) => [w.turnSec]),
    failedTurns: sumOver(windows, (w) => w.failedTurns),
    spentUsd: sumOver(windows, (w) => w.spentUsd),
    wastedUsd: sumOver(windows, (w) => w.wastedUsd),
    spentTokens: sumOver(windows, (w) => w.spentTokens),
    wastedTokens: sumOver(windows, (w) => w.wastedTokens),
    unpricedTokens: sumOver(windows, (w) => w.unpricedTokens),
    staleDecisions: sumOver(windows, (w) => w.staleDecisions),
  };
}

type Measures = ReturnType<typeof measure>;

/** Share of spend; NaN where nothing was spent, which is no share of 0. */
const shareOf = (part: number, whole: number) => (whole > 0 ? part / whole : Number.NaN);

/** Whether dollars are known: they are not where some of the tokens have no price. */
const isPriced = (m: Measures) => m.spentUsd > 0 && m.unpricedTokens === 0;

/** Sums up the replications of one class of sessions. */
export function summarizeClass(
  compiled: CompiledScenario,
  replications: readonly ScenarioReplication[],
  { index, cut }: { readonly index: number; readonly cut: number },
): ClassOutcome {
  const all = classWindows(replications, index, cut).map(measure);
  const of = (pick: (m: Measures) => number, range = positiveRange) =>
    estimate(all.map(pick), range);
  const perSec = (pick: (m: Measures) => number) => of((m) => pick(m) / m.durationSec);
  const ended = all.map((m) => m.failed + m.succeeded);
  const unfinished = replications.map(({ unfinishedSessions }) => unfinishedSessions[index]);
  const leftOut = all.map((m, i) => m.failedTurns + replications[i].unfinishedTurns[index]);
  return {
    name: compiled.classes[index].name,
    startedPerSec: perSec((m) => m.started),
    succeededPerSec: perSec((m) => m.succeeded),
    goodputPerSec: perSec((m) => m.inTime),
    failureShare: estimateShare(
      all.map((m) => m.failed),
      ended,
    ),
    failuresPerSecByCause: Object.fromEntries(
      compiled.causes
        .map((cause, i): [string, Estimate] => [cause, perSec((m) => m.failures[i])])
        .filter(([, { mean }]) => mean > 0),
    ),
    responseSec: estimateTimes(all.map((m) => m.responseSec)),
    turnSec: estimateTimes(all.map((m) => m.turnSec)),
    turnsLeftOutShare: estimateShare(
      leftOut,
      leftOut.map((count, i) => count + all[i].turnSec.count),
    ),
    inProgressMean: of((m) => m.inProgressMean),
    inProgressVariance: of((m) => m.inProgressVariance),
    inProgressP99: of((m) => levelQuantile(m.levels, 0.99)),
    inProgressP999: of((m) => levelQuantile(m.levels, 0.999)),
    unfinishedAtHorizon: estimate(unfinished, positiveRange),
    unfinishedShare: estimateShare(
      unfinished,
      unfinished.map((count, i) => count + ended[i]),
    ),
    tokensPerSession: of((m) => shareOf(m.spentTokens, m.spentTokens > 0 ? m.succeeded : 0)),
    costUsdPerSession: of((m) => shareOf(m.spentUsd, isPriced(m) ? m.succeeded : 0)),
    wastedTokenShare: of((m) => shareOf(m.wastedTokens, m.spentTokens), shareRange),
    wastedUsdShare: of((m) => shareOf(m.wastedUsd, isPriced(m) ? m.spentUsd : 0), shareRange),
    unpricedTokenShare: of((m) => shareOf(m.unpricedTokens, m.spentTokens), shareRange),
    staleDecisionsPerSec: perSec((m) => m.staleDecisions),
    endStates: findEndStates(replications, index),
  };
}
