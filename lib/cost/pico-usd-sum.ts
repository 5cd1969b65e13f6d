/** A running sum of whole pico-dollars that stays exact beyond 2^53. */
export class PicoUsdSum {
  #whole = 0n;
  #partial = 0;

  /** @param picoUsd a safe integer, or a sum that may be larger than one */
  add(picoUsd: number | bigint): void {
    if (typeof picoUsd === 'bigint') {
      this.#whole += picoUsd;
      return;
    }
    const sum = this.#partial + picoUsd;
    if (Number.isSafeInteger(sum)) {
      this.#partial = sum;
      return;
    }
    this.#whole += BigInt(this.#partial);
    this.#partial = picoUsd;
  }

  /** The sum so far. */
  total(): bigint {
    return this.#whole + BigInt(this.#partial);
  }
}
