import type { CompiledFault } from '../engine/compiled-scenario';
import { failureCause } from '../engine/failure-cause';
import type { Kernel } from '../engine/kernel';

/** The faults that a station suffers now, combined. */
export class ActiveFaults {
  /** Product over the faults; 1 where there is none. */
  latencyFactor = 1;
  /** Product over the faults; 1 where there is none. */
  quotaFactor = 1;
  /** Share of requests that fail, as of independent faults: 1 − Π(1 − share). */
  errorRate = 0;
  isOutage = false;
  readonly #kernel: Kernel;
  readonly #faults: readonly CompiledFault[];
  readonly #active = new Set<number>();

  constructor(kernel: Kernel) {
    this.#kernel = kernel;
    this.#faults = kernel.compiled.faults;
  }

  /** A fault begins or ends. */
  change(fault: number, begins: boolean): void {
    if (begins) this.#active.add(fault);
    else this.#active.delete(fault);
    this.latencyFactor = 1;
    this.quotaFactor = 1;
    this.isOutage = false;
    let success = 1;
    for (const index of this.#active) {
      const { latencyFactor, quotaFactor, errorRate, isOutage } = this.#faults[index];
      this.latencyFactor *= latencyFactor;
      this.quotaFactor *= quotaFactor;
      this.isOutage ||= isOutage;
      success *= 1 - errorRate;
    }
    this.errorRate = 1 - success;
  }

  /**
   * Cause with which a request that comes now fails; 0 where it does not.
   *
   * @param site uniform law site, drawn from only while requests fail at random
   */
  failRequest(site: number): number {
    if (this.isOutage) return failureCause.outage;
    if (this.errorRate === 0) return 0;
    const { laws } = this.#kernel;
    laws.drawFloat(site);
    return laws.drawn[0] < this.errorRate ? failureCause.error : 0;
  }
}
