const initialCapacity = 64;

function widen(from: Float64Array): Float64Array<ArrayBuffer> {
  const to = new Float64Array(2 * from.length);
  to.set(from);
  return to;
}

/**
 * Model calls that a provider knows of, as a struct of arrays, addressed by id.
 *
 * Tokens are whole. `fresh`, `cacheRead` and `cacheWrite` make up the prompt.
 */
export class ModelCalls {
  fresh = new Float64Array(initialCapacity);
  cacheRead = new Float64Array(initialCapacity);
  cacheWrite = new Float64Array(initialCapacity);
  output = new Float64Array(initialCapacity); //   that it produces when it is left to finish
  asked = new Float64Array(initialCapacity); //    output that it asks for at most
  startSec = new Float64Array(initialCapacity);
  durationSec = new Float64Array(initialCapacity);
  /** Share of the duration before the first output token; 1 where all comes at the end. */
  silentShare = new Float64Array(initialCapacity);
  /** What each quota was charged when the call started, by call and quota. */
  charged: Float64Array<ArrayBuffer>;
  readonly #quotas: number;
  #free: number[] = [];
  #size = 0;

  constructor(quotas: number) {
    this.#quotas = quotas;
    this.charged = new Float64Array(Math.max(1, quotas) * initialCapacity);
  }

  /** Takes an id that is free. */
  take(): number {
    const free = this.#free.pop();
    if (free !== undefined) return free;
    if (this.#size === this.fresh.length) this.#grow();
    return this.#size++;
  }

  /** Gives an id back. */
  leave(call: number): void {
    this.#free.push(call);
  }

  /** Index of a call in `charged`. */
  chargeIndex(call: number, quota: number): number {
    return call * this.#quotas + quota;
  }

  /** Notes the prompt of a call; the cached parts take no more of it than there is. */
  setPrompt(call: number, prompt: number, parts: { cacheRead: number; cacheWrite: number }): void {
    const total = Math.round(prompt);
    const cacheRead = Math.min(total, Math.round(parts.cacheRead));
    const cacheWrite = Math.min(total - cacheRead, Math.round(parts.cacheWrite));
    this.fresh[call] = total - cacheRead - cacheWrite;
    this.cacheRead[call] = cacheRead;
    this.cacheWrite[call] = cacheWrite;
  }

  /** Output tokens that a call has produced by a time: steadily, after its silent share. */
  producedBy(call: number, nowSec: number): number {
    const durationSec = this.durationSec[call];
    const silentSec = this.silentShare[call] * durationSec;
    const elapsedSec = nowSec - this.startSec[call];
    if (elapsedSec <= silentSec) return 0;
    const share = Math.min(1, (elapsedSec - silentSec) / (durationSec - silentSec));
    return Math.floor(share * this.output[call]);
  }

  #grow(): void {
    for (const name of columns) this[name] = widen(this[name]);
  }
}

const columns = [
  'fresh',
  'cacheRead',
  'cacheWrite',
  'output',
  'asked',
  'startSec',
  'durationSec',
  'silentShare',
  'charged',
] as const;
