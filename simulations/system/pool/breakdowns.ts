import type { Kernel } from '@/simulations/engine/kernel';
import type { Quantity } from '@/simulations/engine/program';
import type { ClockOwner } from '@/simulations/engine/station';
import type { SlotRegister } from './slot-register';

/** What a pool does when one of its slots fails and when it is repaired. */
export interface BreakdownHost {
  /** Credits the time so far to the slots that were up. */
  account(): void;
  /** The service of a task stands still. */
  suspend(task: number): void;
  /** It goes on where it was broken off. */
  resume(task: number): void;
  /** A slot without a task can be taken again. */
  onSlotRestored(): void;
}

/**
 * Failures of the slots of a pool, each by itself.
 *
 * A slot fails whether it is busy or idle. What is served in it stands still until it is repaired; a
 * slot that is held beyond one use fails when it is given back.
 */
export class Breakdowns implements ClockOwner {
  readonly #kernel: Kernel;
  readonly #host: BreakdownHost;
  readonly #register: SlotRegister;
  readonly #up: Quantity;
  readonly #repair: Quantity;
  readonly #clockIds: number[] = []; //  by slot
  readonly #isDown: boolean[] = [];
  readonly #failsLater: boolean[] = [];
  readonly #isStopped: boolean[] = []; // no clock runs: the slot is retired
  #downCount = 0;

  constructor(
    kernel: Kernel,
    host: BreakdownHost,
    register: SlotRegister,
    laws: { readonly up: Quantity; readonly repair: Quantity },
  ) {
    this.#kernel = kernel;
    this.#host = host;
    this.#register = register;
    this.#up = laws.up;
    this.#repair = laws.repair;
  }

  /** Slots that are being repaired. */
  get downCount(): number {
    return this.#downCount;
  }

  isDown(slot: number): boolean {
    return this.#isDown[slot];
  }

  /** Starts the clocks of slots that have none: at the start, and after the pool has grown. */
  start(slots: number): void {
    for (let slot = 0; slot < slots; slot++) {
      if (slot < this.#clockIds.length && !this.#isStopped[slot]) continue;
      if (slot === this.#clockIds.length) this.#clockIds.push(this.#kernel.addClock(this, slot));
      this.#isStopped[slot] = false;
      this.#isDown[slot] = false;
      this.#failsLater[slot] = false;
      this.#setClock(slot, this.#up);
    }
  }

  onClock(slot: number): void {
    this.#host.account();
    if (this.#isDown[slot]) this.#endRepair(slot);
    else this.#fail(slot);
  }

  /** Nobody is in a slot any more. Returns whether it can be taken. */
  onVacated(slot: number): boolean {
    if (this.#failsLater[slot]) this.#goDown(slot);
    return !this.#isDown[slot];
  }

  #fail(slot: number): void {
    const register = this.#register;
    if (register.isEmpty(slot)) {
      if (register.isRetired(slot)) {
        this.#isStopped[slot] = true;
        return;
      }
      register.remove(slot);
      this.#goDown(slot);
      return;
    }
    const task = register.taskIn(slot);
    if (task < 0) {
      this.#failsLater[slot] = true;
      return;
    }
    this.#goDown(slot);
    this.#host.suspend(task);
  }

  #goDown(slot: number): void {
    this.#failsLater[slot] = false;
    this.#isDown[slot] = true;
    this.#downCount++;
    this.#setClock(slot, this.#repair);
  }

  #endRepair(slot: number): void {
    this.#isDown[slot] = false;
    this.#downCount--;
    this.#setClock(slot, this.#up);
    const task = this.#register.taskIn(slot);
    if (task >= 0) this.#host.resume(task);
    else {
      this.#register.restore(slot);
      this.#host.onSlotRestored();
    }
  }

  #setClock(slot: number, after: Quantity): void {
    this.#kernel.draw(after);
    this.#kernel.setClock(this.#clockIds[slot], this.#kernel.clock[0] + this.#kernel.laws.drawn[0]);
  }
}
