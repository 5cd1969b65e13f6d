import { deterministicServiceWaitSec } from '@/simulations/analytic/crommelin';
import { solveErlangA } from '@/simulations/analytic/erlang-a';
import { blockingProbability } from '@/simulations/analytic/erlang-b';
import { meanWaitSec, waitQuantileSec } from '@/simulations/analytic/erlang-c';
import { solveFiniteQueue } from '@/simulations/analytic/finite-queue';
import { solveFixedTimeout } from '@/simulations/analytic/fixed-timeout';
import { describeBacklog } from '@/simulations/analytic/fluid-backlog';
import {
  allenCunneenWaitQuantileSec,
  allenCunneenWaitSec,
} from '@/simulations/analytic/general-arrivals';
import { lawMoments } from '@/simulations/analytic/law-moments';
import { pollaczekKhinchineWaitSec } from '@/simulations/analytic/pollaczek-khinchine';
import type { PriorityTraffic } from '@/simulations/analytic/priority-waits';
import { priorityWaits } from '@/simulations/analytic/priority-waits';
import type { Law } from '@/simulations/scenario/law';
import type { ResourceTwin } from '@/simulations/scenario-twin';

/** What open classes ask of a resource in slots, all together. */
export interface OpenTraffic {
  readonly slots: number; //              Infinity: unlimited
  readonly discipline: 'fifo' | 'lifo' | 'random' | 'priority' | 'preemptive' | 'sharing';
  readonly arrivalRatePerSec: number;
  readonly serviceTimeSec: number;
  readonly serviceTimeScv: number; //     NaN: not known
  readonly isExponential: boolean;
  readonly arrivalScv: number; //         of the gaps; 1: Poisson
  readonly byClass: readonly PriorityTraffic[]; // the first goes first
  readonly maxWaiting: number; //         Infinity: no bound
  readonly patience: Law | null; //       of waiters; null: endless
}

/** What a closed form says of a resource. */
export type Solved = Pick<
  ResourceTwin,
  | 'method'
  | 'reason'
  | 'inUseMean'
  | 'utilization'
  | 'waitSecMean'
  | 'waitSecP95'
  | 'waitSecMeanByClass'
  | 'refusedShare'
  | 'waitingMean'
  | 'overload'
>;

/** A resource of which nothing is known but why. */
export function unsolved(reason: string): Solved {
  return {
    method: null,
    reason,
    inUseMean: null,
    utilization: null,
    waitSecMean: null,
    waitSecP95: null,
    waitSecMeanByClass: null,
    refusedShare: null,
    waitingMean: null,
    overload: null,
  };
}

/** Puts a solution together: what is in use by the share that is served, what waits by Little's law. */
export function solvedBy(
  method: string,
  { arrivalRatePerSec, serviceTimeSec, slots }: OpenTraffic,
  {
    waitSecMean,
    waitSecP95 = null,
    refusedShare = 0,
  }: {
    readonly waitSecMean: number | null; // over all requests
    readonly waitSecP95?: number | null;
    readonly refusedShare?: number;
  },
): Solved {
  const inUseMean = arrivalRatePerSec * serviceTimeSec * (1 - refusedShare);
  return {
    ...unsolved(''),
    method,
    reason: null,
    inUseMean,
    utilization: slots === Number.POSITIVE_INFINITY ? null : inUseMean / slots,
    waitSecMean,
    waitSecP95,
    refusedShare,
    waitingMean: waitSecMean === null ? null : waitSecMean * arrivalRatePerSec,
  };
}

/**
 * Chooses the closed form for a resource with slots, and answers by it.
 *
 * Exact where its assumptions hold; which of them a scenario breaks is told apart from it.
 */
export function solveOpenResource(traffic: OpenTraffic): Solved {
  const { slots, arrivalRatePerSec, serviceTimeSec, maxWaiting, patience } = traffic;
  const offeredLoadErlangs = arrivalRatePerSec * serviceTimeSec;
  if (slots === Number.POSITIVE_INFINITY) {
    return solvedBy('M/G/∞ (no waiting)', traffic, { waitSecMean: 0, waitSecP95: 0 });
  }
  if (arrivalRatePerSec === 0 || serviceTimeSec === 0) {
    return solvedBy('no load', traffic, { waitSecMean: 0, waitSecP95: 0 });
  }
  if (maxWaiting !== Number.POSITIVE_INFINITY) {
    if (patience !== null) {
      return unsolved('A bounded queue whose waiters time out has no closed form here.');
    }
    return solveBounded(traffic);
  }
  if (patience !== null) return solveImpatient(traffic, patience);
  if (offeredLoadErlangs >= slots) return solveOverload(traffic);
  switch (traffic.discipline) {
    case 'sharing':
      return slots === 1
        ? solvedBy('M/G/1 processor sharing', traffic, { waitSecMean: null })
        : unsolved('Several slots that are shared evenly have no closed form here.');
    case 'priority':
    case 'preemptive':
      return solvePriorities(traffic);
    case 'fifo':
    case 'lifo':
    case 'random':
      return solveOrderly(traffic);
    default:
      return traffic.discipline satisfies never;
  }
}

