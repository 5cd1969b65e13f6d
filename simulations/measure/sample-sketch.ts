const mantissaBits = 7;
const bucketsPerOctave = 2 ** mantissaBits;
const minExponent = -30; // 2^-30 s is about a nanosecond
const maxExponent = 27; //  2^27 s is about four years
const bucketCount = (maxExponent - minExponent) * bucketsPerOctave;
const firstBucketKey = (1023 + minExponent) * bucketsPerOctave;

const asDouble = new Float64Array(1);
const asWords = new Uint32Array(asDouble.buffer);
const highWord = new Uint8Array(new Uint32Array([1]).buffer)[0] === 1 ? 1 : 0;

/** A sketch as plain data: cloneable between threads, and only as long as its range of values. */
export interface SampleSketchState {
  readonly count: number;
  readonly zeroCount: number;
  readonly sum: number;
  readonly max: number;
  readonly firstBucket: number;
  readonly counts: Uint32Array;
}

/** Lower edge of a bucket, in the unit of the samples. */
function bucketEdge(bucket: number): number {
  const exponent = minExponent + Math.floor(bucket / bucketsPerOctave);
  return 2 ** exponent * (1 + (bucket % bucketsPerOctave) / bucketsPerOctave);
}

/**
 * Mergeable sketch of non-negative samples for quantiles, in constant memory.
 *
 * Buckets are the leading bits of the double: 128 equal parts of every power of two from 2^-30 to
 * 2^27. A quantile is interpolated within its bucket, so it is off by less than 1/128 of its value;
 * count, sum and maximum are exact. Smaller samples count as 0, larger ones as the last
 * bucket. Merging is adding: the result does not depend on order or grouping.
 */
export class SampleSketch {
  count = 0;
  sum = 0;
  #zeroCount = 0;
  #max = 0;
  readonly #counts = new Uint32Array(bucketCount);

  /** Adds a sample of 0. */
  addZero(): void {
    this.count++;
    this.#zeroCount++;
  }

  /** Adds one sample, at least 0. */
  add(value: number): void {
    this.count++;
    this.sum += value;
    if (value > this.#max) this.#max = value;
    asDouble[0] = value;
    const bucket = (asWords[highWord] >>> (20 - mantissaBits)) - firstBucketKey;
    if (bucket < 0) this.#zeroCount++;
    else this.#counts[bucket < bucketCount ? bucket : bucketCount - 1]++;
  }

  /** Adds all samples of another sketch. */
  merge(other: SampleSketchState): void {
    this.count += other.count;
    this.sum += other.sum;
    this.#zeroCount += other.zeroCount;
    this.#max = Math.max(this.#max, other.max);
    for (let i = 0; i < other.counts.length; i++) {
      this.#counts[other.firstBucket + i] += other.counts[i];
    }
  }

  /** Samples of 0, and those too small to tell from it. */
  get zeroCount(): number {
    return this.#zeroCount;
  }

  /** Mean of the samples; NaN when there are none. */
  get mean(): number {
    return this.count === 0 ? Number.NaN : this.sum / this.count;
  }

  /**
   * Quantile of the samples.
   *
   * @param probability in [0, 1]
   * @returns the unit of the samples, off by less than 1/128 of itself; NaN when there are none
   */
  quantile(probability: number): number {
    if (this.count === 0) return Number.NaN;
    const rank = probability * this.count;
    let below = this.#zeroCount;
    if (rank <= below) return 0;
    for (let bucket = 0; bucket < bucketCount; bucket++) {
      const inBucket = this.#counts[bucket];
      if (inBucket > 0 && rank <= below + inBucket) {
        const edge = bucketEdge(bucket);
        const value = edge + ((rank - below) / inBucket) * (bucketEdge(bucket + 1) - edge);
        return Math.min(value, this.#max);
      }
      below += inBucket;
    }
    return this.#max;
  }

  /** Forgets all samples. */
  clear(): void {
    this.count = 0;
    this.sum = 0;
    this.#zeroCount = 0;
    this.#max = 0;
    this.#counts.fill(0);
  }

  /** Copies the sketch as plain data. */
  toState(): SampleSketchState {
    let first = 0;
    let end = bucketCount;
    while (first < end && this.#counts[first] === 0) first++;
    while (end > first && this.#counts[end - 1] === 0) end--;
    return {
      count: this.count,
      zeroCount: this.#zeroCount,
      sum: this.sum,
      max: this.#max,
      firstBucket: first,
      counts: this.#counts.slice(first, end),
    };
  }
}
