import { approximateMeanValues } from '@/simulations/analytic/approximate-mean-values';
import { solveClosedNetwork } from '@/simulations/analytic/closed-network';
import { solveClosedLoop } from '@/simulations/analytic/machine-repair';
import { solveMeanValues } from '@/simulations/analytic/mean-value-analysis';

/** A class of agents that go round for ever. */
export interface AgentClass {
  readonly customers: number;
  /** Time of a cycle away from the stations, in s. */
  readonly thinkTimeSec: number;
  readonly demandSecByStation: readonly number[]; // per cycle
  readonly visitsByStation: readonly number[]; //    per cycle
}

/** Steady state of closed classes around shared stations. */
export interface ClosedSolution {
  readonly method: string;
  readonly isExact: boolean;
  readonly throughputPerSec: readonly number[]; //  cycles, by class
  readonly responseSec: readonly number[]; //       N/X − Z, by class
  readonly inUseByStation: readonly number[];
  readonly waitingByStation: readonly number[];
}

/** Steps of the exact methods that take about a millisecond. */
const stepsMost = 200_000;

/**
 * Solves closed classes by the exact method that is quick enough, else by Bard–Schweitzer.
 *
 * One class at one pool: birth–death; one class at several: convolution; several classes at single
 * servers: mean value analysis. Approximate with several servers: each pool of c is taken as a station of
 * D/c behind a delay of D·(c − 1)/c (Seidmann).
 */
export function solveClosedClasses(
  classes: readonly AgentClass[],
  servers: readonly number[],
): ClosedSolution {
  const [only] = classes;
  if (classes.length === 1 && servers.length === 1) return solveOneLoop(only, servers[0]);
  if (classes.length === 1) {
    const { customers, thinkTimeSec, demandSecByStation } = only;
    const perCustomer = servers.reduce((sum, count) => sum + Math.min(count, customers), 0);
    if (servers.length ** 2 * customers * (1 + perCustomer) <= 4 * stepsMost) {
      const stations = servers.map((count, m) => ({
        servers: count,
        demandSec: demandSecByStation[m],
      }));
      const state = solveClosedNetwork({ customers, thinkTimeSec, stations });
      const inUse = demandSecByStation.map((demandSec) => state.throughputPerSec * demandSec);
      return {
        method: 'closed network (convolution)',
        isExact: true,
        throughputPerSec: [state.throughputPerSec],
        responseSec: [state.responseTimeSec],
        inUseByStation: inUse,
        waitingByStation: state.numberByStation.map((number, m) => Math.max(0, number - inUse[m])),
      };
    }
  }
  return solveSeveral(classes, servers);
}

function solveOneLoop(only: AgentClass, servers: number): ClosedSolution {
  const { customers: agents, thinkTimeSec, demandSecByStation, visitsByStation } = only;
  const [demandSec] = demandSecByStation;
  const [visits] = visitsByStation;
  // A cycle with several visits is as many loops, each with its part of the pauses.
  const state = solveClosedLoop({
    agents,
    servers,
    thinkTimeSec: thinkTimeSec / visits,
    serviceTimeSec: demandSec / visits,
  });
  return {
    method: 'M/M/c//N (closed loop)',
    isExact: true,
    throughputPerSec: [state.throughputPerSec / visits],
    responseSec: [state.waitSec * visits + demandSec],
    inUseByStation: [state.utilization * servers],
    waitingByStation: [state.waitSec * state.throughputPerSec],
  };
}

function solveSeveral(classes: readonly AgentClass[], servers: readonly number[]): ClosedSolution {
  const isSingle = servers.every((count) => count === 1);
  const populations = classes.reduce((product, { customers }) => product * (customers + 1), 1);
  const isExact = isSingle && populations * servers.length * classes.length <= stepsMost;
  const delaySec = ({ demandSecByStation }: AgentClass) =>
    servers.reduce((sum, count, m) => sum + (demandSecByStation[m] * (count - 1)) / count, 0);
  const states = (isExact ? solveMeanValues : approximateMeanValues)(
    classes.map((one) => ({
      customers: one.customers,
      thinkTimeSec: one.thinkTimeSec + delaySec(one),
      demandSecByStation: servers.map((count, m) => one.demandSecByStation[m] / count),
    })),
  );
  const over = (pick: (k: number, m: number) => number) =>
    servers.map((_, m) => states.reduce((sum, _state, k) => sum + pick(k, m), 0));
  const inService = (k: number, m: number) =>
    states[k].throughputPerSec * classes[k].demandSecByStation[m];
  return {
    method: isExact ? 'closed network (exact MVA)' : 'closed network (Bard–Schweitzer)',
    isExact,
    throughputPerSec: states.map(({ throughputPerSec }) => throughputPerSec),
    responseSec: states.map(({ responseTimeSec }, k) => responseTimeSec + delaySec(classes[k])),
    inUseByStation: over(inService),
    waitingByStation: over((k, m) =>
      Math.max(0, states[k].numberByStation[m] - inService(k, m) / servers[m]),
    ),
  };
}
