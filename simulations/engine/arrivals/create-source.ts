import type { CompiledArrivals } from '../compiled-scenario';
import type { Kernel } from '../kernel';
import type { ArrivalSource } from './arrival-source';
import { ModulatedArrivals } from './modulated-arrivals';
import { RateArrivals } from './rate-arrivals';
import { RecordedArrivals } from './recorded-arrivals';
import { SinusoidArrivals } from './sinusoid-arrivals';

/** Independent gaps, one after the other. */
class GapArrivals implements ArrivalSource {
  readonly #kernel: Kernel;
  readonly #arrivals: Extract<CompiledArrivals, { kind: 'gaps' }>;

  constructor(kernel: Kernel, arrivals: Extract<CompiledArrivals, { kind: 'gaps' }>) {
    this.#kernel = kernel;
    this.#arrivals = arrivals;
  }

  next(out: Float64Array, index: number): void {
    const kernel = this.#kernel;
    kernel.draw(this.#arrivals.gap);
    out[index] = kernel.clock[0] + kernel.laws.drawn[0];
  }
}

/** Nobody arrives: the agents of a closed class are there from the start. */
const noArrivals: ArrivalSource = {
  next(out, index) {
    out[index] = Number.POSITIVE_INFINITY;
  },
};

/** Makes the source of a class. */
export function createSource(kernel: Kernel, arrivals: CompiledArrivals): ArrivalSource {
  switch (arrivals.kind) {
    case 'closed':
      return noArrivals;
    case 'gaps':
      return new GapArrivals(kernel, arrivals);
    case 'times':
      return new RecordedArrivals(arrivals.atSec, arrivals.repeatEverySec);
    case 'rate':
      return new RateArrivals(kernel, arrivals);
    case 'sinusoid':
      return new SinusoidArrivals(kernel, arrivals);
    case 'modulated':
      return new ModulatedArrivals(kernel, arrivals);
    default:
      return arrivals satisfies never;
  }
}
