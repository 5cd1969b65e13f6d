import { describe, expect, test } from 'vitest';
import { batchResponseSec } from '@/simulations/analytic/batch-arrivals';
import { solveBreakdowns } from '@/simulations/analytic/breakdowns';
import { callsUntilOpen } from '@/simulations/analytic/circuit-breaker';
import { solveClosedNetwork } from '@/simulations/analytic/closed-network';
import { deterministicServiceWaitSec } from '@/simulations/analytic/crommelin';
import { deadlockFreePoolSize } from '@/simulations/analytic/deadlock-free-pool';
import { solveErlangA } from '@/simulations/analytic/erlang-a';
import { blockingProbability } from '@/simulations/analytic/erlang-b';
import { meanWaitSec, waitQuantileSec } from '@/simulations/analytic/erlang-c';
import { solveFiniteQueue } from '@/simulations/analytic/finite-queue';
import { solveFixedTimeout } from '@/simulations/analytic/fixed-timeout';
import {
  backlogTimeSec,
  describeBacklog,
  timeToWaitSec,
} from '@/simulations/analytic/fluid-backlog';
import { forkJoinResponseSec, maxOfExponentialsSec } from '@/simulations/analytic/fork-join';
import { allenCunneenWaitSec } from '@/simulations/analytic/general-arrivals';
import { halfinWhittWaitProbability } from '@/simulations/analytic/halfin-whitt';
import { harmonicNumber } from '@/simulations/analytic/harmonic-number';
import { sinusoidalConcurrency } from '@/simulations/analytic/infinite-servers';
import { lruHitRatio } from '@/simulations/analytic/lru-cache';
import { boundClosedLoop } from '@/simulations/analytic/operational-bounds';
import { poissonQuantile, poissonWeights } from '@/simulations/analytic/poisson-distribution';
import {
  meanResidualSec,
  pollaczekKhinchineWaitSec,
} from '@/simulations/analytic/pollaczek-khinchine';
import { nonpreemptiveWaitSec, priorityPoolWaitSec } from '@/simulations/analytic/priorities';
import { processorSharingResponseSec } from '@/simulations/analytic/processor-sharing';
import { solveRedelivery } from '@/simulations/analytic/redelivery';
import { solveGammaArrivals } from '@/simulations/analytic/renewal-arrivals';
import { solveRetrials } from '@/simulations/analytic/retrial-queue';
import { solveRetries } from '@/simulations/analytic/retries';
import { responseQuantileSec } from '@/simulations/analytic/single-server';
import { tokenBucketRejectProbability } from '@/simulations/analytic/token-bucket';
import { solveTransient } from '@/simulations/analytic/transient-queue';
import { solveTtlCache } from '@/simulations/analytic/ttl-cache';
import { peakWorkers } from '@/simulations/analytic/universal-scalability';
import { findHotRowLimit, zipfShares } from '@/simulations/analytic/zipf';

const one = { arrivalRatePerSec: 1, serviceTimeSec: 0.5 };
const pool = { ...one, servers: 2 };
const many = { ...pool, servers: 1.5 };
const law = { ratePerSecOfOne: 1, contention: 0.1, coherency: 0.1 };
const swing = {
  arrivalRatePerSecMean: 1,
  arrivalRatePerSecAmplitude: 2,
  periodSec: 1,
  serviceTimeSec: 1,
};

