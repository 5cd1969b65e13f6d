import { picoUsdFromUsd } from '../../units';
import { priceBucket, promptBuckets } from '../price-call';
import type { UnitPrices } from '../unit-prices';

/** Half of the sixth decimal of a dollar, to which many sources round what they record. */
const roundingPicoUsd = 500_000;

/** Relative difference below which two costs are the same. */
const equalShare = 1e-4;

/** A share of calls that is nearly all of them. */
export const nearlyAll = 0.95;

/** Buckets by which a recorded cost is explained. */
export const explainedBuckets = [...promptBuckets, 'output', 'reasoning'] as const;
export type ExplainedBucket = (typeof explainedBuckets)[number];

/** One call with both a list and a recorded cost. */
export interface ComparedCall {
  readonly tokens: Readonly<Record<ExplainedBucket, number>>;
  readonly promptTokens: number;
  readonly listPicoUsd: number;
  readonly recordedPicoUsd: number;
  readonly prices: UnitPrices | null; // null: the book of now does not know what it was priced with
}

/** Recorded dollars as pico-dollars, as near as a double holds them. */
export const recordedPicoUsd = (usd: number): number => Number(picoUsdFromUsd(usd));

/** Whether a recorded cost is the list cost, but for rounding. */
export function isEqual({ listPicoUsd, recordedPicoUsd }: ComparedCall): boolean {
  return isNear(listPicoUsd - recordedPicoUsd, 0, listPicoUsd);
}

/** Whether two amounts are the same but for rounding, beside a cost that they are parts of. */
export function isNear(amount: number, expected: number, costPicoUsd: number): boolean {
  return Math.abs(amount - expected) <= Math.max(roundingPicoUsd, equalShare * costPicoUsd);
}

/** Pico-dollars that a call's bucket costs per token at list price; NaN where it has none. */
export function unitPriceOf(call: ComparedCall, bucket: ExplainedBucket): number {
  return call.prices === null ? Number.NaN : priceBucket(bucket, 1, call.promptTokens, call.prices);
}
