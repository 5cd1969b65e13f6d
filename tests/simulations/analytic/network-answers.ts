import {
  forkJoinResponseSec,
  maxOfExponentialsSec,
  solveSplitMerge,
} from '@/simulations/analytic/fork-join';
import { solveJackson } from '@/simulations/analytic/jackson-network';
import { solveClosedLoop } from '@/simulations/analytic/machine-repair';
import { solveMeanValues } from '@/simulations/analytic/mean-value-analysis';
import { singleServerOrbitSize, solveRetrials } from '@/simulations/analytic/retrial-queue';
import { solveRetries } from '@/simulations/analytic/retries';
import { type KnownRow, parameterOf, parametersOf } from '../known-results';
import { type Answer, type Answers, numberAfter, pick, poolOf } from './answer-parts';

function closedLoop({ model, quantity }: KnownRow): Answer {
  const state = solveClosedLoop({
    agents: numberAfter(model, '//'),
    servers: numberAfter(model, 'M/M/'),
    thinkTimeSec: parameterOf(model, 'Z'),
    serviceTimeSec: parameterOf(model, 'S'),
  });
  return pick(quantity, {
    X: state.throughputPerSec,
    R: state.responseTimeSec,
    'U per server': state.utilization,
  });
}

function productForm({ model, quantity }: KnownRow): Answer {
  const [state] = solveMeanValues([
    {
      customers: parameterOf(model, 'N'),
      thinkTimeSec: parameterOf(model, 'Z'),
      demandSecByStation: parametersOf(model, 'D'),
    },
  ]);
  return pick(quantity, { X: state.throughputPerSec, R: state.responseTimeSec });
}

function jackson({ model, quantity }: KnownRow): Answer {
  const [, matrix] = /P=\[(\[.*\])\]/.exec(model) ?? [];
  const routing = [...matrix.matchAll(/\[([^\]]*)\]/g)].map(([, row]) =>
    row.split(',').map(Number),
  );
  const rates = parametersOf(model, 'gamma');
  const serviceRates = parametersOf(model, 'mu');
  const state = solveJackson(
    rates.map((arrivalRatePerSec, i) => ({
      arrivalRatePerSec,
      serviceTimeSec: 1 / serviceRates[i],
      servers: 1,
      routing: routing[i],
    })),
  );
  if (quantity === 'end-to-end W') return state.responseTimeSec;
  const station = state.stations[Number(quantity.slice(-1)) - 1];
  return pick(quantity.slice(0, -1), {
    lambda: station.arrivalRatePerSec,
    L: station.numberInSystem,
  });
}

function forkJoin({ model, quantity }: KnownRow): Answer {
  const response = forkJoinResponseSec({
    branches: parameterOf(model, 'K'),
    arrivalRatePerSec: parameterOf(model, 'rho'),
    serviceTimeSec: 1,
  });
  return pick(quantity, { mean: response, 'mean response': response });
}

function splitMerge({ model, quantity }: KnownRow): Answer {
  const state = solveSplitMerge({
    branches: parameterOf(model, 'K'),
    arrivalRatePerSec: model.includes('lam=') ? parameterOf(model, 'lam') : 0,
    serviceTimeSec: 1,
  });
  return pick(quantity, {
    'mean response': state.responseTimeSec,
    'stability limit lam': state.saturationRatePerSec,
  });
}

function retries({ model, quantity }: KnownRow): Answer {
  const state = solveRetries(parameterOf(model, 'p'), parameterOf(model, 'n'));
  return pick(quantity, {
    'attempts/request': state.attemptsPerRequest,
    success: state.successProbability,
  });
}

function retrialPool({ model, quantity }: KnownRow): Answer {
  const state = solveRetrials({ ...poolOf(model), retryDelaySec: 1 / parameterOf(model, 'nu') });
  return pick(quantity, {
    'E[orbit]': state?.orbitSize,
    'P(first try rejected)=P(all busy)': state?.firstRejectProbability,
  });
}

function singleRetrial(row: KnownRow): Answer {
  const { model, quantity } = row;
  const orbit = singleServerOrbitSize({
    ...poolOf(model),
    retryDelaySec: 1 / parameterOf(model, 'nu'),
  });
  const ofChain = Number(retrialPool(row));
  return Math.abs(ofChain - Number(orbit)) < 1e-9
    ? pick(quantity, { 'E[orbit]': orbit })
    : undefined;
}

/** Groups G, H, I, L and N: loops, networks, fan-out and retries. */
export const networkAnswers: Answers = new Map<string, (row: KnownRow) => Answer>([
  ['G1', closedLoop],
  ['H1', productForm],
  ['I1', jackson],
  ['L1', forkJoin],
  [
    'L2',
    ({ model, quantity }) =>
      pick(quantity, { mean: maxOfExponentialsSec(numberAfter(model, 'max of '), 1) }),
  ],
  ['L3', forkJoin],
  ['L4', splitMerge],
  ['N1', retries],
  ['N2', singleRetrial],
  ['N3', retrialPool],
]);
