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
