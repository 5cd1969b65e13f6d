import { type ClosedSolution, solveClosedClasses } from '@/simulations/analytic/closed-classes';
import { lawMoments } from '@/simulations/analytic/law-moments';
import { capacityOf } from '@/simulations/analytic/resource-capacity';
import type { ClassDemand } from '@/simulations/analytic/scenario-demand';
import type { Scenario } from '@/simulations/scenario/scenario';

/** A closed class as its demands make it. */
export interface ClosedCase {
  readonly demand: ClassDemand;
  readonly agents: number;
  readonly restSec: number;
}

/** All closed classes of a scenario, solved together. */
export interface ClosedTwin {
  readonly cases: readonly ClosedCase[];
  readonly stations: readonly string[]; // resources at which agents may queue
  readonly solution: ClosedSolution | null;
  readonly reason: string | null; //       why there is no solution
}

/** Lists the closed classes of a scenario. */
export function closedCases(scenario: Scenario, classes: readonly ClassDemand[]): ClosedCase[] {
  return classes.flatMap((demand) => {
    const { arrivals } = scenario.classes[demand.name];
    if (arrivals.kind !== 'closed') return [];
    const restSec = arrivals.restSec === undefined ? 0 : lawMoments(arrivals.restSec).mean;
    return [{ demand, agents: arrivals.agents, restSec }];
  });
}

/**
 * Solves the closed classes of a scenario as a product-form network.
 *
 * @param shared resources that open classes ask for too
 */
export function describeClosed(
  scenario: Scenario,
  cases: readonly ClosedCase[],
  shared: ReadonlySet<string>,
): ClosedTwin {
  const stations: string[] = [];
  const servers: number[] = [];
  const refuse = (reason: string): ClosedTwin => ({ cases, stations, solution: null, reason });
  for (const { demand } of cases) {
    const [unknown] = demand.unknown.values();
    const why = demand.lostReason ?? unknown;
    if (why !== undefined) return refuse(why);
    if (!Number.isFinite(demand.sessionSec)) {
      return refuse(demand.timeReason ?? 'The mean time of a session is not finite.');
    }
    for (const [name, { marks, serviceTimeSec }] of demand.byResource) {
      const capacity = capacityOf(scenario.resources[name]);
      if (scenario.resources[name].kind === 'cache') continue;
      if (typeof capacity === 'string') return refuse(capacity);
      if (shared.has(name)) return refuse(`Open and closed classes meet at ${name}.`);
      if (marks.has('forks')) return refuse('Agents ask for several things at once.');
      if (marks.has('apart')) return refuse('Agents leave work behind and go on.');
      if (capacity.slots === Number.POSITIVE_INFINITY || serviceTimeSec === 0) continue;
      if (marks.has('waits')) return refuse(`${name} is held while its holder queues elsewhere.`);
      const isOrderly = ['fifo', 'lifo', 'random'].includes(capacity.discipline);
      const isShared = capacity.discipline === 'sharing' && capacity.slots === 1;
      if (!isOrderly && !isShared) return refuse('Priorities of agents have no closed form here.');
      if (capacity.maxWaiting !== Number.POSITIVE_INFINITY) {
        return refuse('A closed loop that is refused has no closed form here.');
      }
      if (stations.includes(name)) continue;
      stations.push(name);
      servers.push(capacity.slots);
    }
  }
  return { cases, stations, reason: null, solution: solve(cases, stations, servers) };
}

function solve(
  cases: readonly ClosedCase[],
  stations: readonly string[],
  servers: readonly number[],
): ClosedSolution | null {
  const classes = cases.map(({ demand, agents, restSec }) => {
    const asked = stations.map((name) => demand.byResource.get(name));
    const visitsByStation = asked.map((one) => one?.visitsPerSession ?? 0);
    const demandSecByStation = asked.map((one) =>
      one === undefined ? 0 : one.visitsPerSession * one.serviceTimeSec,
    );
    const busySec = demandSecByStation.reduce((sum, sec) => sum + sec, 0);
    const thinkTimeSec = Math.max(0, restSec + demand.sessionSec - busySec);
    return { customers: agents, thinkTimeSec, demandSecByStation, visitsByStation };
  });
  if (stations.length > 0) return solveClosedClasses(classes, servers);
  return {
    method: 'agents without waiting',
    isExact: true,
    throughputPerSec: classes.map(({ customers, thinkTimeSec }) => customers / thinkTimeSec),
    responseSec: cases.map(({ demand }) => demand.sessionSec),
    inUseByStation: [],
    waitingByStation: [],
  };
}
