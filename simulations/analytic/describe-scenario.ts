import {
  brokenByMarks,
  brokenByResource,
  listAssumptions,
} from '@/simulations/analytic/broken-assumptions';
import { describeClasses } from '@/simulations/analytic/describe-classes';
import {
  type ClosedTwin,
  closedCases,
  describeClosed,
} from '@/simulations/analytic/describe-closed';
import {
  type Asking,
  askTogether,
  describeOpen,
  type Together,
} from '@/simulations/analytic/describe-open';
import { namedResources } from '@/simulations/analytic/named-resources';
import { type Solved, unsolved } from '@/simulations/analytic/open-resource';
import { capacityOf } from '@/simulations/analytic/resource-capacity';
import { measureDemand, type ScenarioDemand } from '@/simulations/analytic/scenario-demand';
import type { Resource } from '@/simulations/scenario/resource';
import type { Scenario } from '@/simulations/scenario/scenario';
import type { BrokenAssumption, ResourceTwin, ScenarioTwin } from '@/simulations/scenario-twin';

type Code = BrokenAssumption['code'];

/** What is known of the demand on one resource, or why nothing is. */
interface Told {
  readonly solved: Solved;
  readonly together: Together | null;
  readonly broken: readonly Code[];
}

/**
 * The analytic twin of a scenario: what closed forms say of every resource and class, without
 * simulating.
 *
 * Every number comes with the name of its formula and with the assumptions that the scenario breaks;
 * where there is no closed form, a reason stands in place of numbers. Never throws for a scenario that
 * the schema lets through. Costs well below a millisecond for ordinary scenarios; caches of thousands
 * of keys and large closed networks a few.
 */
export function describeScenario(scenario: Scenario): ScenarioTwin {
  let demand: ScenarioDemand;
  try {
    demand = measureDemand(scenario);
  } catch (error) {
    return describeNothing(scenario, reasonOf(error));
  }
  const askers = namedByClass(scenario);
  const closed = tryClosed(scenario, demand, askers);
  const resources = Object.entries(scenario.resources).map(([name, resource]) => {
    const told = tell(scenario, { name, resource, demand, askers, closed });
    return resourceTwin(scenario, { name, resource, demand, told });
  });
  return { resources, classes: describeClasses(scenario, { demand, closed, resources }) };
}

/** The classes that name each resource. */
function namedByClass(scenario: Scenario): Map<string, string[]> {
  const askers = new Map<string, string[]>();
  for (const [className, one] of Object.entries(scenario.classes)) {
    for (const name of namedResources(scenario, one)) {
      askers.set(name, [...(askers.get(name) ?? []), className]);
    }
  }
  return askers;
}

/** A sentence for numbers outside of what a formula takes. */
function reasonOf(error: unknown): string {
  if (!(error instanceof RangeError)) throw error;
  return `Outside of what the closed form takes: ${error.message}`;
}

function tryClosed(
  scenario: Scenario,
  demand: ScenarioDemand,
  askers: ReadonlyMap<string, readonly string[]>,
): ClosedTwin {
  const cases = closedCases(scenario, demand.classes);
  const isOpen = (name: string) => scenario.classes[name].arrivals.kind !== 'closed';
  const shared = new Set([...askers].flatMap(([name, by]) => (by.some(isOpen) ? [name] : [])));
  try {
    return describeClosed(scenario, cases, shared);
  } catch (error) {
    return { cases, stations: [], solution: null, reason: reasonOf(error) };
  }
}

interface Subject {
  readonly name: string;
  readonly resource: Resource;
  readonly demand: ScenarioDemand;
  readonly askers: ReadonlyMap<string, readonly string[]>;
  readonly closed: ClosedTwin;
}

function tell(scenario: Scenario, subject: Subject): Told {
  const { name, resource, demand, askers } = subject;
  const nothing = (reason: string): Told => ({
    solved: unsolved(reason),
    together: null,
    broken: [],
  });
  const by = demand.classes.filter((one) => askers.get(name)?.includes(one.name) === true);
  if (by.length === 0) return nothing('No class asks for it.');
  const why = by
    .map((one) => one.lostReason ?? one.unknown.get(name))
    .find((reason) => reason !== undefined && reason !== null);
  if (why !== undefined && why !== null) return nothing(why);
  const isClosed = by.map((one) => scenario.classes[one.name].arrivals.kind === 'closed');
  if (isClosed.includes(true)) {
    return isClosed.includes(false)
      ? nothing('Open and closed classes meet at it.')
      : tellClosed(
          subject,
          by.map((one) => one.name),
        );
  }
  const askings = by.flatMap((one): Asking[] => {
    const asked = one.byResource.get(name);
    return asked === undefined || one.ratePerSec === null
      ? []
      : [{ demand: one, ratePerSec: one.ratePerSec, asked }];
  });
  if (by.some(({ ratePerSec }) => ratePerSec === null)) {
    return nothing('Its sessions come in one burst, and have no rate.');
  }
  if (askings.length === 0) return nothing('No session gets so far as to ask for it.');
  try {
    return describeOpen(scenario, resource, askings);
  } catch (error) {
    return nothing(reasonOf(error));
  }
}

