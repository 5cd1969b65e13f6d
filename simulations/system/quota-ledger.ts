import type { Quota } from '../scenario/resource';
import type { ModelCalls } from './model-calls';
import { TokenBuckets } from './token-buckets';

type Admission = NonNullable<Quota['admission']>;

/** Weights of fresh, cache read, cache written and output tokens in a row of four. */
function weightsOf(quota: Quota, weights: Quota['weights'] = quota.weights): number[] {
  const input = quota.measure === 'inputTokens' || quota.measure === 'tokens' ? 1 : 0;
  const output = quota.measure === 'outputTokens' || quota.measure === 'tokens' ? 1 : 0;
  const { fresh = input, cacheRead = input, cacheWrite = input } = weights ?? {};
  return [fresh, cacheRead, cacheWrite, weights?.output ?? output];
}

const settleByAdmission = {
  actual: 'never',
  maxTokens: 'refundUnused',
  largerOfBoth: 'never',
  none: 'chargeAtEnd',
} as const satisfies Record<Admission, NonNullable<Quota['settle']>>;

/** Names of quotas for counters: the measure, with a number from the second of a measure on. */
function labelQuotas(quotas: readonly Quota[]): string[] {
  const times = new Map<string, number>();
  return quotas.map(({ measure }) => {
    const time = (times.get(measure) ?? 0) + 1;
    times.set(measure, time);
    return time === 1 ? measure : `${measure}${time}`;
  });
}

const countersPerQuota = 4;

/** Names of the counters of quotas, four for each in order. */
export function quotaCounterNames(quotas: readonly Quota[]): string[] {
  return labelQuotas(quotas).flatMap((label) => [
    `limitedBy.${label}`, //    calls refused or made to wait that this quota would admit last
    `exhaustedSec.${label}`, // time for which it had too little for a call that came
    `charged.${label}`, //      units taken, at the start and at the end
    `settledBack.${label}`, //  units given back at the end
  ]);
}

/**
 * Charges calls to the quotas of a provider: an estimate when they start, the truth at the end.
 *
 * Each quota is a token bucket. Output that is charged at the end may take a bucket below 0: it was
 * produced already, and what follows waits until it is made up for.
 */
export class QuotaLedger {
  readonly buckets: TokenBuckets;
  readonly #quotas: readonly Quota[];
  readonly #admission: readonly Admission[];
  readonly #settle: readonly NonNullable<Quota['settle']>[];
  readonly #atStart: Float64Array; // weights, four per quota
  readonly #atEnd: Float64Array;
  readonly #calls: ModelCalls;
  readonly #clock: Float64Array;
  readonly #counters: Float64Array;
  /** Largest demand that a quota has too little for; −1: it has enough for all. */
  readonly #exhaustedBy: Float64Array;
  readonly #exhaustedFromSec: Float64Array;

