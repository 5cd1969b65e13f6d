import { checkAbove, checkAtLeast, checkCount } from './check-argument';
import type { OpenQueue } from './erlang-c';

/** How a backlog moves while load and capacity stay as they are. */
export interface BacklogTrend {
  readonly capacityPerSec: number; // c/S
  readonly growthPerSec: number; //   customers per second; negative while a backlog drains
  readonly waitGrowth: number; //     seconds of wait gained per second, growth ÷ capacity
}

/**
 * Growth of the backlog of an overloaded pool as a fluid: growth = λ − c/S.
 *
 * First order: it neglects chance, which near saturation makes a queue well before the fluid does.
 *
 * @throws RangeError when servers < 1, the service time is not above 0 or the rate is negative
 */
export function describeBacklog(queue: OpenQueue): BacklogTrend {
  checkCount('servers', queue.servers, 1);
  checkAtLeast('arrivals per second', queue.arrivalRatePerSec, 0);
  checkAbove('seconds of service time', queue.serviceTimeSec, 0);
  const capacityPerSec = queue.servers / queue.serviceTimeSec;
  const growthPerSec = queue.arrivalRatePerSec - capacityPerSec;
  return { capacityPerSec, growthPerSec, waitGrowth: growthPerSec / capacityPerSec };
}

/** A backlog and the level to which it moves. */
export interface BacklogTarget {
  readonly from: number; // customers waiting now, at least 0
  readonly to: number; //   customers waiting then, at least 0
}

/**
 * Time until the backlog has moved from one length to another.
 *
 * @returns seconds; 0 where it is there already, Infinity where it moves the other way or not at all
 * @throws RangeError when an argument is outside its stated range
 */
export function backlogTimeSec(queue: OpenQueue, { from, to }: BacklogTarget): number {
  checkAtLeast('customers waiting', from, 0);
  checkAtLeast('customers waiting', to, 0);
  if (from === to) return 0;
  const timeSec = (to - from) / describeBacklog(queue).growthPerSec;
  return timeSec > 0 ? timeSec : Infinity;
}

/**
 * Time from an empty queue until an arrival waits for `waitSec`, t = w·(c/S)/(λ − c/S).
 *
 * @param waitSec at least 0
 * @returns seconds; Infinity where load does not exceed capacity
 * @throws RangeError when an argument is outside its stated range
 */
export function timeToWaitSec(queue: OpenQueue, waitSec: number): number {
  checkAtLeast('seconds of wait', waitSec, 0);
  const { capacityPerSec } = describeBacklog(queue);
  return backlogTimeSec(queue, { from: 0, to: waitSec * capacityPerSec });
}
