/** Words that set the four hash lanes apart: the first 32 fraction bits of √2, √3, √5 and √7. */
const laneSeeds = [0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a] as const;

const warmUpRounds = 15;

/** Splits a key part into 32-bit words: numbers into low and high word, text into UTF-16 units. */
function keyWords(key: readonly (number | string)[]): number[] {
  const words: number[] = [];
  for (const part of key) {
    if (typeof part === 'string') {
      words.push(0x5bd1e995, part.length);
      for (let i = 0; i < part.length; i++) words.push(part.charCodeAt(i));
    } else {
      if (!Number.isSafeInteger(part)) {
        throw new RangeError(`Got ${part} in a stream key when expected a safe integer.`);
      }
      words.push(part | 0, Math.floor(part / 2 ** 32) | 0);
    }
  }
  return words;
}

/** MurmurHash3 (x86, 32 bit) of whole words. */
function hashWords(words: readonly number[], seed: number): number {
  let hash = seed;
  for (const word of words) {
    let k = Math.imul(word, 0xcc9e2d51);
    k = Math.imul((k << 15) | (k >>> 17), 0x1b873593);
    hash ^= k;
    hash = (hash << 13) | (hash >>> 19);
    hash = (Math.imul(hash, 5) + 0xe6546b64) | 0;
  }
  hash ^= words.length * 4;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) | 0;
}

/**
 * Sets four words to the state in which the stream of a key begins: a keyed hash of all its parts,
 * and 15 rounds of sfc32. For tables that keep many streams in one array.
 *
 * @param state receives words `at` to `at + 3`
 * @param at first word of the state; `at + 3` is inside the array
 * @param key safe integers and text; equal keys give equal states
 * @throws RangeError when a number of the key is not a safe integer
 */
export function seedStream(state: Int32Array, at: number, key: readonly (number | string)[]): void {
  const words = keyWords(key);
  for (let lane = 0; lane < 4; lane++) state[at + lane] = hashWords(words, laneSeeds[lane]);
  for (let round = 0; round < warmUpRounds; round++) advanceStream(state, at);
}

/**
 * Draws 32 bits by one step of sfc32.
 *
 * @param state array with a state that `seedStream` has set
 * @param at first of its four words
 * @returns a signed 32-bit integer
 */
export function advanceStream(state: Int32Array, at: number): number {
  const b = state[at + 1];
  const c = state[at + 2];
  const counter = state[at + 3];
  const drawn = (state[at] + b + counter) | 0;
  state[at + 3] = counter + 1;
  state[at] = b ^ (b >>> 9);
  state[at + 1] = c + (c << 3);
  state[at + 2] = ((c << 21) | (c >>> 11)) + drawn;
  return drawn;
}

/**
 * A stream of pseudo-random numbers that is a pure function of its key.
 *
 * sfc32 (Chris Doty-Humphrey, PractRand): 128 bits of state with a counter, so its period is at
 * least 2^32 from every state. The state is a keyed hash of all parts of the key: streams of
 * different keys do not depend on the order in which they are made or read. Drawing allocates
 * nothing. Not for secrets.
 */
export class RandomStream {
  readonly #state = new Int32Array(4);

  /** @param key safe integers and text; equal keys give equal streams */
  constructor(key: readonly (number | string)[]) {
    seedStream(this.#state, 0, key);
  }

  /** Draws an integer from 0 to 2^32 − 1. */
  nextUint32(): number {
    return advanceStream(this.#state, 0) >>> 0;
  }

  /** Draws a double in [0, 1) from 53 random bits. */
  nextFloat(): number {
    const high = this.nextUint32() >>> 5;
    const low = this.nextUint32() >>> 6;
    return (high * 67_108_864 + low) / 9_007_199_254_740_992;
  }

  /**
   * Draws from the exponential distribution by inversion, −mean · ln(1 − u).
   *
   * @param mean any unit, at least 0
   * @returns the unit of the mean; finite, at least 0
   */
  nextExponential(mean: number): number {
    return -mean * Math.log(1 - this.nextFloat());
  }

  /**
   * Draws an integer from 0 to n − 1, each equally likely to within 2^−32.
   *
   * @param n from 1 to 2^32
   */
  nextInt(n: number): number {
    return Math.floor((this.nextUint32() / 4_294_967_296) * n);
  }

  /** Draws from the normal distribution with mean 0 and variance 1 (polar method, one of the pair). */
  nextNormal(): number {
    for (;;) {
      const x = 2 * this.nextFloat() - 1;
      const y = 2 * this.nextFloat() - 1;
      const square = x * x + y * y;
      if (square > 0 && square < 1) return x * Math.sqrt((-2 * Math.log(square)) / square);
    }
  }
}

/**
 * Makes the stream of one purpose of one entity in one replication.
 *
 * @param seed the run's seed; a safe integer
 * @param replication 0-based number of the replication
 * @param purpose what is drawn, such as 'arrivals' or 'service'
 * @param entity what it is drawn for: the index of a session, pool or call
 */
export function createRandomStream(
  seed: number,
  replication: number,
  purpose: string | number,
  entity: number,
): RandomStream {
  return new RandomStream([seed, replication, purpose, entity]);
}
