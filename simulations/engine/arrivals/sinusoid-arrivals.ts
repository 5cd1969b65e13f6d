import type { CompiledArrivals } from '../compiled-scenario';
import type { Kernel } from '../kernel';
import type { ArrivalSource } from './arrival-source';

type Sinusoid = Extract<CompiledArrivals, { kind: 'sinusoid' }>;

/**
 * Poisson arrivals with rate max(0, mean + amplitude · sin(2πt ÷ period)), by thinning: candidates
 * come at the highest rate, and each is kept with the share of it that holds at its time.
 *
 * @see Lewis and Shedler, Naval Research Logistics Quarterly 26 (1979)
 */
export class SinusoidArrivals implements ArrivalSource {
  readonly #kernel: Kernel;
  readonly #sinusoid: Sinusoid;
  readonly #highestPerSec: number;

  constructor(kernel: Kernel, sinusoid: Sinusoid) {
    this.#kernel = kernel;
    this.#sinusoid = sinusoid;
    this.#highestPerSec = sinusoid.meanPerSec + sinusoid.amplitudePerSec;
  }

  next(out: Float64Array, index: number): void {
    const { laws, clock } = this.#kernel;
    const { meanPerSec, amplitudePerSec, periodSec, unit, accept } = this.#sinusoid;
    const highestPerSec = this.#highestPerSec;
    if (highestPerSec === 0) {
      out[index] = Number.POSITIVE_INFINITY;
      return;
    }
    let atSec = clock[0];
    for (;;) {
      this.#kernel.draw(unit);
      atSec += laws.drawn[0] / highestPerSec;
      laws.drawFloat(accept);
      const ratePerSec =
        meanPerSec + amplitudePerSec * Math.sin((2 * Math.PI * (atSec % periodSec)) / periodSec);
      if (laws.drawn[0] * highestPerSec < ratePerSec) break;
    }
    out[index] = atSec;
  }
}
