import type { Scenario } from '../scenario/scenario';
import type { Slo } from '../scenario/slo';
import type { ClassOutcome, SloOutcome, StationOutcome } from '../scenario-outcome';
import type { Estimate } from '../simulation-run';
import type { ObserveTimes } from './observe-times';

const notObserved: Estimate = { mean: 0, interval95: [0, 0], replications: 0 };

function stateSlo(slo: Slo): string {
  const limit = `at most ${slo.atMost}`;
  switch (slo.measure) {
    case 'waitSec':
      return `P${slo.quantile * 100} wait for ${slo.resource} ${limit} s`;
    case 'responseSec':
      return `P${slo.quantile * 100} time of a ${slo.class} session ${limit} s`;
    case 'turnSec':
      return `P${slo.quantile * 100} time of a ${slo.class} turn ${limit} s`;
    case 'failureShare':
      return `Share of ${slo.class} sessions that fail ${limit}`;
    case 'refusedShare':
      return `Share of requests that fail at ${slo.resource} ${limit}`;
    case 'utilization':
      return `Utilisation of ${slo.resource} ${limit}`;
    case 'costUsdPerSession':
      return `Cost of a ${slo.class} session ${limit} USD`;
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

/**
 * Judges the objectives of a scenario with 95 % confidence.
 *
 * A wait or time objective on something that is overloaded does not hold, whatever its quantile was
 * up to the horizon: the number would grow with it.
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
    let holds: boolean | null = null;
    if (isOverloaded) holds = false;
    else if (observed.replications >= 2) {
      if (high <= slo.atMost) holds = true;
      else if (low > slo.atMost) holds = false;
    }
    return { text: stateSlo(slo), observed, atMost: slo.atMost, holds };
  });
}
