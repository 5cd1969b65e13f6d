import type { CompiledArrivals } from '../compiled-scenario';
import type { Kernel } from '../kernel';
import type { ArrivalSource } from './arrival-source';

type Modulated = Extract<CompiledArrivals, { kind: 'modulated' }>;

/**
 * Markov-modulated Poisson arrivals: the rate is that of a state, which is left after an exponential
 * stay for the next one in turn; the first state begins at time 0.
 *
 * @see Fischer and Meier-Hellstern, Performance Evaluation 18 (1993)
 */
export class ModulatedArrivals implements ArrivalSource {
  readonly #kernel: Kernel;
  readonly #modulated: Modulated;
  readonly #isSilent: boolean;
  #state = 0;
  /** Time that was reached, and when the state is left; NaN before the first draw. */
  readonly #times = Float64Array.of(0, Number.NaN);

  constructor(kernel: Kernel, modulated: Modulated) {
    this.#kernel = kernel;
    this.#modulated = modulated;
    this.#isSilent = modulated.ratePerSec.every((rate) => rate === 0);
  }

  next(out: Float64Array, index: number): void {
    const times = this.#times;
    const { ratePerSec, unit } = this.#modulated;
    out[index] = Number.POSITIVE_INFINITY;
    if (this.#isSilent) return;
    if (Number.isNaN(times[1])) this.#drawStay();
    this.#kernel.draw(unit);
    let left = this.#kernel.laws.drawn[0];
    for (;;) {
      const rate = ratePerSec[this.#state];
      const here = rate * (times[1] - times[0]);
      if (left < here) {
        times[0] = Math.min(times[1], times[0] + left / rate);
        out[index] = times[0];
        return;
      }
      left -= here;
      times[0] = times[1];
      this.#state = (this.#state + 1) % ratePerSec.length;
      this.#drawStay();
    }
  }

  #drawStay(): void {
    const { stay, staySec } = this.#modulated;
    this.#kernel.draw(stay);
    this.#times[1] = this.#times[0] + staySec[this.#state] * this.#kernel.laws.drawn[0];
  }
}
