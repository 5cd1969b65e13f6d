import { callsUntilOpen } from '@/simulations/analytic/circuit-breaker';
import { deterministicServiceWaitSec } from '@/simulations/analytic/crommelin';
import { deadlockFreePoolSize } from '@/simulations/analytic/deadlock-free-pool';
import { fitLognormal } from '@/simulations/analytic/lognormal';
import { lruHitRatio } from '@/simulations/analytic/lru-cache';
import { solveRedelivery } from '@/simulations/analytic/redelivery';
import { tailShare } from '@/simulations/analytic/tail-share';
import {
  timeToFirstRejectSec,
  tokenBucketRejectProbability,
} from '@/simulations/analytic/token-bucket';
import { solveTtlCache } from '@/simulations/analytic/ttl-cache';
import { peakWorkers, scaledThroughputPerSec } from '@/simulations/analytic/universal-scalability';
import { findHotRowLimit, zipfShares } from '@/simulations/analytic/zipf';
import { desiredReplicas } from '@/simulations/policies/desired-replicas';
import { type KnownRow, parameterOf, parametersOf } from '../known-results';
import { type Answer, type Answers, numberAfter, pick } from './answer-parts';

function tokenBucket({ model, quantity }: KnownRow): Answer {
  return pick(quantity, {
    'P(429)': tokenBucketRejectProbability({
      arrivalRatePerSec: parameterOf(model, 'lam'),
      refillPerSec: parameterOf(model, 'r'),
      burst: parameterOf(model, 'b'),
    }),
  });
}

function fullBucket({ model, quantity }: KnownRow): Answer {
  return pick(quantity, {
    'time to first reject (fluid)': timeToFirstRejectSec({
      burst: parameterOf(model, 'B'),
      refillPerSec: parameterOf(model, 'r'),
      demandPerSec: numberAfter(model, 'constant demand '),
    }),
  });
}

function pacing({ model, quantity }: KnownRow): Answer {
  return pick(quantity, {
    'mean wait s': deterministicServiceWaitSec({
      servers: 1,
      arrivalRatePerSec: numberAfter(model, 'Poisson ') / 60,
      serviceTimeSec: 60 / parameterOf(model, 'RPM'),
    }),
  });
}

function instantCache({ model, quantity }: KnownRow): Answer {
  const { hitRatio } = solveTtlCache({
    requestRatePerSec: numberAfter(model, 'Poisson '),
    ttlSec: parameterOf(model, 'TTL'),
    fetchSec: 0,
    isSingleFlight: false,
  });
  return pick(quantity, { 'hit ratio': hitRatio });
}

function fetchingCache({ model, quantity }: KnownRow): Answer {
  const state = solveTtlCache({
    requestRatePerSec: parameterOf(model, 'lam'),
    ttlSec: parameterOf(model, 'TTL'),
    fetchSec: numberAfter(model, 'fetch '),
    isSingleFlight: model.includes('WITH single-flight'),
  });
  return pick(quantity, {
    'hit ratio': state.hitRatio,
    'origin calls per expiry': state.originCallsPerExpiry,
  });
}

function lru({ model, quantity }: KnownRow): Answer {
  const shares = zipfShares(parameterOf(model, 'N'), numberAfter(model, 'Zipf('));
  return pick(quantity, { 'hit ratio': lruHitRatio(shares, parameterOf(model, 'C')) });
}

function autoscaler({ model, quantity }: KnownRow): Answer {
  return pick(quantity, {
    desired: desiredReplicas({
      currentReplicas: parameterOf(model, 'current'),
      metric: parameterOf(model, 'metric'),
      target: parameterOf(model, 'target'),
      tolerance: parameterOf(model, 'tol'),
    }),
  });
}

/** Both rows are of α = 0.03 and β = 0.0001; the second names its γ only. */
function scalability({ model, quantity }: KnownRow): Answer {
  const law = {
    ratePerSecOfOne: model.includes('gamma') ? parameterOf(model, 'gamma') : 1,
    contention: model.includes('alpha') ? parameterOf(model, 'alpha') : 0.03,
    coherency: model.includes('beta') ? parameterOf(model, 'beta') : 0.0001,
  };
  return pick(quantity, {
    'N*': peakWorkers(law),
    'X(50)': scaledThroughputPerSec(law, 50),
  });
}

function redelivery({ model, quantity }: KnownRow): Answer {
  const state = solveRedelivery({
    visibilityTimeoutSec: numberAfter(model, 'visibility '),
    workSecMean: numberAfter(model, 'Exp(mean '),
    receivesMax: model.includes('maxReceiveCount') ? parameterOf(model, 'maxReceiveCount') : 1,
  });
  return pick(quantity, {
    'P(redelivery per receive)': state.redeliveryProbability,
    'P(DLQ)': state.deadLetterProbability,
  });
}

function hotRow({ model, quantity }: KnownRow): Answer {
  const limit = findHotRowLimit({
    rows: numberAfter(model, 'over '),
    exponent: numberAfter(model, 'Zipf('),
    lockSec: numberAfter(model, 'held ') / 1000,
  });
  return pick(quantity, {
    'max TPS': limit.saturationRatePerSec,
    'hot-row share': limit.hotRowShare,
  });
}

function latencyTail({ model, quantity }: KnownRow): Answer {
  const values = parametersOf(model, 'q');
  const probabilities = parametersOf(model, 'p');
  return pick(quantity, {
    '1-L(.99)': tailShare(
      values.map((value, i) => ({ value, probability: probabilities[i] })),
      0.99,
    ),
  });
}

function lognormal({ model, quantity }: KnownRow): Answer {
  const time = fitLognormal(numberAfter(model, 'median '), numberAfter(model, 'p99 '));
  return pick(quantity, {
    mean: time.meanSec,
    'residual E[X^2]/(2E[X])': time.residualSecMean,
  });
}

/** Groups M, P, Q, R, V and X: limits, caches, scaling and arithmetic. */
export const policyAnswers: Answers = new Map<string, (row: KnownRow) => Answer>([
  ['M1', tokenBucket],
  ['M2', fullBucket],
  ['M3', pacing],
  ['P1', instantCache],
  ['P2', fetchingCache],
  ['P3', lru],
  ['Q1', autoscaler],
  ['R1', scalability],
  [
    'V1',
    ({ model, quantity }) =>
      pick(quantity, {
        'E[calls to open]': callsUntilOpen(parameterOf(model, 'p'), parameterOf(model, 'n')),
      }),
  ],
  ['V2', redelivery],
  [
    'V3',
    ({ model, quantity }) =>
      pick(quantity, {
        pool: deadlockFreePoolSize(parameterOf(model, 'T'), numberAfter(model, 'threads, ')),
      }),
  ],
  ['V4', hotRow],
  ['X1', latencyTail],
  ['X2', lognormal],
]);
