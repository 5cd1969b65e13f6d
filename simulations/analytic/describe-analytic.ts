import type { HoldingScope } from '@/lib/system/system-description';
import { opCode, type WorkloadModel } from '@/lib/workload/workload-model';
import { prepareSessionPrograms, type SessionPrograms } from '../engine/session-programs';
import type { PoolStudy } from '../pool-study';
import { meanWaitSec } from './erlang-c';
import { solveClosedLoop } from './machine-repair';
import { kneeAgents } from './operational-bounds';

/** What a mean session asks of the pool, with nobody in its way. */
export interface PoolDemand {
  readonly acquiresPerSession: number;
  readonly heldSecPerSession: number;
  /** Session and the agent's rest after it; the rest is 0 for open arrivals. */
  readonly cycleSec: number;
}

const cache = new WeakMap<
  SessionPrograms,
  Map<HoldingScope, { acquires: number; heldSec: number }>
>();

/** Measures the demand of a workload on a pool; remembers it per think-time factor and scope. */
export function measurePoolDemand(workload: WorkloadModel, scenario: PoolStudy): PoolDemand {
  const programs = prepareSessionPrograms(workload, scenario.thinkTimeFactor);
  const scope = scenario.pool.holdingScope;
  const byScope = cache.get(programs) ?? new Map();
  cache.set(programs, byScope);
  const held = byScope.get(scope) ?? sumHeld(programs, scope);
  byScope.set(scope, held);
  const sessions = programs.usable.length;
  const restSec = scenario.load.kind === 'closed' ? scenario.load.restSecMean : 0;
  return {
    acquiresPerSession: held.acquires / sessions,
    heldSecPerSession: held.heldSec / sessions,
    cycleSec: programs.sessionSecMean + restSec,
  };
}

function sumHeld(programs: SessionPrograms, scope: HoldingScope) {
  const { op, durationSec, firstOp } = programs;
  let acquires = 0;
  let heldSec = 0;
  for (const program of programs.usable) {
    let isHolding = false;
    for (let i = firstOp[program]; i < firstOp[program + 1]; i++) {
      const isTurnEnd = op[i] === opCode.think || op[i] === opCode.turnStart;
      if (scope === 'query' || (scope === 'turn' && isTurnEnd)) isHolding = false;
      if (op[i] === opCode.query && !isHolding) {
        isHolding = true;
        acquires++;
      }
      if (isHolding) heldSec += durationSec[i];
    }
  }
  return { acquires, heldSec };
}

/** The closed form of a load. */
export interface AnalyticLoad {
  readonly utilization: number; //        0 to 1
  readonly waitSecMean: number | null; // null: no steady state
}

/**
 * Predicts utilisation and mean wait of a load without simulating, for use while a slider moves.
 *
 * Closed loops are solved as M/M/c//N with one visit per acquire, open arrivals as M/M/c. Both take
 * the means of the sessions as they are and their durations as exponential, and know of no acquire
 * timeout: they drift from the simulation where durations vary more or less than that, and above
 * saturation where timeouts shed load.
 *
 * @param agents closed: agents, rounded; open: offered concurrency, rate × unloaded session duration
 */
export function describeAnalytic(
  workload: WorkloadModel,
  scenario: PoolStudy,
  agents: number,
): AnalyticLoad {
  const demand = measurePoolDemand(workload, scenario);
  if (demand.heldSecPerSession === 0) return { utilization: 0, waitSecMean: 0 };
  const serviceTimeSec = demand.heldSecPerSession / demand.acquiresPerSession;
  const { slots } = scenario.pool;
  if (scenario.load.kind === 'open') {
    const arrivalRatePerSec = (agents / demand.cycleSec) * demand.acquiresPerSession;
    return {
      utilization: Math.min(1, (arrivalRatePerSec * serviceTimeSec) / slots),
      waitSecMean: meanWaitSec({ servers: slots, arrivalRatePerSec, serviceTimeSec }),
    };
  }
  const state = solveClosedLoop({
    agents: Math.round(agents),
    servers: slots,
    thinkTimeSec: Math.max(0, demand.cycleSec / demand.acquiresPerSession - serviceTimeSec),
    serviceTimeSec,
  });
  return { utilization: Math.min(1, state.utilization), waitSecMean: state.waitSec };
}

/**
 * Agents at which the pool is the limit, by operational bounds: slots × cycle ÷ time held per cycle.
 *
 * @returns agents, not rounded; null when the sessions never hold a slot
 */
export function findAgentsAnalytic(workload: WorkloadModel, scenario: PoolStudy): number | null {
  const demand = measurePoolDemand(workload, scenario);
  return kneeAgents(scenario.pool.slots, {
    cycleSec: demand.cycleSec,
    heldSec: demand.heldSecPerSession,
  });
}