  /** @param counters of these quotas, in the order of `quotaCounterNames` */
  constructor(
    quotas: readonly Quota[],
    parts: { clock: Float64Array; calls: ModelCalls; counters: Float64Array },
  ) {
    this.#quotas = quotas;
    this.#clock = parts.clock;
    this.#calls = parts.calls;
    this.#counters = parts.counters;
    this.buckets = new TokenBuckets(
      parts.clock,
      quotas.map(({ perMinute, burst = perMinute }) => ({ ratePerSec: perMinute / 60, burst })),
    );
    this.#admission = quotas.map(({ admission = 'actual' }) => admission);
    this.#settle = quotas.map(({ settle }, i) => settle ?? settleByAdmission[this.#admission[i]]);
    this.#atStart = Float64Array.from(
      quotas.flatMap((q) => weightsOf(q, q.admissionWeights ?? q.weights)),
    );
    this.#atEnd = Float64Array.from(quotas.flatMap((q) => weightsOf(q)));
    this.#exhaustedBy = new Float64Array(quotas.length).fill(-1);
    this.#exhaustedFromSec = new Float64Array(quotas.length);
  }

  /** Finds the quota that would admit a call last, as `TokenBuckets.findLimit` does. */
  findLimit(call: number): number {
    this.account();
    const { need } = this.buckets;
    for (let quota = 0; quota < need.length; quota++)
      need[quota] = this.#chargeAtStart(call, quota);
    return this.buckets.findLimit();
  }

  /** Notes that a quota did not admit the call that `findLimit` was asked about. */
  noteLimit(quota: number): void {
    this.#counters[countersPerQuota * quota]++;
    const need = this.buckets.need[quota];
    if (need > this.buckets.burst[quota]) return;
    const before = this.#exhaustedBy[quota];
    if (before < 0) this.#exhaustedFromSec[quota] = this.#clock[0];
    this.#exhaustedBy[quota] = Math.max(before, need);
  }

  /** Charges the call that `findLimit` was asked about. */
  admit(call: number): void {
    const { need } = this.buckets;
    this.buckets.take();
    for (let quota = 0; quota < need.length; quota++) {
      this.#calls.charged[this.#calls.chargeIndex(call, quota)] = need[quota];
      this.#counters[countersPerQuota * quota + 2] += need[quota];
    }
  }

  /** Charges the refused call that `findLimit` was asked about where refused calls count. */
  refuse(): void {
    const { need, level } = this.buckets;
    for (let quota = 0; quota < need.length; quota++) {
      if (this.#quotas[quota].failedCallsCount !== true) continue;
      // No further than empty, else callers that go on would shut themselves out for good.
      const taken = Math.max(0, Math.min(need[quota], level[quota]));
      this.buckets.put(quota, -taken);
      this.#counters[countersPerQuota * quota + 2] += taken;
    }
  }

  /**
   * Settles a call that ended.
   *
   * @param produced output tokens; below 0: it failed, and neither prompt nor output were used
   */
  settle(call: number, produced: number): void {
    this.account();
    this.buckets.refill();
    for (let quota = 0; quota < this.#quotas.length; quota++) {
      const rule = this.#settle[quota];
      if (rule === 'never' || this.#quotas[quota].measure === 'requests') continue;
      const charged = this.#calls.charged[this.#calls.chargeIndex(call, quota)];
      const used = produced < 0 ? 0 : this.#weigh(this.#atEnd, call, quota, produced);
      const missing = used - charged;
      if (missing > 0) this.#counters[countersPerQuota * quota + 2] += missing;
      else if (rule === 'refundUnused') this.#counters[countersPerQuota * quota + 3] -= missing;
      else continue;
      this.buckets.put(quota, -missing);
    }
  }

  /** Refills at this factor times the quotas from now on; their bursts stay. */
  scale(factor: number): void {
    this.account();
    this.buckets.scaleRates(factor);
  }

  /** Credits the time up to now for which quotas had too little. */
  account(): void {
    const { buckets } = this;
    const nowSec = this.#clock[0];
    for (let quota = 0; quota < this.#quotas.length; quota++) {
      const need = this.#exhaustedBy[quota];
      if (need < 0) continue;
      const untilSec = buckets.lookedAtSec + buckets.secUntil(quota, need);
      const fromSec = this.#exhaustedFromSec[quota];
      const toSec = Math.max(fromSec, Math.min(nowSec, untilSec));
      this.#counters[countersPerQuota * quota + 1] += toSec - fromSec;
      this.#exhaustedFromSec[quota] = toSec;
      if (untilSec <= nowSec) this.#exhaustedBy[quota] = -1;
    }
  }

  #chargeAtStart(call: number, quota: number): number {
    if (this.#quotas[quota].measure === 'requests') return 1;
    const weights = this.#atStart;
    switch (this.#admission[quota]) {
      case 'actual':
        return this.#weigh(weights, call, quota, this.#calls.output[call]);
      case 'maxTokens':
        return this.#weigh(weights, call, quota, this.#calls.asked[call]);
      case 'none':
        return this.#weigh(weights, call, quota, 0);
      default: {
        const asked = weights[4 * quota + 3] * this.#calls.asked[call];
        return Math.max(asked, this.#weigh(weights, call, quota, 0));
      }
    }
  }

  #weigh(weights: Float64Array, call: number, quota: number, output: number): number {
    const { fresh, cacheRead, cacheWrite } = this.#calls;
    const row = 4 * quota;
    return (
      weights[row] * fresh[call] +
      weights[row + 1] * cacheRead[call] +
      weights[row + 2] * cacheWrite[call] +
      weights[row + 3] * output
    );
  }
}
