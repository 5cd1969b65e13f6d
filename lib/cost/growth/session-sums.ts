import type { ContextMeasures } from '../../sessions/context-growth';
import type { SessionSet } from '../../sessions/session';
import type { RatioSums } from '../../stats/bootstrap-ratios';
import { fitWithinGroups, sumCentred } from '../../stats/regression';
import type { GrowthThread } from './list-threads';

/** Two points always lie on a line: a run of calls tells something about a slope from three on. */
const minRunCalls = 3;

/**
 * Sums about the means of runs of calls, added up by session: all that a resample of sessions needs.
 * Entry i of every array belongs to session `sessions[i]`.
 */
export interface SessionSums {
  readonly sessions: Uint32Array;
  readonly sumXX: Float64Array; //         Σ(x − x̄)²
  readonly sumXY: Float64Array;
  readonly sumYY: Float64Array;
  readonly calls: number;
  readonly runs: number;
}

/** Collects sums over runs, thread by thread in order of session. */
class SumCollector {
  readonly #sessions: number[] = [];
  readonly #sumXX: number[] = [];
  readonly #sumXY: number[] = [];
  readonly #sumYY: number[] = [];
  #calls = 0;
  #runs = 0;

  /** Adds the first n points as one run; nothing where they are too few. */
  add(session: number, x: Float64Array, y: Float64Array, n: number): void {
    if (n < minRunCalls) return;
    const run = sumCentred(x.subarray(0, n), y.subarray(0, n));
    let at = this.#sessions.length - 1;
    if (at < 0 || this.#sessions[at] !== session) {
      at = this.#sessions.push(session) - 1;
      this.#sumXX.push(0);
      this.#sumXY.push(0);
      this.#sumYY.push(0);
    }
    this.#sumXX[at] += run.sumXX;
    this.#sumXY[at] += run.sumXY;
    this.#sumYY[at] += run.sumYY;
    this.#calls += n;
    this.#runs++;
  }

  sums(): SessionSums {
    return {
      sessions: Uint32Array.from(this.#sessions),
      sumXX: Float64Array.from(this.#sumXX),
      sumXY: Float64Array.from(this.#sumXY),
      sumYY: Float64Array.from(this.#sumYY),
      calls: this.#calls,
      runs: this.#runs,
    };
  }
}

function longestOf(threads: readonly GrowthThread[]): number {
  return threads.reduce((longest, { rows }) => Math.max(longest, rows.length), 0);
}

/** Prompt against call number, one line per thread or, segmented, per stretch between resets. */
export function sumPrompts(
  threads: readonly GrowthThread[],
  context: ContextMeasures,
  isSegmented: boolean,
): SessionSums {
  const collector = new SumCollector();
  const x = new Float64Array(longestOf(threads));
  const y = new Float64Array(x.length);
  for (const { session, rows } of threads) {
    let n = 0;
    for (let i = 0; i < rows.length; i++) {
      const row = rows[i];
      if (isSegmented && i > 0 && context.segment[row] !== context.segment[rows[i - 1]]) {
        collector.add(session, x, y, n);
        n = 0;
      }
      x[n] = context.callInThread[row];
      y[n++] = context.promptTokens[row];
    }
    collector.add(session, x, y, n);
  }
  return collector.sums();
}

/** Logarithm of a running total against the logarithm of how many have been added. */
function sumLogTotals(threads: readonly GrowthThread[], amounts: Float64Array): SessionSums {
  const collector = new SumCollector();
  const x = new Float64Array(longestOf(threads));
  const y = new Float64Array(x.length);
  for (const { session, rows } of threads) {
    let total = 0;
    let n = 0;
    for (const row of rows) {
      const amount = amounts[row];
      if (Number.isNaN(amount)) continue;
      total += amount;
      if (total <= 0) continue;
      x[n] = Math.log(n + 1);
      y[n++] = Math.log(total);
    }
    collector.add(session, x, y, n);
  }
  return collector.sums();
}

/**
 * Sums for the exponent: cumulative list cost of the calls that are priced or, where no thread has
 * three of those, cumulative prompt tokens.
 */
export function sumExponents(
  threads: readonly GrowthThread[],
  set: SessionSet,
  context: ContextMeasures,
): { readonly sums: SessionSums; readonly of: 'list_cost' | 'prompt_tokens' } {
  const byCost = sumLogTotals(threads, set.calls.listCostPicoUsd);
  if (byCost.runs > 0) return { sums: byCost, of: 'list_cost' };
  return { sums: sumLogTotals(threads, context.promptTokens), of: 'prompt_tokens' };
}

/**
 * Fixed-effects slope of session sums: one slope, an intercept of its own for every run.
 *
 * @returns null when x varies in no run; R² is 1 where nothing varies, which leaves no residual
 */
export function fitSums(
  sums: SessionSums,
): { readonly slope: number; readonly rSquared: number } | null {
  const total = { n: sums.calls, meanX: 0, meanY: 0, sumXX: 0, sumXY: 0, sumYY: 0 };
  for (let i = 0; i < sums.sessions.length; i++) {
    total.sumXX += sums.sumXX[i];
    total.sumXY += sums.sumXY[i];
    total.sumYY += sums.sumYY[i];
  }
  const fit = fitWithinGroups([total]);
  if (fit === null) return null;
  return { slope: fit.slope, rSquared: Number.isNaN(fit.rSquared) ? 1 : fit.rSquared };
}

/** The same slope as a ratio of sums, for a bootstrap over sessions. */
export function slopeRatio({ sessions, sumXX, sumXY }: SessionSums): RatioSums {
  return { clusters: sessions, parts: sumXY, wholes: sumXX };
}
