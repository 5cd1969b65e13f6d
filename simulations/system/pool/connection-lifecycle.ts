import type { Kernel } from '@/simulations/engine/kernel';
import type { Quantity } from '@/simulations/engine/program';
import type { SlotRegister } from './slot-register';

function widen(from: Float64Array, length: number): Float64Array<ArrayBuffer> {
  const wider = new Float64Array(length).fill(Number.NaN);
  wider.set(from);
  return wider;
}

/**
 * Connections in the slots of a pool, as pg-pool has them: opened when one is needed and none is
 * there, reused last in first out, closed at an age or when idle for a time.
 *
 * What happens to an idle connection is worked out when it is looked at, so it costs no events. One
 * that is in use past its age is closed when it comes back.
 *
 * @see node-postgres, packages/pg-pool: maxLifetimeSeconds, idleTimeoutMillis; read 2026-11
 */
export class ConnectionLifecycle {
  /** One number: how long it took to open what `choose` chose. */
  readonly connectSec = new Float64Array(1);
  opened = 0;
  closedByAge = 0;
  closedIdle = 0;
  readonly #kernel: Kernel;
  readonly #register: SlotRegister;
  readonly #connect: Quantity | undefined;
  readonly #lifetime: Quantity | undefined;
  readonly #idleReleaseSec: number;
  #endSec = new Float64Array(0); //      by slot: when its connection is too old; NaN: there is none
  #openSec = new Float64Array(0); //     when it is open
  #idleSinceSec = new Float64Array(0);

  constructor(
    kernel: Kernel,
    register: SlotRegister,
    plan: {
      readonly connect: Quantity | undefined;
      readonly lifetime: Quantity | undefined;
      readonly idleReleaseSec: number | undefined;
    },
  ) {
    this.#kernel = kernel;
    this.#register = register;
    this.#connect = plan.connect;
    this.#lifetime = plan.lifetime;
    this.#idleReleaseSec = plan.idleReleaseSec ?? Number.POSITIVE_INFINITY;
  }

  /** Chooses an empty slot, an open connection if there is one; leaves the time to open it. */
  choose(): number {
    const register = this.#register;
    this.#widen();
    for (let i = 0; i < register.emptyCount; i++) {
      const slot = register.emptyAt(i);
      if (!this.#isOpen(slot)) continue;
      this.connectSec[0] = 0;
      return slot;
    }
    const slot = register.emptyAt(0);
    this.#open(slot);
    return slot;
  }

  /** A connection comes back. One that is not open yet is given up. */
  giveBack(slot: number): void {
    const nowSec = this.#kernel.clock[0];
    if (nowSec < this.#openSec[slot]) this.#endSec[slot] = Number.NaN;
    this.#idleSinceSec[slot] = nowSec;
    this.#isOpen(slot);
  }

  /** Starts counting again. */
  forgetCounts(): void {
    this.opened = 0;
    this.closedByAge = 0;
    this.closedIdle = 0;
  }

  #open(slot: number): void {
    const { laws, clock } = this.#kernel;
    this.opened++;
    this.#endSec[slot] = Number.POSITIVE_INFINITY;
    if (this.#lifetime !== undefined) {
      this.#kernel.draw(this.#lifetime);
      this.#endSec[slot] = clock[0] + laws.drawn[0];
    }
    this.connectSec[0] = 0;
    this.#openSec[slot] = clock[0];
    if (this.#connect === undefined) return;
    this.#kernel.draw(this.#connect);
    this.connectSec[0] = laws.drawn[0];
    this.#openSec[slot] += laws.drawn[0];
  }

  /** Whether the idle connection of a slot is still there; closes it where its time was up. */
  #isOpen(slot: number): boolean {
    const endSec = this.#endSec[slot];
    if (Number.isNaN(endSec)) return false;
    const nowSec = this.#kernel.clock[0];
    const idleEndSec = this.#idleSinceSec[slot] + this.#idleReleaseSec;
    if (nowSec < endSec && nowSec < idleEndSec) return true;
    if (idleEndSec < endSec) this.closedIdle++;
    else this.closedByAge++;
    this.#endSec[slot] = Number.NaN;
    return false;
  }

  #widen(): void {
    const { size } = this.#register;
    if (size <= this.#endSec.length) return;
    this.#endSec = widen(this.#endSec, 2 * size);
    this.#openSec = widen(this.#openSec, 2 * size);
    this.#idleSinceSec = widen(this.#idleSinceSec, 2 * size);
  }
}
