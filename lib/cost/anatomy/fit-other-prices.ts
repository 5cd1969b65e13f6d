import type { DifferenceExplanation } from '../cost-anatomy';
import {
  type ComparedCall,
  type ExplainedBucket,
  explainedBuckets,
  isNear,
  nearlyAll,
  unitPriceOf,
} from './difference-group';

/** Calls beyond the number of unknown prices: with fewer, any prices would fit. */
const sparedCalls = 3;

/** Pivots below this share of the largest say that two buckets always go together. */
const smallestPivot = 1e-9;

/** Pico-dollars per token in one dollar per million tokens. */
const picoUsdPerUsdMtok = 1e6;

/**
 * Looks for unit prices that give every recorded cost: least squares over the buckets in use.
 *
 * @returns null where none do, or where the calls cannot tell the buckets apart
 */
export function fitOtherPrices(calls: readonly ComparedCall[]): DifferenceExplanation | null {
  const buckets = explainedBuckets.filter((bucket) =>
    calls.some((call) => call.tokens[bucket] > 0),
  );
  if (calls.length < buckets.length + sparedCalls) return null;
  const prices = solve(...normalEquations(calls, buckets));
  if (prices === null || prices.some((price) => price < 0)) return null;
  const costAt = (call: ComparedCall) =>
    buckets.reduce((sum, bucket, i) => sum + call.tokens[bucket] * prices[i], 0);
  const explained = calls.filter((call) =>
    isNear(call.recordedPicoUsd, costAt(call), call.listPicoUsd),
  );
  if (explained.length < nearlyAll * calls.length) return null;
  const [first] = calls;
  return {
    kind: 'other_price',
    usdPerMtok: buckets.map((bucket, i) => ({
      bucket,
      recorded: prices[i] / picoUsdPerUsdMtok,
      list: unitPriceOf(first, bucket) / picoUsdPerUsdMtok,
    })),
  };
}

function normalEquations(
  calls: readonly ComparedCall[],
  buckets: readonly ExplainedBucket[],
): [number[][], number[]] {
  const matrix = buckets.map(() => buckets.map(() => 0));
  const right = buckets.map(() => 0);
  for (const call of calls) {
    buckets.forEach((row, i) => {
      right[i] += call.tokens[row] * call.recordedPicoUsd;
      buckets.forEach((column, j) => {
        matrix[i][j] += call.tokens[row] * call.tokens[column];
      });
    });
  }
  return [matrix, right];
}

/** Gaussian elimination with pivoting; null where the matrix is as good as singular. */
function solve(matrix: number[][], right: number[]): number[] | null {
  const n = right.length;
  const scale = matrix.map((row, i) => Math.sqrt(row[i]));
  const a = matrix.map((row, i) => row.map((value, j) => value / (scale[i] * scale[j])));
  const b = right.map((value, i) => value / scale[i]);
  for (let column = 0; column < n; column++) {
    let pivot = column;
    for (let row = column + 1; row < n; row++) {
      if (Math.abs(a[row][column]) > Math.abs(a[pivot][column])) pivot = row;
    }
    if (!(Math.abs(a[pivot][column]) > smallestPivot)) return null;
    [a[column], a[pivot]] = [a[pivot], a[column]];
    [b[column], b[pivot]] = [b[pivot], b[column]];
    for (let row = 0; row < n; row++) {
      if (row === column) continue;
      const factor = a[row][column] / a[column][column];
      for (let j = column; j < n; j++) a[row][j] -= factor * a[column][j];
      b[row] -= factor * b[column];
    }
  }
  return b.map((value, i) => value / a[i][i] / scale[i]);
}
