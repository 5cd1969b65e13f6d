import { batchResponseSec } from '@/simulations/analytic/batch-arrivals';
import { solveBreakdowns } from '@/simulations/analytic/breakdowns';
import { deterministicServiceWaitSec } from '@/simulations/analytic/crommelin';
import { solveErlangA } from '@/simulations/analytic/erlang-a';
import { blockingProbability } from '@/simulations/analytic/erlang-b';
import { meanWaitSec, waitProbability, waitQuantileSec } from '@/simulations/analytic/erlang-c';
import { solveFiniteQueue } from '@/simulations/analytic/finite-queue';
import { solveFixedTimeout } from '@/simulations/analytic/fixed-timeout';
import { allenCunneenWaitSec } from '@/simulations/analytic/general-arrivals';
import { halfinWhittWaitProbability } from '@/simulations/analytic/halfin-whitt';
import {
  concurrencyQuantile,
  meanConcurrency,
  sinusoidalConcurrency,
} from '@/simulations/analytic/infinite-servers';
import { pollaczekKhinchineWaitSec } from '@/simulations/analytic/pollaczek-khinchine';
import {
  nonpreemptiveWaitSec,
  preemptiveResumeResponseSec,
  priorityPoolWaitSec,
} from '@/simulations/analytic/priorities';
import { processorSharingResponseSec } from '@/simulations/analytic/processor-sharing';
import { solveGammaArrivals } from '@/simulations/analytic/renewal-arrivals';
import { responseQuantileSec, solveSingleServer } from '@/simulations/analytic/single-server';
import { solveTransient } from '@/simulations/analytic/transient-queue';
import { type KnownRow, parameterOf, parametersOf } from '../known-results';
import { type Answer, type Answers, numberAfter, pick, poolOf } from './answer-parts';

function singleServer({ model, quantity }: KnownRow): Answer {
  const queue = {
    arrivalRatePerSec: parameterOf(model, 'lam'),
    serviceTimeSec: 1 / parameterOf(model, 'mu'),
  };
  const state = solveSingleServer(queue);
  return pick(quantity, {
    L: state?.numberInSystem,
    Lq: state?.queueLength,
    W: state?.responseTimeSec,
    Wq: state?.waitSec,
    'Var N': state?.numberInSystemVariance,
    'p50 sojourn': responseQuantileSec(queue, 0.5),
    'p95 sojourn': responseQuantileSec(queue, 0.95),
    'p99 sojourn': responseQuantileSec(queue, 0.99),
    'p95 wait': waitQuantileSec({ ...queue, servers: 1 }, 0.95),
  });
}

function erlangC({ model, quantity }: KnownRow): Answer {
  const queue = poolOf(model);
  const waitSec = meanWaitSec(queue) ?? Number.NaN;
  return pick(quantity, {
    'P(wait)=ErlangC': waitProbability(
      queue.servers,
      queue.arrivalRatePerSec * queue.serviceTimeSec,
    ),
    Wq: waitSec,
    Lq: waitSec * queue.arrivalRatePerSec,
    W: waitSec + queue.serviceTimeSec,
    'p95 wait': waitQuantileSec(queue, 0.95),
    'p99 wait': waitQuantileSec(queue, 0.99),
  });
}

