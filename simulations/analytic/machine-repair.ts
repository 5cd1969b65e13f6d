/** A closed loop of agents around one pool: M/M/c//N, the machine-repair model. */
export interface ClosedLoop {
  readonly agents: number; //         N, integer, at least 0
  readonly servers: number; //        c, integer, at least 1
  readonly thinkTimeSec: number; //   Z, time of a cycle spent away from the pool, at least 0
  readonly serviceTimeSec: number; // S, time a slot is held per cycle, at least 0
}

/** Steady state of a closed loop. */
export interface ClosedLoopState {
  readonly throughputPerSec: number; // X, cycles per second
  readonly responseTimeSec: number; //  R, wait and service
  readonly waitSec: number; //          R − S
  readonly utilization: number; //      busy servers ÷ c
}

const rescaleAbove = 1e250;

/**
 * Steady state of agents that think for Z, then need one of c servers for S, both exponential.
 *
 * Birth–death: p(n) = p(n−1) · (N − n + 1)/Z · S/min(n, c), with the weights scaled down whenever
 * they come near the largest double. X = busy/S and R = N/X − Z follow by Little's law. One step per
 * agent; weights that fall below the smallest double count as 0.
 *
 * @returns for Z = 0 the loop in which every agent is always at the pool; for S = 0 one without load
 * @throws RangeError when an argument is outside its stated range
 * @see Kleinrock, Queueing Systems, vol. 1 (1975), §3.9
 */
export function solveClosedLoop(loop: ClosedLoop): ClosedLoopState {
  const { agents, servers, thinkTimeSec, serviceTimeSec } = loop;
  if (!Number.isInteger(agents) || agents < 0 || !Number.isInteger(servers) || servers < 1) {
    throw new RangeError(`Got ${agents} agents and ${servers} servers when expected integers.`);
  }
  if (!(thinkTimeSec >= 0) || !(serviceTimeSec >= 0)) {
    throw new RangeError(
      `Got times ${thinkTimeSec} and ${serviceTimeSec} when expected at least 0.`,
    );
  }
  if (agents === 0 || serviceTimeSec === 0) {
    const throughputPerSec = agents === 0 ? 0 : agents / thinkTimeSec;
    return { throughputPerSec, responseTimeSec: serviceTimeSec, waitSec: 0, utilization: 0 };
  }
  const busy = thinkTimeSec === 0 ? Math.min(agents, servers) : meanBusyServers(loop);
  const throughputPerSec = busy / serviceTimeSec;
  const responseTimeSec = agents / throughputPerSec - thinkTimeSec;
  return {
    throughputPerSec,
    responseTimeSec,
    waitSec: Math.max(0, responseTimeSec - serviceTimeSec),
    utilization: busy / servers,
  };
}

function meanBusyServers(loop: ClosedLoop): number {
  const { agents, servers } = loop;
  const ratio = loop.serviceTimeSec / loop.thinkTimeSec;
  let weight = 1;
  let weights = 1;
  let busy = 0;
  for (let n = 1; n <= agents; n++) {
    const inService = Math.min(n, servers);
    weight *= ((agents - n + 1) * ratio) / inService;
    weights += weight;
    busy += inService * weight;
    if (weights > rescaleAbove) {
      weight /= rescaleAbove;
      weights /= rescaleAbove;
      busy /= rescaleAbove;
    }
  }
  return busy / weights;
}
