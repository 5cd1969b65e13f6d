import { checkAbove, checkAtLeast } from './check-argument';
import { type SingleServerQueue, singleServerUtilization } from './single-server';

/** M/M/1 whose server fails now and then, busy or idle; arrivals go on and work resumes. */
export interface BreakdownQueue extends SingleServerQueue {
  readonly upSecMean: number; //   until a failure, exponential, above 0
  readonly downSecMean: number; // until repaired, exponential, at least 0
}

/** Steady state of a server with breakdowns. */
export interface BreakdownState {
  readonly availability: number;
  readonly numberInSystem: number;
  readonly responseTimeSec: number;
}

/**
 * Steady state of M/M/1 with breakdowns by generating functions, with A the availability and D the
 * mean repair: W = (S + D·A·(1 − A)) / (A − ρ), L = λ·W.
 *
 * @returns null when ρ ≥ availability, where the queue grows without end
 * @throws RangeError when an argument is outside its stated range
 * @see White and Christie, Operations Research 6 (1958); Avi-Itzhak and Naor, Operations Research 11
 * (1963)
 */
export function solveBreakdowns(queue: BreakdownQueue): BreakdownState | null {
  const { arrivalRatePerSec, upSecMean, downSecMean } = queue;
  checkAbove('seconds until a failure', upSecMean, 0);
  checkAtLeast('seconds of repair', downSecMean, 0);
  const utilization = singleServerUtilization(queue);
  const availability = upSecMean / (upSecMean + downSecMean);
  if (utilization >= availability) return null;
  const outageSec = downSecMean * availability * (1 - availability);
  const responseTimeSec = (queue.serviceTimeSec + outageSec) / (availability - utilization);
  return { availability, numberInSystem: arrivalRatePerSec * responseTimeSec, responseTimeSec };
}
