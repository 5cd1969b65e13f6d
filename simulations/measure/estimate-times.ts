import { wilsonInterval } from '@/lib/stats/wilson';
import type { TimeOutcome } from '../scenario-outcome';
import type { Estimate } from '../simulation-run';
import { estimate, positiveRange, shareRange } from './estimate';
import type { SampleSketch } from './sample-sketch';

/** Estimates mean and quantiles of a time from one sketch per replication. */
export function estimateTimes(sketches: readonly SampleSketch[]): TimeOutcome {
  const of = (pick: (sketch: SampleSketch) => number) =>
    estimate(sketches.map(pick), positiveRange);
  return {
    mean: of((sketch) => sketch.mean),
    p50: of((sketch) => sketch.quantile(0.5)),
    p95: of((sketch) => sketch.quantile(0.95)),
    p99: of((sketch) => sketch.quantile(0.99)),
  };
}

/**
 * Estimates a proportion from counts per replication: the mean of the shares with a t-interval, for
 * what happens within one replication is not independent. Where all shares are equal, as when nothing
 * ever failed, the t-interval has no width, and Wilson's for the pooled counts is given.
 *
 * @param hits per replication
 * @param trials per replication; a replication without any observed nothing
 */
export function estimateShare(hits: readonly number[], trials: readonly number[]): Estimate {
  const shares = hits.map((hit, i) => hit / trials[i]);
  const result = estimate(shares, shareRange);
  const [low, high] = result.interval95;
  if (result.replications === 0 || low < high) return result;
  const pooledHits = hits.reduce((sum, hit) => sum + hit, 0);
  const pooledTrials = trials.reduce((sum, trial) => sum + trial, 0);
  return { ...result, interval95: wilsonInterval(pooledHits, pooledTrials) };
}
