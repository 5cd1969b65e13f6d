import { checkAtLeast, checkCount } from './check-argument';

/** Time demands of one cycle of an agent around one pool. */
export interface CycleDemand {
  readonly cycleSec: number; // whole cycle without any waiting
  readonly heldSec: number; //  of it, time in which a slot is held; at most `cycleSec`
}

/**
 * Agents at which a pool's slots and the agents' own pace limit throughput alike, N* = c·(Z + S)/S.
 *
 * Holds for any distribution of the times: it follows from counting alone. Below N* agents could run
 * without waiting if they took turns perfectly; above it some have to wait.
 *
 * @returns agents, not rounded; null when no slot is ever held
 * @see Denning and Buzen, ACM Computing Surveys 10 (1978); Lazowska et al. (1984), ch. 5
 */
export function kneeAgents(slots: number, demand: CycleDemand): number | null {
  return demand.heldSec > 0 ? (slots * demand.cycleSec) / demand.heldSec : null;
}

/**
 * Largest throughput that N agents can have, min(N/(Z + S), c/S).
 *
 * @returns cycles per second; `Infinity` when a cycle takes no time
 */
export function throughputBoundPerSec(agents: number, slots: number, demand: CycleDemand): number {
  const byAgents = agents / demand.cycleSec;
  return demand.heldSec > 0 ? Math.min(byAgents, slots / demand.heldSec) : byAgents;
}

/** Bounds on a closed loop around several pools. */
export interface AsymptoticBounds {
  readonly throughputPerSecMax: number; // min(N/(Z + ΣD), min c/D)
  readonly throughputPerSecMin: number; // N/(Z + N·ΣD): everybody ahead at every pool
  readonly responseTimeSecMin: number; //  max(ΣD, N/min(c/D) − Z)
  readonly responseTimeSecMax: number; //  N·ΣD
  readonly kneeCustomers: number | null; // N*, where the two limits meet; null without any demand
  readonly bottleneck: number | null; //    index of the pool with the largest D/c; the first on a tie
}

/**
 * Asymptotic bounds of a closed loop around several pools, from demands alone.
 *
 * The upper bound on throughput holds for any law of the times and any order of service; the lower one
 * for pools that never idle while somebody waits.
 *
 * @param loop customers N ≥ 0, think time Z ≥ 0, per pool demand D ≥ 0 and servers c ≥ 1
 * @throws RangeError when an argument is outside its stated range
 * @see Denning and Buzen, ACM Computing Surveys 10 (1978); Lazowska et al. (1984), ch. 5
 */
export function boundClosedLoop(loop: {
  readonly customers: number;
  readonly thinkTimeSec: number;
  readonly stations: readonly { readonly demandSec: number; readonly servers: number }[];
}): AsymptoticBounds {
  const { customers, thinkTimeSec, stations } = loop;
  checkCount('customers', customers, 0);
  checkAtLeast('seconds of think time', thinkTimeSec, 0);
  let demandSec = 0;
  let largestSec = 0; // D/c
  let bottleneck: number | null = null;
  for (const [m, station] of stations.entries()) {
    checkAtLeast('seconds of demand', station.demandSec, 0);
    checkCount('servers', station.servers, 1);
    demandSec += station.demandSec;
    if (station.demandSec / station.servers <= largestSec) continue;
    largestSec = station.demandSec / station.servers;
    bottleneck = m;
  }
  const cycleSec = thinkTimeSec + demandSec;
  const byCustomers = customers === 0 ? 0 : customers / cycleSec;
  return {
    throughputPerSecMax: largestSec > 0 ? Math.min(byCustomers, 1 / largestSec) : byCustomers,
    throughputPerSecMin: customers === 0 ? 0 : customers / (thinkTimeSec + customers * demandSec),
    responseTimeSecMin: Math.max(demandSec, customers * largestSec - thinkTimeSec),
    responseTimeSecMax: customers * demandSec,
    kneeCustomers: largestSec > 0 ? cycleSec / largestSec : null,
    bottleneck,
  };
}