function tellClosed(subject: Subject, by: readonly string[]): Told {
  const { name, resource, closed } = subject;
  const { solution } = closed;
  if (solution === null) {
    const reason = closed.reason ?? 'The closed loop has no closed form here.';
    return { solved: unsolved(reason), together: null, broken: [] };
  }
  const askings = closed.cases.flatMap(({ demand }, k): Asking[] => {
    const asked = demand.byResource.get(name);
    return asked === undefined || !by.includes(demand.name)
      ? []
      : [{ demand, asked, ratePerSec: solution.throughputPerSec[k] }];
  });
  const together = askTogether(askings);
  const broken: Code[] = [];
  if (!solution.isExact) broken.push('approximate_method');
  if (closed.stations.length > 0 && !together.isExponential) broken.push('service_not_exponential');
  if (askings.some(({ asked }) => asked.serviceTimeSec !== askings[0].asked.serviceTimeSec)) {
    broken.push('service_differs_by_class');
  }
  if (resource.kind === 'pool' && resource.acquireTimeoutSec !== undefined) broken.push('timeouts');
  if (resource.kind === 'provider' && resource.quotas !== undefined) broken.push('admission_rules');
  const at = closed.stations.indexOf(name);
  const capacity = capacityOf(resource);
  const slots = typeof capacity === 'string' ? Number.POSITIVE_INFINITY : capacity.slots;
  const inUseMean =
    at < 0 ? together.requestsPerSec * together.serviceTimeSec : solution.inUseByStation[at];
  const waitingMean = at < 0 ? 0 : solution.waitingByStation[at];
  const solved: Solved = {
    ...unsolved(''),
    reason: null,
    method: solution.method,
    inUseMean,
    utilization: slots === Number.POSITIVE_INFINITY ? null : inUseMean / slots,
    waitSecMean: waitingMean / together.requestsPerSec,
    refusedShare: 0,
    waitingMean,
  };
  return { solved, together, broken };
}

interface Finished {
  readonly name: string;
  readonly resource: Resource;
  readonly demand: ScenarioDemand;
  readonly told: Told;
}

function resourceTwin(
  scenario: Scenario,
  { name, resource, demand, told }: Finished,
): ResourceTwin {
  const { solved, together } = told;
  const codes = new Set<Code>(told.broken);
  for (const code of brokenByResource(scenario, name, resource)) codes.add(code);
  for (const { byResource } of demand.classes) {
    const marks = byResource.get(name)?.marks ?? new Set();
    for (const code of brokenByMarks(marks, solved.refusedShare ?? 0)) codes.add(code);
  }
  const known = (value: number | null | undefined) =>
    value === null || value === undefined || !Number.isFinite(value) ? null : value;
  const slots = slotsOf(resource);
  const byClass = solved.waitSecMeanByClass;
  return {
    name,
    kind: resource.kind,
    slots: known(slots),
    ...solved,
    inUseMean: known(solved.inUseMean),
    utilization: known(solved.utilization),
    waitSecMean: known(solved.waitSecMean),
    waitSecP95: known(solved.waitSecP95),
    waitSecMeanByClass:
      byClass === null
        ? null
        : Object.fromEntries(Object.entries(byClass).map(([key, sec]) => [key, known(sec)])),
    refusedShare: known(solved.refusedShare),
    waitingMean: known(solved.waitingMean),
    missShare: resource.kind === 'cache' ? known(demand.missShares.get(name)) : null,
    requestsPerSec: known(together?.requestsPerSec),
    serviceTimeSec: known(together?.serviceTimeSec),
    serviceTimeScv: known(together?.serviceTimeScv),
    offeredLoadErlangs: known(
      together === null ? null : together.requestsPerSec * together.serviceTimeSec,
    ),
    brokenAssumptions: listAssumptions(codes),
  };
}

/** Slots of a resource; null where it has none, or its preset does not say. */
function slotsOf(resource: Resource): number | null {
  try {
    const capacity = capacityOf(resource);
    return typeof capacity === 'string' ? null : capacity.slots;
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

function describeNothing(scenario: Scenario, reason: string): ScenarioTwin {
  const told: Told = { solved: unsolved(reason), together: null, broken: [] };
  const demand: ScenarioDemand = { classes: [], missShares: new Map() };
  return {
    resources: Object.entries(scenario.resources).map(([name, resource]) =>
      resourceTwin(scenario, { name, resource, demand, told }),
    ),
    classes: Object.entries(scenario.classes).map(([name, { arrivals }]) => ({
      name,
      kind: arrivals.kind === 'closed' ? 'closed' : 'open',
      startedPerSec: null,
      throughputBoundPerSec: null,
      bottleneck: null,
      kneeAgents: null,
      unloadedSec: null,
      responseSecMean: null,
      reason,
    })),
  };
}
