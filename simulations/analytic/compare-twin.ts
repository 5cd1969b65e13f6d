import type { ScenarioOutcome } from '@/simulations/scenario-outcome';
import type {
  BrokenAssumption,
  ClassTwin,
  ResourceTwin,
  ScenarioTwin,
  TwinComparison,
} from '@/simulations/scenario-twin';
import type { Estimate } from '@/simulations/simulation-run';

type Quantity = TwinComparison['quantity'];
type Simulated = Pick<ScenarioOutcome, 'resources' | 'classes'>;

const words: Record<Quantity, string> = {
  utilization: 'utilisation',
  inUseMean: 'mean number in use',
  waitSecMean: 'mean wait',
  waitSecP95: 'P95 wait',
  waitingMean: 'mean queue',
  refusedShare: 'refused share',
  overload: 'growth of the queue per second',
  responseSecMean: 'mean response time',
  startedPerSec: 'sessions per second',
};

interface Pair {
  readonly quantity: Quantity;
  readonly closedForm: number | null;
  readonly simulated: Estimate | null;
}

/** Part of a value by which a number may miss an interval of no width, for rounding. */
const rounding = 1e-9;

/** Relative difference that no number shown to three digits lets a person see. */
const shownTo = 1e-3;

/**
 * Holds the closed form of a scenario to what was simulated, quantity by quantity.
 *
 * They agree where the closed form lies in the 95 % interval; of twenty true ones one does not by chance.
 * Where they differ the likely cause is the heaviest broken assumption, in the order of
 * `assumptionCodes`: first what changes the system or its load over time (faults, transients), then what
 * multiplies or prolongs demand (retries, holding while waiting, slowdown), then what cuts it (timeouts,
 * refusals, capacity, admission, breakers), last the laws of arrivals and service, and approximations.
 * Quantities that either side does not know are left out.
 */
export function compareTwin(outcome: Simulated, twin: ScenarioTwin): TwinComparison[] {
  const resources = twin.resources.flatMap((resource) => {
    const simulated = outcome.resources.find(({ name }) => name === resource.name);
    if (simulated === undefined || resource.method === null) return [];
    return comparePairs('resource', resource, {
      pairs: pairsOf(resource, simulated),
      broken: resource.brokenAssumptions,
    });
  });
  const broken = twin.resources.flatMap((resource) => resource.brokenAssumptions);
  const classes = twin.classes.flatMap((one) => {
    const simulated = outcome.classes.find(({ name }) => name === one.name);
    if (simulated === undefined) return [];
    const pairs: Pair[] = [
      {
        quantity: 'responseSecMean',
        closedForm: one.responseSecMean,
        simulated: simulated.responseSec.mean,
      },
      {
        quantity: 'startedPerSec',
        closedForm: one.startedPerSec,
        simulated: simulated.startedPerSec,
      },
    ];
    return comparePairs('class', one, { pairs, broken });
  });
  return [...resources, ...classes];
}

function pairsOf(twin: ResourceTwin, simulated: ScenarioOutcome['resources'][number]): Pair[] {
  // A queue that grows has no steady state: of it only the growth is compared.
  if (twin.overload !== null) {
    const growth = simulated.overload?.growthPerSec ?? null;
    return [
      { quantity: 'overload', closedForm: twin.overload.growthPerSec, simulated: growth },
      { quantity: 'utilization', closedForm: twin.utilization, simulated: simulated.utilization },
    ];
  }
  const isLimiter = twin.kind === 'limiter';
  return [
    {
      quantity: 'utilization',
      closedForm: twin.utilization,
      simulated: isLimiter ? null : simulated.utilization,
    },
    { quantity: 'inUseMean', closedForm: twin.inUseMean, simulated: simulated.inUseMean },
    { quantity: 'waitSecMean', closedForm: twin.waitSecMean, simulated: simulated.waitSec.mean },
    { quantity: 'waitSecP95', closedForm: twin.waitSecP95, simulated: simulated.waitSec.p95 },
    { quantity: 'waitingMean', closedForm: twin.waitingMean, simulated: simulated.waitingMean },
    { quantity: 'refusedShare', closedForm: twin.refusedShare, simulated: simulated.failedShare },
  ];
}

function comparePairs(
  kind: TwinComparison['kind'],
  { name }: ResourceTwin | ClassTwin,
  {
    pairs,
    broken,
  }: { readonly pairs: readonly Pair[]; readonly broken: readonly BrokenAssumption[] },
): TwinComparison[] {
  return pairs.flatMap(({ quantity, closedForm, simulated }) => {
    if (closedForm === null || simulated === null || simulated.replications < 2) return [];
    const { interval95 } = simulated;
    const [low, high] = interval95;
    const slack = Math.max(rounding, shownTo * Math.abs(closedForm));
    const agrees = closedForm >= low - slack && closedForm <= high + slack;
    const [cause = null] = agrees ? [] : broken;
    const sentence = agrees ? null : sentenceOf({ name, quantity, closedForm, simulated, cause });
    return [
      {
        kind,
        name,
        quantity,
        closedForm,
        interval95,
        agrees,
        cause: cause?.code ?? null,
        sentence,
      },
    ];
  });
}

interface Difference {
  readonly name: string;
  readonly quantity: Quantity;
  readonly closedForm: number;
  readonly simulated: Estimate;
  readonly cause: BrokenAssumption | null;
}

/** A value to three digits in the unit of its quantity. */
function numberInUnit(value: number, quantity: Quantity): string {
  const isShare = quantity === 'utilization' || quantity === 'refusedShare';
  const digits = Number((isShare ? 100 * value : value).toPrecision(3));
  if (isShare) return `${digits}\u00a0%`;
  if (quantity.includes('Sec') && quantity !== 'startedPerSec') return `${digits}\u00a0s`;
  return quantity === 'startedPerSec' ? `${digits} a second` : `${digits}`;
}

function sentenceOf({ name, quantity, closedForm, simulated, cause }: Difference): string {
  const number = (value: number) => numberInUnit(value, quantity);
  const where = closedForm > simulated.interval95[1] ? 'above' : 'below';
  const why =
    cause?.text ??
    'No assumption that it makes is known to be broken: chance, or a start-up that was not cut.';
  return `The ${words[quantity]} of ${name} by closed form (${number(closedForm)}) lies ${where} what was simulated (${number(simulated.interval95[0])} to ${number(simulated.interval95[1])}). ${why}`;
}