const refused: readonly (readonly [what: string, call: () => unknown])[] = [
  ['half a server', () => meanWaitSec(many)],
  ['half a server of Erlang B', () => blockingProbability(0.5, 1)],
  ['endless load', () => blockingProbability(5, Infinity)],
  ['a negative rate', () => meanWaitSec({ ...pool, arrivalRatePerSec: -1 })],
  ['the quantile of order 1', () => waitQuantileSec(pool, 1)],
  ['the quantile of order NaN', () => responseQuantileSec(one, Number.NaN)],
  ['no patience', () => solveErlangA({ ...pool, patienceSec: 0 })],
  ['patience that is no number', () => solveErlangA({ ...pool, patienceSec: Number.NaN })],
  ['a timeout before the start', () => solveFixedTimeout({ ...pool, timeoutSec: -1 })],
  ['less room than servers', () => solveFiniteQueue({ ...pool, capacity: 1 })],
  ['room without end', () => solveFiniteQueue({ ...pool, capacity: Infinity })],
  ['a negative CV', () => pollaczekKhinchineWaitSec({ ...one, serviceTimeCv: -1 })],
  ['a negative CV of gaps', () => solveGammaArrivals({ ...one, arrivalCv: -0.1 })],
  [
    'a CV that is no number',
    () => allenCunneenWaitSec({ ...pool, arrivalCv: 1, serviceTimeCv: Number.NaN }),
  ],
  ['a residual of a negative mean', () => meanResidualSec(-1, 1)],
  ['half a server of constant service', () => deterministicServiceWaitSec(many)],
  [
    'batches of none',
    () =>
      batchResponseSec({ batchRatePerSec: 1, batchSizeMean: 0, batchSizeCv: 0, serviceTimeSec: 1 }),
  ],
  ['a negative demand', () => processorSharingResponseSec(one, -1)],
  [
    'a class with a negative rate',
    () => nonpreemptiveWaitSec([{ ...one, arrivalRatePerSec: -1, serviceTimeCv: 1 }]),
  ],
  [
    'a pool without servers',
    () => priorityPoolWaitSec({ servers: 0, serviceTimeSec: 1, arrivalRatePerSecByClass: [1] }),
  ],
  ['no branches', () => forkJoinResponseSec({ ...one, branches: 0 })],
  ['the longest of −1', () => maxOfExponentialsSec(-1, 1)],
  ['terms that are no count', () => harmonicNumber(2.5)],
  ['items that are no count', () => zipfShares(0, 1)],
  ['a lock of no time', () => findHotRowLimit({ rows: 5, exponent: 1, lockSec: 0 })],
  [
    'a bucket without burst',
    () => tokenBucketRejectProbability({ arrivalRatePerSec: 1, refillPerSec: 1, burst: 0 }),
  ],
  [
    'a bucket without refill',
    () => tokenBucketRejectProbability({ arrivalRatePerSec: 1, refillPerSec: 0, burst: 1 }),
  ],
  ['no attempt', () => solveRetries(0.5, 0)],
  ['a probability above 1', () => solveRetries(1.1, 2)],
  ['a breaker at no failure', () => callsUntilOpen(0.5, 0)],
  [
    'work of no time',
    () => solveRedelivery({ visibilityTimeoutSec: 1, workSecMean: 0, receivesMax: 1 }),
  ],
  ['a pool for no thread', () => deadlockFreePoolSize(0, 1)],
  ['retrials without delay', () => solveRetrials({ ...pool, retryDelaySec: 0 })],
  [
    'a life below 0',
    () => solveTtlCache({ requestRatePerSec: 1, ttlSec: -1, fetchSec: 0, isSingleFlight: true }),
  ],
  ['shares that add up to half', () => lruHitRatio([0.25, 0.25], 1)],
  ['a negative share', () => lruHitRatio([1.5, -0.5], 1)],
  ['contention above 1', () => peakWorkers({ ...law, contention: 1.5 })],
  ['no spare capacity', () => halfinWhittWaitProbability(0)],
  ['a server that is never up', () => solveBreakdowns({ ...one, upSecMean: 0, downSecMean: 1 })],
  ['a swing below 0', () => sinusoidalConcurrency(swing, 0)],
  ['a negative Poisson mean', () => poissonWeights(-1)],
  ['a certain Poisson quantile', () => poissonQuantile(3, 1)],
  ['time before the start', () => solveTransient(one, -1)],
  ['half a customer', () => solveTransient(one, 1, 0.5)],
  ['a backlog of no servers', () => describeBacklog({ ...pool, servers: 0 })],
  ['a negative backlog', () => backlogTimeSec(pool, { from: -1, to: 0 })],
  ['a negative wait', () => timeToWaitSec(pool, -1)],
  [
    'a network of nobody',
    () => solveClosedNetwork({ customers: 0, thinkTimeSec: 1, stations: [] }),
  ],
  [
    'a network that takes no time',
    () => solveClosedNetwork({ customers: 1, thinkTimeSec: 0, stations: [] }),
  ],
  [
    'bounds of half a customer',
    () => boundClosedLoop({ customers: 0.5, thinkTimeSec: 1, stations: [] }),
  ],
];

describe('closed forms refuse what is outside their range', () => {
  test.each(refused)('%s', (_, call) => {
    expect(call).toThrow(RangeError);
    expect(call).toThrow(/^Got .+ when expected .+\.$/);
  });
});
