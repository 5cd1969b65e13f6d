import { lawMoments } from '../analytic/law-moments';
import type { Arrivals } from '../scenario/arrivals';
import type { Law } from '../scenario/law';
import { profilePoints } from '../scenario/profile-points';
import type { Scenario } from '../scenario/scenario';
import { drawFlow, type FlowNode } from './flow-graph';
import { listPrograms } from './session-programs';

/** What open classes ask of the resources, before any waiting, failure or retry. */
export interface OfferedLoad {
  /** Mean slots in use of each pool, in erlangs, by uses whose service time is stated. */
  readonly erlangs: ReadonlyMap<string, number>;
  /** Uses, calls and messages of each resource per second. */
  readonly requestsPerSec: ReadonlyMap<string, number>;
}

/**
 * Sessions per second that a class starts in the long run.
 *
 * @returns null for closed classes and single bursts, which have no rate of their own
 */
export function arrivalRatePerSec(arrivals: Arrivals, horizonSec: number): number | null {
  switch (arrivals.kind) {
    case 'closed':
    case 'burst':
      return null;
    case 'poisson':
      return arrivals.ratePerSec * meanOr1(arrivals.batch);
    case 'renewal':
      return meanOr1(arrivals.batch) / lawMoments(arrivals.gapSec).mean;
    case 'modulated': {
      const staySec = arrivals.states.reduce((sum, state) => sum + state.staySec, 0);
      return arrivals.states.reduce((sum, one) => sum + one.ratePerSec * one.staySec, 0) / staySec;
    }
    case 'recorded':
      return arrivals.atSec.length / (arrivals.repeatEverySec ?? horizonSec);
    case 'sinusoid':
      return arrivals.meanPerSec;
    case 'ramp':
      return arrivals.toPerSec;
    case 'spike':
      return arrivals.basePerSec;
    case 'profile':
      return profileRatePerSec(arrivals, horizonSec);
    default:
      return arrivals satisfies never;
  }
}

function meanOr1(batch: Law | undefined): number {
  return batch === undefined ? 1 : lawMoments(batch).mean;
}

/** Time average of a profile over its repetition, else over the run. */
function profileRatePerSec(
  profile: Extract<Arrivals, { kind: 'profile' }>,
  horizonSec: number,
): number {
  const endSec = profile.repeatEverySec ?? horizonSec;
  const points = profilePoints(profile);
  let sessions = 0;
  points.forEach((point, i) => {
    const next = points[i + 1] ?? { ...point, atSec: Number.POSITIVE_INFINITY };
    const forSec = Math.max(0, Math.min(next.atSec, endSec) - Math.min(point.atSec, endSec));
    const isLine = profile.between === 'linear' && Number.isFinite(next.atSec);
    sessions += forSec * (isLine ? (point.ratePerSec + next.ratePerSec) / 2 : point.ratePerSec);
  });
  return sessions / endSec;
}

/** Moments that are visited in all programs together; of those left over the visits are not known. */
const maxVisited = 1_000_000;

/** Visits of each moment per session, summed round by round until what is still under way is negligible. */
function countVisits(entry: FlowNode, budget: { left: number }): Map<FlowNode, number> | null {
  const visits = new Map<FlowNode, number>();
  let front = new Map<FlowNode, number>([[entry, 1]]);
  for (; budget.left > 0; budget.left -= front.size) {
    const next = new Map<FlowNode, number>();
    for (const [node, times] of front) {
      visits.set(node, (visits.get(node) ?? 0) + times);
      for (const { to, weight } of node.next) {
        if (weight * times > 1e-9) next.set(to, (next.get(to) ?? 0) + weight * times);
      }
    }
    if (next.size === 0) return visits;
    front = next;
  }
  return null; // sessions without end have no number of visits
}

/** Works out the offered load of the open classes and of the queues that they publish to. */
export function offeredLoad(scenario: Scenario): OfferedLoad {
  const erlangs = new Map<string, number>();
  const requestsPerSec = new Map<string, number>();
  const add = (to: Map<string, number>, name: string, more: number) => {
    to.set(name, (to.get(name) ?? 0) + more);
  };
  const budget = { left: maxVisited };
  const programs = listPrograms(scenario).map(({ owner, steps, path }) => ({
    owner,
    visits: countVisits(drawFlow(steps, path, scenario).entry, budget),
  }));
  const addDemand = (visits: ReadonlyMap<FlowNode, number> | null, perSec: number) => {
    for (const [{ step }, times] of visits ?? []) {
      if (step === null) continue;
      if ('use' in step) add(requestsPerSec, step.use, perSec * times);
      else if ('model' in step) add(requestsPerSec, step.model, perSec * times);
      else if ('publish' in step) add(requestsPerSec, step.publish, perSec * times);
      const isHeld = 'use' in step && (step.hold === 'turn' || step.hold === 'session');
      if ('use' in step && !isHeld)
        add(erlangs, step.use, perSec * times * lawMoments(step.forSec).mean);
    }
  };
  for (const { owner, visits } of programs) {
    if (owner.kind !== 'class') continue;
    const perSec = arrivalRatePerSec(scenario.classes[owner.name].arrivals, scenario.horizonSec);
    if (perSec !== null) addDemand(visits, perSec);
  }
  // Each round passes messages on by one queue; cycles of queues are an error of their own.
  const played = new Map<string, number>();
  const queues = programs.filter(({ owner }) => owner.kind === 'queue');
  for (let round = 0; round < queues.length; round++) {
    for (const { owner, visits } of queues) {
      const perSec = requestsPerSec.get(owner.name) ?? 0;
      addDemand(visits, perSec - (played.get(owner.name) ?? 0));
      played.set(owner.name, perSec);
    }
  }
  return { erlangs, requestsPerSec };
}
