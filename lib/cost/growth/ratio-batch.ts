import { percentileInterval } from '../../stats/bootstrap';
import { bootstrapRatios, type RatioSums } from '../../stats/bootstrap-ratios';
import type { Interval } from '../cost-model';
import { type BootstrapOptions, minBootstrapSessions } from '../session-quantiles';

/** A ratio of two sums over sessions. */
export interface SessionRatio {
  readonly value: number; //               NaN: nothing to divide by
  /** Its values over all resamples, once the batch has run; null below 20 sessions. */
  readonly resampled: () => Float64Array | null;
}

const sumOf = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0);

/**
 * Ratios of many groups that are evaluated on the same resamples of sessions.
 *
 * Sessions are drawn once for all: that is faster than drawing for every group, and lets ratios be
 * combined resample by resample.
 */
export class RatioBatch {
  readonly #ratios: RatioSums[] = [];
  #values: Float64Array[] = [];

  /** Adds a ratio; its clusters are sessions of the set, rising. */
  add(sums: RatioSums): SessionRatio {
    const value = sumOf(sums.parts) / sumOf(sums.wholes);
    if (countDistinct(sums.clusters) < minBootstrapSessions) {
      return { value, resampled: () => null };
    }
    const at = this.#ratios.push(sums) - 1;
    return { value, resampled: () => this.#values[at] ?? null };
  }

  /** Draws the resamples. @param sessions of the whole set */
  run(sessions: number, options: BootstrapOptions): void {
    if (this.#ratios.length === 0) return;
    this.#values = bootstrapRatios(this.#ratios, { clusters: sessions, ...options });
  }
}

/** Distinct numbers of a rising array. */
function countDistinct(rising: Uint32Array): number {
  let distinct = 0;
  for (let i = 0; i < rising.length; i++) {
    if (i === 0 || rising[i] !== rising[i - 1]) distinct++;
  }
  return distinct;
}

/** 95 % percentile interval; null without resamples or where too many of them have no value. */
export function intervalOf(values: ArrayLike<number> | null): Interval | null {
  return values === null ? null : percentileInterval(values);
}
