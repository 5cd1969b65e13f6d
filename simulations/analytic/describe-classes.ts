import type { ClosedCase, ClosedTwin } from '@/simulations/analytic/describe-closed';
import { boundClosedLoop } from '@/simulations/analytic/operational-bounds';
import { processorSharingResponseSec } from '@/simulations/analytic/processor-sharing';
import type { ClassDemand, ScenarioDemand } from '@/simulations/analytic/scenario-demand';
import type { Scenario } from '@/simulations/scenario/scenario';
import type { ClassTwin, ResourceTwin } from '@/simulations/scenario-twin';

interface Known {
  readonly demand: ScenarioDemand;
  readonly closed: ClosedTwin;
  readonly resources: readonly ResourceTwin[];
}

/** Throughput bound and mean response of every class, where they follow from the resources. */
export function describeClasses(scenario: Scenario, known: Known): ClassTwin[] {
  return known.demand.classes.map((demand) => {
    const at = known.closed.cases.findIndex((one) => one.demand.name === demand.name);
    return at < 0 ? describeOpenClass(scenario, demand, known) : describeLoop(demand, at, known);
  });
}

function finite(value: number | null): number | null {
  return value === null || !Number.isFinite(value) ? null : value;
}

function describeOpenClass(scenario: Scenario, demand: ClassDemand, known: Known): ClassTwin {
  const { ratePerSec } = demand;
  let bound: number | null = null;
  let bottleneck: string | null = null;
  for (const [name] of demand.byResource) {
    const load = loadOf(scenario, name, known);
    if (load === null || ratePerSec === null || !(load > 0)) continue;
    if (bound !== null && ratePerSec / load >= bound) continue;
    bound = ratePerSec / load;
    bottleneck = name;
  }
  const isKnown = demand.lostReason === null && demand.unknown.size === 0;
  const response = responseOf(demand, known);
  return {
    name: demand.name,
    kind: 'open',
    startedPerSec: finite(ratePerSec),
    throughputBoundPerSec: isKnown ? bound : null,
    bottleneck: isKnown ? bottleneck : null,
    kneeAgents: null,
    unloadedSec: demand.canFail ? null : finite(demand.sessionSec),
    ...response,
  };
}

/** Share of what a resource can give that is asked for; null where that has no limit or is not known. */
function loadOf(scenario: Scenario, name: string, { resources }: Known): number | null {
  const resource = scenario.resources[name];
  const twin = resources.find((one) => one.name === name);
  if (twin === undefined || twin.requestsPerSec === null) return null;
  if (resource.kind === 'limiter') return twin.requestsPerSec / resource.ratePerSec;
  if (twin.slots === null || twin.offeredLoadErlangs === null) return null;
  return twin.offeredLoadErlangs / twin.slots;
}

type Response = Pick<ClassTwin, 'responseSecMean' | 'reason'>;

/** Session without waiting, and the mean waits that it meets. */
function responseOf(demand: ClassDemand, { resources }: Known): Response {
  const none = (reason: string): Response => ({ responseSecMean: null, reason });
  if (demand.lostReason !== null) return none(demand.lostReason);
  if (demand.canFail)
    return none('Some of its sessions fail, and those that do not differ from them.');
  if (!Number.isFinite(demand.sessionSec)) {
    return none(demand.timeReason ?? 'The mean time of a session is not finite.');
  }
  let responseSecMean = demand.sessionSec;
  for (const [name, asked] of demand.byResource) {
    const twin = resources.find((one) => one.name === name);
    if (twin === undefined || twin.kind === 'cache' || asked.marks.has('apart')) continue;
    if (asked.marks.has('forks')) return none('It waits in several branches at once.');
    if ((twin.refusedShare ?? 0) > 0) return none(`Some of its requests are refused at ${name}.`);
    const waitSec = extraSec(twin, demand.name);
    if (waitSec === null) return none(`The wait at ${name} is not known.`);
    responseSecMean += asked.visitsPerSession * waitSec;
  }
  return { responseSecMean, reason: null };
}

/** Mean time at a resource beyond the service. */
function extraSec(twin: ResourceTwin, className: string): number | null {
  if (twin.waitSecMeanByClass !== null) return twin.waitSecMeanByClass[className] ?? null;
  const { serviceTimeSec, requestsPerSec } = twin;
  if (
    twin.method === 'M/G/1 processor sharing' &&
    serviceTimeSec !== null &&
    requestsPerSec !== null
  ) {
    const responseSec = processorSharingResponseSec({
      arrivalRatePerSec: requestsPerSec,
      serviceTimeSec,
    });
    return responseSec === null ? null : responseSec - serviceTimeSec;
  }
  return twin.waitSecMean;
}

function describeLoop(demand: ClassDemand, at: number, { closed, resources }: Known): ClassTwin {
  const { solution, reason } = closed;
  const throughputPerSec = solution === null ? null : solution.throughputPerSec[at];
  const one = closed.cases[at];
  const canTell = throughputPerSec !== null && !demand.canFail;
  return {
    name: demand.name,
    kind: 'closed',
    startedPerSec: finite(throughputPerSec),
    ...boundsOf(one, resources),
    unloadedSec: demand.canFail ? null : finite(demand.sessionSec),
    responseSecMean: canTell ? finite(one.agents / throughputPerSec - one.restSec) : null,
    reason: canTell
      ? null
      : (reason ?? 'Some of its sessions fail, and those that do not differ from them.'),
  };
}

/** Operational bounds of one class alone, which hold for any laws of the times. */
function boundsOf(
  { demand, agents, restSec }: ClosedCase,
  resources: readonly ResourceTwin[],
): Pick<ClassTwin, 'throughputBoundPerSec' | 'bottleneck' | 'kneeAgents'> {
  const none = { throughputBoundPerSec: null, bottleneck: null, kneeAgents: null };
  const { lostReason, unknown, sessionSec } = demand;
  if (lostReason !== null || unknown.size > 0 || !Number.isFinite(sessionSec)) return none;
  const names: string[] = [];
  const stations: { demandSec: number; servers: number }[] = [];
  for (const [name, { visitsPerSession, serviceTimeSec, marks }] of demand.byResource) {
    const slots = resources.find((twin) => twin.name === name)?.slots ?? null;
    if (slots === null || marks.has('apart') || marks.has('forks')) continue;
    names.push(name);
    stations.push({ demandSec: visitsPerSession * serviceTimeSec, servers: slots });
  }
  const busySec = stations.reduce((sum, { demandSec }) => sum + demandSec, 0);
  const thinkTimeSec = Math.max(0, restSec + sessionSec - busySec);
  if (thinkTimeSec + busySec === 0) return none;
  const bounds = boundClosedLoop({ customers: agents, thinkTimeSec, stations });
  return {
    throughputBoundPerSec: finite(bounds.throughputPerSecMax),
    bottleneck: bounds.bottleneck === null ? null : names[bounds.bottleneck],
    kneeAgents: finite(bounds.kneeCustomers),
  };
}
