import { checkAbove, checkCount } from './check-argument';
import type { OpenQueue } from './erlang-c';
import { singleServerUtilization } from './single-server';

/** Customers that find all servers busy come again after an exponential delay, until served. */
export interface RetrialQueue extends OpenQueue {
  readonly retryDelaySec: number; // 1/ν, mean, above 0
}

/** Steady state of a retrial queue. */
export interface RetrialState {
  readonly orbitSize: number; //             mean number between two tries
  readonly firstRejectProbability: number; // share of new arrivals that find all servers busy
  readonly triesPerCustomer: number; //       1 + ν·orbit/λ
}

const tailNegligible = 1e-13;
const statesMost = 4_000_000;

/**
 * Mean number of customers between two tries in M/M/1 with retrials,
 * ρ·(λ/ν + ρ)/(1 − ρ).
 *
 * @param queue its `servers` is not read
 * @returns null when ρ ≥ 1
 * @throws RangeError when an argument is outside its stated range
 * @see Falin and Templeton, Retrial Queues (1997), §1.2
 */
export function singleServerOrbitSize(queue: Omit<RetrialQueue, 'servers'>): number | null {
  checkAbove('seconds of retry delay', queue.retryDelaySec, 0);
  const utilization = singleServerUtilization(queue);
  if (utilization >= 1) return null;
  return (
    (utilization * (queue.arrivalRatePerSec * queue.retryDelaySec + utilization)) /
    (1 - utilization)
  );
}

/**
 * Steady state of M/M/c with retrials.
 *
 * Chain of (busy servers, orbit). The orbit grows only when all servers are busy, so the vector of
 * orbit n + 1 is a multiple of p(c, n), with a factor found by a tridiagonal solve a level, from a
 * truncation level down. The level is doubled until the probability there is below 1e-13.
 * Costs some 10 ns × servers × levels; levels are about 30/(1 − ρ) plus four times the orbit: well
 * below a millisecond for tens of servers at ρ ≤ 0.9, up to a tenth of a second near saturation.
 *
 * @returns null when a ≥ c, and where orbit × servers has more than 4 million states that count
 * @throws RangeError when servers < 1 or a rate or time is not above 0
 * @see Falin and Templeton, Retrial Queues (1997), ch. 2; Bright and Taylor, Stochastic Models 11
 * (1995), for level-dependent chains
 */
export function solveRetrials(queue: RetrialQueue): RetrialState | null {
  const { servers, arrivalRatePerSec, serviceTimeSec, retryDelaySec } = queue;
  checkCount('servers', servers, 1);
  checkAbove('arrivals per second', arrivalRatePerSec, 0);
  checkAbove('seconds of service time', serviceTimeSec, 0);
  checkAbove('seconds of retry delay', retryDelaySec, 0);
  if (arrivalRatePerSec * serviceTimeSec >= servers) return null;
  for (let levels = 64; levels * servers <= statesMost; levels *= 2) {
    const chain = solveTruncated(queue, levels);
    if (chain.tail > tailNegligible) continue;
    return {
      orbitSize: chain.orbitSize,
      firstRejectProbability: chain.allBusy,
      triesPerCustomer: 1 + chain.orbitSize / (arrivalRatePerSec * retryDelaySec),
    };
  }
  return null;
}

interface TruncatedChain {
  readonly orbitSize: number;
  readonly allBusy: number;
  readonly tail: number; // probability of the last level
}

/** Solves the chain in which the orbit holds at most `levels` customers. */
function solveTruncated(queue: RetrialQueue, levels: number): TruncatedChain {
  const { servers, arrivalRatePerSec, retryDelaySec } = queue;
  // Of level n, relative to p(c, n): `mass[n]` sums all states; `next[n]` is p(c, n)/p(c, n − 1).
  const mass = new Float64Array(levels + 1);
  const next = new Float64Array(levels + 1);
  const relative = new Float64Array(servers + 1);
  const scratch = new Float64Array(servers + 1);
  const inflow = new Float64Array(servers + 1); // into (j, n) from orbit n + 1, relative to p(c, n)
  for (let level = levels; level >= 0; level--) {
    solveLevel(queue, level, inflow, relative, scratch);
    let notFull = 0;
    for (let j = 0; j < servers; j++) notFull += relative[j];
    mass[level] = notFull + 1;
    if (level === 0) break;
    const retryRatePerSec = level / retryDelaySec;
    next[level] = arrivalRatePerSec / (retryRatePerSec * notFull);
    for (let j = 1; j <= servers; j++) {
      inflow[j] = retryRatePerSec * relative[j - 1] * next[level];
    }
  }
  return sumLevels(mass, next);
}

/** States of one level relative to p(c, level) = 1, by elimination along the servers. */
function solveLevel(
  queue: RetrialQueue,
  level: number,
  inflow: Float64Array,
  relative: Float64Array,
  scratch: Float64Array,
): void {
  const { servers, arrivalRatePerSec, serviceTimeSec, retryDelaySec } = queue;
  const leavePerSec = arrivalRatePerSec + level / retryDelaySec;
  // p(j) = scratch[j]·p(j + 1) + relative[j] after the forward pass.
  let slope = 0;
  let constant = 0;
  for (let j = 0; j < servers; j++) {
    const pivot = leavePerSec + j / serviceTimeSec - arrivalRatePerSec * slope;
    constant = (inflow[j] + arrivalRatePerSec * constant) / pivot;
    slope = (j + 1) / serviceTimeSec / pivot;
    scratch[j] = slope;
    relative[j] = constant;
  }
  relative[servers] = 1;
  for (let j = servers - 1; j >= 0; j--) relative[j] += scratch[j] * relative[j + 1];
}

function sumLevels(mass: Float64Array, next: Float64Array): TruncatedChain {
  let full = 1; // p(c, level), not normalised
  let total = 0;
  let orbit = 0;
  let allBusy = 0;
  for (let level = 0; level < mass.length; level++) {
    if (level > 0) full *= next[level];
    total += full * mass[level];
    orbit += level * full * mass[level];
    allBusy += full;
    if (total < 1e200) continue;
    full /= total;
    orbit /= total;
    allBusy /= total;
    total = 1;
  }
  return {
    orbitSize: orbit / total,
    allBusy: allBusy / total,
    tail: (full * mass[mass.length - 1]) / total,
  };
}