function solveBounded(traffic: OpenTraffic): Solved {
  const { slots, arrivalRatePerSec, serviceTimeSec, maxWaiting } = traffic;
  if (maxWaiting === 0) {
    const refusedShare = blockingProbability(slots, arrivalRatePerSec * serviceTimeSec);
    const method = 'M/G/c/c (Erlang B)';
    return solvedBy(method, traffic, { waitSecMean: 0, waitSecP95: 0, refusedShare });
  }
  const state = solveFiniteQueue({
    servers: slots,
    capacity: slots + maxWaiting,
    arrivalRatePerSec,
    serviceTimeSec,
  });
  return {
    ...solvedBy('M/M/c/K', traffic, {
      waitSecMean: state.waitSec,
      refusedShare: state.rejectProbability,
    }),
    waitingMean: state.queueLength,
  };
}

function solveImpatient(traffic: OpenTraffic, patience: Law): Solved {
  const { slots: servers, arrivalRatePerSec, serviceTimeSec } = traffic;
  const queue = { servers, arrivalRatePerSec, serviceTimeSec };
  if (lawMoments(patience).variance === 0) {
    const timeoutSec = lawMoments(patience).mean;
    const state = solveFixedTimeout({ ...queue, timeoutSec });
    const { waitSecMean, timeoutProbability: refusedShare } = state;
    // Who times out waits the longest: beyond 5 % of them the quantile is the timeout itself.
    const waitSecP95 = refusedShare > 0.05 ? timeoutSec : state.waitProbability <= 0.05 ? 0 : null;
    return solvedBy('M/M/c+D (timeout)', traffic, { waitSecMean, waitSecP95, refusedShare });
  }
  const state = solveErlangA({ ...queue, patienceSec: lawMoments(patience).mean });
  if (state === null) return unsolved('The patience of waiters has no finite mean.');
  const { waitSecMean, abandonProbability: refusedShare, waitProbability } = state;
  const waitSecP95 = waitProbability <= 0.05 ? 0 : null;
  return solvedBy('M/M/c+M (Erlang A)', traffic, { waitSecMean, waitSecP95, refusedShare });
}

function solveOverload(traffic: OpenTraffic): Solved {
  const { slots: servers, arrivalRatePerSec, serviceTimeSec } = traffic;
  const { growthPerSec } = describeBacklog({ servers, arrivalRatePerSec, serviceTimeSec });
  if (growthPerSec <= 0) return unsolved('It is asked for exactly what it can serve.');
  return {
    ...unsolved(''),
    method: 'fluid backlog',
    reason: null,
    inUseMean: servers,
    utilization: 1,
    refusedShare: 0,
    overload: { growthPerSec, secondsToOneWaiterPerSlot: servers / growthPerSec },
  };
}

function solvePriorities(traffic: OpenTraffic): Solved {
  const waits = priorityWaits(traffic);
  if (waits === null) {
    return unsolved(
      'Priorities at several slots have a closed form only with equal services, not preempted.',
    );
  }
  const { arrivalRatePerSec } = traffic;
  const byClass = Object.fromEntries(
    traffic.byClass.map(({ name }, k) => [name, waits.waitSec[k]]),
  );
  const waitSecMean = traffic.byClass.reduce(
    (sum, one, k) =>
      sum + (one.arrivalRatePerSec * (waits.waitSec[k] ?? Number.NaN)) / arrivalRatePerSec,
    0,
  );
  return {
    ...solvedBy(waits.method, traffic, { waitSecMean: waits.isPreemptive ? null : waitSecMean }),
    waitSecMeanByClass: byClass,
  };
}

/** One line, whose order does not follow the service time: the mean wait is that of FIFO. */
function solveOrderly(traffic: OpenTraffic): Solved {
  const { slots: servers, arrivalRatePerSec, serviceTimeSec, serviceTimeScv, arrivalScv } = traffic;
  const queue = { servers, arrivalRatePerSec, serviceTimeSec };
  const quantile = (sec: () => number | null) => (traffic.discipline === 'fifo' ? sec() : null);
  const isPoisson = arrivalScv === 1;
  if (isPoisson && (traffic.isExponential || Number.isNaN(serviceTimeScv))) {
    return solvedBy(servers === 1 ? 'M/M/1' : 'M/M/c (Erlang C)', traffic, {
      waitSecMean: meanWaitSec(queue),
      waitSecP95: quantile(() => waitQuantileSec(queue, 0.95)),
    });
  }
  if (isPoisson && serviceTimeScv < 1e-12 && servers > 1) {
    return solvedBy('M/D/c (Crommelin)', traffic, {
      waitSecMean: deterministicServiceWaitSec(queue),
    });
  }
  const serviceTimeCv = Math.sqrt(serviceTimeScv);
  if (isPoisson && servers === 1) {
    return solvedBy('M/G/1 (Pollaczek–Khinchine)', traffic, {
      waitSecMean: pollaczekKhinchineWaitSec({ ...queue, serviceTimeCv }),
    });
  }
  const general = { ...queue, serviceTimeCv, arrivalCv: Math.sqrt(arrivalScv) };
  return solvedBy('GI/G/c (Allen–Cunneen)', traffic, {
    waitSecMean: allenCunneenWaitSec(general),
    waitSecP95: quantile(() => allenCunneenWaitQuantileSec(general, 0.95)),
  });
}
