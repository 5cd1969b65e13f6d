import type { Kernel } from './kernel';
import type { ClockOwner } from './station';

/**
 * Begins and ends the faults of a scenario at their times.
 *
 * A fault that comes again while it is still there ends and begins anew at that moment.
 * Faults of one station at one time are combined by the station (see `ActiveFaults`). What each
 * kind of resource can suffer, everything else being a mistake of the scenario:
 *
 * | | latencyFactor | errorRate | outage | quotaFactor | flush | killNodes |
 * |---|---|---|---|---|---|---|
 * | pool | yes | yes | yes | slots | – | – |
 * | provider | yes | yes | yes | quotas | – | – |
 * | queue | – | publishes | publishes | workers | – | – |
 * | cache | – | gets | gets | – | yes | – |
 * | store | yes | yes | yes | slots, where bounded | – | – |
 * | nodes | – | connections | connections | – | – | yes |
 * | limiter | – | yes | yes | rate | – | – |
 */
export class FaultTimeline implements ClockOwner {
  readonly #kernel: Kernel;
  readonly #beginClocks: readonly number[];
  readonly #endClocks: readonly number[];
  readonly #isActive: Uint8Array;
  readonly #begun: Int32Array; // how often

  constructor(kernel: Kernel) {
    const { faults } = kernel.compiled;
    this.#kernel = kernel;
    this.#beginClocks = faults.map((_, fault) => kernel.addClock(this, 2 * fault));
    this.#endClocks = faults.map((_, fault) => kernel.addClock(this, 2 * fault + 1));
    this.#isActive = new Uint8Array(faults.length);
    this.#begun = new Int32Array(faults.length);
  }

  /** Begins the faults of time 0 and sets the clocks of the others. */
  start(): void {
    this.#kernel.compiled.faults.forEach(({ atSec }, fault) => {
      if (atSec === 0) this.#begin(fault);
      else this.#kernel.setClock(this.#beginClocks[fault], atSec);
    });
  }

  onClock(code: number): void {
    const fault = code >> 1;
    if ((code & 1) === 0) this.#begin(fault);
    else this.#end(fault);
  }

  #begin(fault: number): void {
    const kernel = this.#kernel;
    const { station, atSec, forSec, everySec } = kernel.compiled.faults[fault];
    const rounds = ++this.#begun[fault];
    kernel.setClock(this.#endClocks[fault], kernel.clock[0] + forSec);
    kernel.setClock(this.#beginClocks[fault], atSec + rounds * everySec);
    if (this.#isActive[fault] === 1) this.#end(fault);
    this.#isActive[fault] = 1;
    kernel.stations[station].onFault(fault, true);
  }

  #end(fault: number): void {
    this.#isActive[fault] = 0;
    this.#kernel.stations[this.#kernel.compiled.faults[fault].station].onFault(fault, false);
  }
}
