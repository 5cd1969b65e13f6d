import {
  nonpreemptiveWaitSec,
  preemptiveResumeResponseSec,
  priorityPoolWaitSec,
} from '@/simulations/analytic/priorities';

/** Requests of one class. */
export interface PriorityTraffic {
  readonly name: string;
  readonly priority: number; // the smallest goes first
  readonly arrivalRatePerSec: number;
  readonly serviceTimeSec: number;
  readonly serviceTimeScv: number;
}

interface PriorityPool {
  readonly slots: number;
  readonly discipline: string;
  readonly isExponential: boolean;
  readonly byClass: readonly PriorityTraffic[];
}

/**
 * Mean wait by class where some go first; preempted: the time in the system beyond the own service.
 *
 * @returns null where there is no closed form: several slots with services that differ by class, or
 * preempted
 */
export function priorityWaits({ slots, discipline, isExponential, byClass }: PriorityPool): {
  readonly method: string;
  readonly isPreemptive: boolean;
  readonly waitSec: readonly (number | null)[];
} | null {
  const isPreemptive = discipline === 'preemptive';
  const levels = [...new Set(byClass.map(({ priority }) => priority))].toSorted((a, b) => a - b);
  const queues = levels.map((level) => mixtureOf(byClass.filter((one) => one.priority === level)));
  const levelOf = ({ priority }: PriorityTraffic) => levels.indexOf(priority);
  if (slots === 1 && isPreemptive) {
    const responseSec = preemptiveResumeResponseSec(queues);
    // Within a level services may differ; the wait of a mixture is then none of either's.
    if (levels.length < byClass.length) return null;
    return {
      method: 'M/G/1 preemptive resume',
      isPreemptive,
      waitSec: byClass.map((one) => beyond(responseSec[levelOf(one)], one.serviceTimeSec)),
    };
  }
  if (slots === 1) {
    const waitSec = nonpreemptiveWaitSec(queues);
    return {
      method: 'M/G/1 with priorities (Cobham)',
      isPreemptive,
      waitSec: byClass.map((one) => waitSec[levelOf(one)]),
    };
  }
  if (isPreemptive || !isExponential) return null;
  const waitSec = priorityPoolWaitSec({
    servers: slots,
    serviceTimeSec: byClass[0].serviceTimeSec,
    arrivalRatePerSecByClass: queues.map(({ arrivalRatePerSec }) => arrivalRatePerSec),
  });
  return {
    method: 'M/M/c with priorities (Cobham)',
    isPreemptive,
    waitSec: byClass.map((one) => waitSec[levelOf(one)]),
  };
}

function beyond(responseSec: number | null, serviceTimeSec: number): number | null {
  return responseSec === null ? null : responseSec - serviceTimeSec;
}

function mixtureOf(classes: readonly PriorityTraffic[]) {
  let rate = 0;
  let load = 0;
  let squares = 0;
  for (const { arrivalRatePerSec, serviceTimeSec, serviceTimeScv } of classes) {
    rate += arrivalRatePerSec;
    load += arrivalRatePerSec * serviceTimeSec;
    squares += arrivalRatePerSec * serviceTimeSec ** 2 * (1 + serviceTimeScv);
  }
  const mean = rate === 0 ? 0 : load / rate;
  const scv = mean === 0 ? 0 : Math.max(0, squares / rate / mean ** 2 - 1);
  return { arrivalRatePerSec: rate, serviceTimeSec: mean, serviceTimeCv: Math.sqrt(scv) };
}
