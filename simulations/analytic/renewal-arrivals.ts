import { checkAtLeast } from './check-argument';
import { type SingleServerQueue, singleServerUtilization } from './single-server';

/** Renewal arrivals with Gamma gaps at one exponential server. */
export interface GammaArrivalQueue extends SingleServerQueue {
  readonly arrivalCv: number; // of the gaps between arrivals; 1 is Poisson, 0 a clock
}

/** Steady state of GI/M/1. */
export interface RenewalArrivalState {
  readonly waitProbability: number; // σ, share of arrivals that find the server busy; not ρ
  readonly waitSec: number; //         Wq = σ·S/(1 − σ)
  readonly responseTimeSec: number; // W = S/(1 − σ)
}

/**
 * Steady state of GI/M/1 with Gamma gaps: σ is the root in (0, 1) of σ = A*(μ(1 − σ)).
 *
 * A*(s) = (1 + s·cv²/λ)^(−1/cv²), for cv = 0 exp(−s/λ). Solved for x = 1 − σ by bisection in log x,
 * which keeps relative accuracy where bursts or load bring σ near 1.
 *
 * @returns null when ρ ≥ 1
 * @throws RangeError when a rate, time or CV is negative or not finite
 * @see Kleinrock, Queueing Systems, vol. 1 (1975), §6.4
 */
export function solveGammaArrivals(queue: GammaArrivalQueue): RenewalArrivalState | null {
  checkAtLeast('as coefficient of variation', queue.arrivalCv, 0);
  const utilization = singleServerUtilization(queue);
  const { serviceTimeSec } = queue;
  if (utilization >= 1) return null;
  if (utilization === 0) return { waitProbability: 0, waitSec: 0, responseTimeSec: serviceTimeSec };
  const idle = idleRoot(utilization, queue.arrivalCv ** 2);
  return {
    waitProbability: 1 - idle,
    waitSec: (serviceTimeSec * (1 - idle)) / idle,
    responseTimeSec: serviceTimeSec / idle,
  };
}

/** The x in (0, 1) with log(1 − x) = log A*(μx); the left side is above the right below the root. */
function idleRoot(utilization: number, squaredCv: number): number {
  const transformLog = (x: number) =>
    squaredCv === 0 ? -x / utilization : -Math.log1p((x * squaredCv) / utilization) / squaredCv;
  let low = Math.log(1e-300);
  let high = 0;
  for (let step = 0; step < 80; step++) {
    const middle = (low + high) / 2;
    const x = Math.exp(middle);
    if (Math.log1p(-x) > transformLog(x)) low = middle;
    else high = middle;
  }
  return Math.exp((low + high) / 2);
}
