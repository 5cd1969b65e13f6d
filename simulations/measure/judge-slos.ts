import type { Scenario } from '../scenario/scenario';
import type { Slo } from '../scenario/slo';
import type { ClassOutcome, Coverage, SloOutcome, StationOutcome } from '../scenario-outcome';
import type { Estimate } from '../simulation-run';
import type { ObserveTimes } from './observe-times';

const notObserved: Estimate = { mean: 0, interval95: [0, 0], replications: 0 };

function stateSlo(slo: Slo): string {
  const limit = `at most ${slo.atMost}`;
  switch (slo.measure) {
    case 'waitSec':
      return `P${slo.quantile * 100} wait for ${slo.resource} ${limit} s`;
    case 'responseSec':
      return `P${slo.quantile * 100} session time of ${slo.class} ${limit} s`;
    case 'turnSec':
      return `P${slo.quantile * 100} turn time of ${slo.class} ${limit} s`;
    case 'failureShare':
      return `Share of ${slo.class} sessions that fail ${limit}`;
    case 'refusedShare':
      return `Share of requests that fail at ${slo.resource} ${limit}`;
    case 'utilization':
      return `Utilisation of ${slo.resource} ${limit}`;
    case 'costUsdPerSession':
      return `Cost per session of ${slo.class} ${limit} USD`;
    default:
      return slo satisfies never;
  }
}

/** What an objective is about, as observed; not observed where nothing was. */
function observe(
  slo: Slo,
  {
    station,
    sessionClass,
    observeTimes,
  }: {
    readonly station: StationOutcome | undefined;
    readonly sessionClass: ClassOutcome | undefined;
    readonly observeTimes: ObserveTimes;
  },
): Estimate {
  switch (slo.measure) {
    case 'waitSec':
    case 'responseSec':
    case 'turnSec':
      return observeTimes(slo) ?? notObserved;
    case 'failureShare':
      return sessionClass?.failureShare ?? notObserved;
    case 'refusedShare':
      return station?.failedShare ?? notObserved;
    case 'utilization':
      return station?.utilization ?? notObserved;
    case 'costUsdPerSession':
      return sessionClass?.costUsdPerSession ?? notObserved;
    default:
      return slo satisfies never;
  }
}

/** Share left out of a sample and its upper end; what was never left out is not in doubt. */
function bounds(share: Estimate | undefined): readonly [mean: number, high: number] {
  return share === undefined || share.mean === 0 ? [0, 0] : [share.mean, share.interval95[1]];
}

/**
 * Of how much the times of an objective were observed, where more is left out than lies above its
 * quantile: the quantile of all may then be any longer time. Undefined where they are enough.
 */
function findCoverage(
  slo: Slo,
  {
    station,
    sessionClass,
  }: {
    readonly station: StationOutcome | undefined;
    readonly sessionClass: ClassOutcome | undefined;
  },
): Coverage | undefined {
  if (!('quantile' in slo)) return undefined;
  let of: Coverage['of'] = 'waits that were over';
  let [share, least] = bounds(station?.pendingWaitShare).map((leftOut) => 1 - leftOut);
  if (slo.measure === 'turnSec') {
    of = 'turns that ended';
    [share, least] = bounds(sessionClass?.turnsLeftOutShare).map((leftOut) => 1 - leftOut);
  } else if (slo.measure === 'responseSec') {
    of = 'sessions that succeeded';
    const [failed, failedHigh] = bounds(sessionClass?.failureShare);
    const [unfinished, unfinishedHigh] = bounds(sessionClass?.unfinishedShare);
    share = (1 - failed) * (1 - unfinished);
    least = (1 - failedHigh) * (1 - unfinishedHigh);
  }
  return least < slo.quantile ? { of, share } : undefined;
}

/**
 * Judges the objectives of a scenario with 95 % confidence.
 *
 * A wait or time objective on something that is overloaded does not hold, whatever its quantile was
 * up to the horizon: the number would grow with it. Nor is it said to hold where more waits, turns or
 * sessions than lie above its quantile failed or had not ended: they may have taken any longer time.
 *
 * @param observeTimes the very quantile that an objective on times names
 */
export function judgeSlos(
  scenario: Scenario,
  {
    stations,
    classes,
    observeTimes,
  }: {
    readonly stations: readonly StationOutcome[];
    readonly classes: readonly ClassOutcome[];
    readonly observeTimes: ObserveTimes;
  },
): SloOutcome[] {
  return (scenario.slos ?? []).map((slo) => {
    const station = stations.find(({ name }) => 'resource' in slo && name === slo.resource);
    const sessionClass = classes.find(({ name }) => 'class' in slo && name === slo.class);
    const observed = observe(slo, { station, sessionClass, observeTimes });
    const [low, high] = observed.interval95;
    const isOverloaded =
      (slo.measure === 'waitSec' && station?.overload != null) ||
      ((slo.measure === 'responseSec' || slo.measure === 'turnSec') &&
        stations.some(({ overload }) => overload !== null));
    const isObserved = observed.replications > 0;
    const coverage = isObserved ? findCoverage(slo, { station, sessionClass }) : undefined;
    let holds: boolean | null = null;
    if (isOverloaded) holds = false;
    else if (observed.replications >= 2) {
      if (high <= slo.atMost) holds = coverage === undefined ? true : null;
      else if (low > slo.atMost) holds = false;
    }
    const judged = { text: stateSlo(slo), observed, atMost: slo.atMost, holds };
    return coverage === undefined ? judged : { ...judged, coverage };
  });
}
