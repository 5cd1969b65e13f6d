import type { CompiledScenario } from '../engine/compiled-scenario';
import type { BlockOutcome } from '../scenario-outcome';
import type { Estimate } from '../simulation-run';
import type { BlockWindow } from './block-statistics';
import { estimate, positiveRange } from './estimate';
import { estimateShare, estimateTimes } from './estimate-times';
import { blockWindows, mergeSketches, sumLists, sumOver } from './replication-windows';
import type { ScenarioReplication } from './scenario-replication';

function measure(windows: readonly BlockWindow[]) {
  return {
    durationSec: sumOver(windows, (w) => w.durationSec),
    calls: sumOver(windows, (w) => w.calls),
    attempts: sumOver(windows, (w) => w.attempts),
    succeeded: sumOver(windows, (w) => w.succeeded),
    exhausted: sumOver(windows, (w) => w.exhausted),
    fellBack: sumOver(windows, (w) => w.fellBack),
    failures: sumLists(windows, (w) => w.failuresByCause),
    backingOffSec: sumOver(windows, (w) => w.backingOffIntegralSec),
    callSec: mergeSketches(windows, (w) => [w.callSec]),
    attemptsPerCall: mergeSketches(windows, (w) => [w.attemptsPerCall]),
    cancelled: sumOver(windows, (w) => w.cancelled),
    breakerOpenings: sumOver(windows, (w) => w.breakerOpenings),
    breakerOpenSec: sumOver(windows, (w) => w.breakerOpenSec),
  };
}

type Measures = ReturnType<typeof measure>;

/** Sums up the replications of one attempt block. */
export function summarizeBlock(
  compiled: CompiledScenario,
  replications: readonly ScenarioReplication[],
  { index, cut }: { readonly index: number; readonly cut: number },
): BlockOutcome {
  const all = blockWindows(replications, index, cut).map(measure);
  const of = (pick: (m: Measures) => number) => estimate(all.map(pick), positiveRange);
  const perSec = (pick: (m: Measures) => number) => of((m) => pick(m) / m.durationSec);
  const { name, breaker } = compiled.blocks[index];
  const isGuarded = breaker >= 0;
  return {
    name,
    callsPerSec: perSec((m) => m.calls),
    attemptsPerSec: perSec((m) => m.attempts),
    attemptsPerCall: of((m) => m.attemptsPerCall.mean),
    successShare: estimateShare(
      all.map((m) => m.succeeded),
      all.map((m) => m.succeeded + m.exhausted),
    ),
    exhaustedPerSec: perSec((m) => m.exhausted),
    fellBackPerSec: perSec((m) => m.fellBack),
    failuresPerSecByCause: Object.fromEntries(
      compiled.causes
        .map((cause, i): [string, Estimate] => [cause, perSec((m) => m.failures[i])])
        .filter(([, { mean }]) => mean > 0),
    ),
    backingOffMean: perSec((m) => m.backingOffSec),
    callSec: estimateTimes(all.map((m) => m.callSec)),
    cancelledPerSec: perSec((m) => m.cancelled),
    breakerOpenings: isGuarded ? of((m) => m.breakerOpenings) : null,
    breakerOpenMean: isGuarded ? perSec((m) => m.breakerOpenSec) : null,
  };
}