function finiteQueue({ model, quantity }: KnownRow): Answer {
  const capacity = numberAfter(model, /^M\/M\/\d+\//.exec(model)?.[0] ?? 'M/M/c/');
  const state = solveFiniteQueue({ ...poolOf(model), capacity });
  return pick(quantity, {
    'P(reject)': state.rejectProbability,
    throughput: state.throughputPerSec,
    L: state.numberInSystem,
    'Wq accepted': state.waitSec,
  });
}

function generalService({ model, quantity }: KnownRow): Answer {
  const law = model.includes('deterministic') ? 0 : model.includes('exp') ? 1 : null;
  return pick(quantity, {
    Wq: pollaczekKhinchineWaitSec({
      arrivalRatePerSec: parameterOf(model, 'lam'),
      serviceTimeSec: numberAfter(model, 'E[S]='),
      serviceTimeCv: law ?? parameterOf(model, 'CV'),
    }),
  });
}

function erlangA({ model, quantity }: KnownRow): Answer {
  const state = solveErlangA({ ...poolOf(model), patienceSec: 1 / parameterOf(model, 'theta') });
  return pick(quantity, {
    'P(abandon)': state?.abandonProbability,
    'P(wait>0)': state?.waitProbability,
    'E[wait] all (abandoners incl.)': state?.waitSecMean,
  });
}

function fixedTimeout({ model, quantity }: KnownRow): Answer {
  const state = solveFixedTimeout({ ...poolOf(model), timeoutSec: parameterOf(model, 'timeout') });
  return pick(quantity, {
    'P(timeout)': state.timeoutProbability,
    'P(wait>0)': state.waitProbability,
    'E[wait] all (timed-out count tau)': state.waitSecMean,
  });
}

function processorSharing({ model, quantity }: KnownRow): Answer {
  const queue = { arrivalRatePerSec: parameterOf(model, 'lam'), serviceTimeSec: 1 };
  return pick(quantity, {
    W: processorSharingResponseSec(queue),
    'E[T|S=5]': processorSharingResponseSec(queue, 5),
  });
}

/** Classes of a priority model, the first goes first. */
function classesOf(model: string) {
  return parametersOf(model, 'lam').map((arrivalRatePerSec) => ({
    arrivalRatePerSec,
    serviceTimeSec: 1 / parameterOf(model, 'mu'),
    serviceTimeCv: 1,
  }));
}

function priorityPool({ model, quantity }: KnownRow): Answer {
  const [first, second] = priorityPoolWaitSec({
    servers: numberAfter(model, 'M/M/'),
    serviceTimeSec: 1 / parameterOf(model, 'mu'),
    arrivalRatePerSecByClass: parametersOf(model, 'lam'),
  });
  return pick(quantity, { Wq1: first, Wq2: second });
}

function nonpreemptive(row: KnownRow): Answer {
  const [first, second] = nonpreemptiveWaitSec(classesOf(row.model));
  const ofClasses = pick(row.quantity, { Wq1: first, Wq2: second });
  const ofPool = priorityPool(row);
  // One server is M/G/1 and M/M/c at once: both have to say the same.
  return Math.abs(Number(ofClasses) - Number(ofPool)) < 1e-12 ? ofClasses : undefined;
}

function preemptive({ model, quantity }: KnownRow): Answer {
  const [first, second] = preemptiveResumeResponseSec(classesOf(model));
  return pick(quantity, { T1: first, T2: second });
}

function gammaArrivals({ model, quantity }: KnownRow): Answer {
  if (model.startsWith('batch')) return undefined;
  const queue = {
    arrivalRatePerSec: parameterOf(model, 'rho'),
    serviceTimeSec: 1,
    arrivalCv: numberAfter(model, 'CV='),
  };
  return pick(quantity, {
    Wq: solveGammaArrivals(queue)?.waitSec,
    'Wq<=~': allenCunneenWaitSec({ ...queue, servers: 1, serviceTimeCv: 1 }),
  });
}

function batches({ model, quantity }: KnownRow): Answer {
  return pick(quantity, {
    W: batchResponseSec({
      batchRatePerSec: parameterOf(model, 'lam_b'),
      batchSizeMean: numberAfter(model, 'M^['),
      batchSizeCv: 0,
      serviceTimeSec: 1 / parameterOf(model, 'mu'),
    }),
  });
}

function manyServers({ model, quantity }: KnownRow): Answer {
  return pick(quantity, { 'P(wait)': halfinWhittWaitProbability(parameterOf(model, 'beta')) });
}

function infiniteServers({ model, quantity }: KnownRow): Answer {
  const system = {
    arrivalRatePerSec: parameterOf(model, 'lam'),
    serviceTimeSec: numberAfter(model, 'mean '),
  };
  return pick(quantity, {
    'mean concurrent': meanConcurrency(system),
    'p99.9 concurrent': concurrencyQuantile(system, 0.999),
  });
}

function swingingLoad({ model, quantity }: KnownRow): Answer {
  const load = {
    arrivalRatePerSecMean: numberAfter(model, 'lam(t)='),
    arrivalRatePerSecAmplitude: numberAfter(model, '+'),
    periodSec: numberAfter(model, 't/'),
    serviceTimeSec: 1 / parameterOf(model, 'mu'),
  };
  return quantity.startsWith('m(t=')
    ? sinusoidalConcurrency(load, numberAfter(quantity, 't='))
    : undefined;
}

function transient({ model, quantity }: KnownRow): Answer {
  const queue = {
    arrivalRatePerSec: parameterOf(model, 'lam'),
    serviceTimeSec: 1 / parameterOf(model, 'mu'),
  };
  return quantity.startsWith('E[N(t=')
    ? solveTransient(queue, numberAfter(quantity, 't='))?.numberInSystem
    : undefined;
}

function breakdowns({ model, quantity }: KnownRow): Answer {
  const state = solveBreakdowns({
    arrivalRatePerSec: parameterOf(model, 'lam'),
    serviceTimeSec: 1 / parameterOf(model, 'mu'),
    upSecMean: 1 / parameterOf(model, 'fail'),
    downSecMean: 1 / parameterOf(model, 'repair'),
  });
  return pick(quantity, { L: state?.numberInSystem, W: state?.responseTimeSec });
}

/** Groups A–F, J, K, O, S, T, U and W: queues at one pool. */
export const queueAnswers: Answers = new Map<string, (row: KnownRow) => Answer>([
  ['A1', singleServer],
  ['B1', erlangC],
  [
    'C1',
    ({ model, quantity }) =>
      pick(quantity, {
        'P(block)': blockingProbability(numberAfter(model, 'M/G/'), parameterOf(model, 'a')),
      }),
  ],
  ['D1', finiteQueue],
  ['E1', generalService],
  [
    'E2',
    ({ model, quantity }) => pick(quantity, { Wq: deterministicServiceWaitSec(poolOf(model)) }),
  ],
  ['F1', erlangA],
  ['F2', fixedTimeout],
  ['J1', processorSharing],
  ['K1', nonpreemptive],
  ['K2', preemptive],
  ['K3', priorityPool],
  ['O1', gammaArrivals],
  ['O1k', gammaArrivals],
  ['O2', batches],
  ['S1', manyServers],
  ['T1', infiniteServers],
  ['T2', swingingLoad],
  ['U1', transient],
  ['W1', breakdowns],
]);
