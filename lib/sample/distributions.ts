import type { RandomStream } from '@/lib/stats/random-stream';

/** Standard normal quantile at 0.9: turns a published p50 and p90 into a log-normal law. */
const normalQuantile90 = 1.2815515655446004;

/** A log-normal law, given by two quantiles as published sources state them, cut at `max`. */
export interface QuantileLaw {
  readonly p50: number;
  readonly p90: number;
  readonly max: number;
}

/**
 * Draws from the log-normal law with the given median and 90th percentile.
 *
 * @returns the unit of the quantiles; above 0, at most `max`
 */
export function sampleQuantileLaw(law: QuantileLaw, stream: RandomStream): number {
  const sigma = Math.log(law.p90 / law.p50) / normalQuantile90;
  return Math.min(law.p50 * Math.exp(sigma * stream.nextNormal()), law.max);
}

/** Draws like {@link sampleQuantileLaw} and rounds to a whole number of at least 1. */
export function sampleCount(law: QuantileLaw, stream: RandomStream): number {
  return Math.max(1, Math.round(sampleQuantileLaw(law, stream)));
}

/**
 * Draws from the geometric law on 1, 2, 3 … by inversion.
 *
 * @param mean at least 1
 * @param max the draw is cut here
 */
export function sampleGeometric(mean: number, max: number, stream: RandomStream): number {
  if (mean <= 1) return 1;
  const trials = Math.ceil(Math.log(1 - stream.nextFloat()) / Math.log(1 - 1 / mean));
  return Math.min(Math.max(trials, 1), max);
}

/** Decides an event of the given probability. */
export function isDrawn(probability: number, stream: RandomStream): boolean {
  return stream.nextFloat() < probability;
}

/** Draws a number of lower-case hex digits, eight to a word. */
export function sampleHex(words: number, stream: RandomStream): string {
  let hex = '';
  for (let i = 0; i < words; i++) hex += stream.nextUint32().toString(16).padStart(8, '0');
  return hex;
}
