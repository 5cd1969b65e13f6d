import type { CompiledStation } from '@/simulations/engine/compiled-scenario';
import type { Kernel } from '@/simulations/engine/kernel';
import type { StationStatistics } from '@/simulations/measure/station-statistics';
import { type BreakdownHost, Breakdowns } from './breakdowns';
import { ConnectionLifecycle } from './connection-lifecycle';
import { type PoolPlan, usableSlots } from './pool-plan';
import { SlotRegister } from './slot-register';

/**
 * The slots of a pool: how many there are, which are free, and what becomes of them.
 *
 * Slots are told apart only where they fail or where their connections are opened and closed; a
 * number is enough otherwise. Keeps `inUse` and `slots` of the station's statistics.
 */
export class PoolSlots {
  /** One number: time to open the connections of the slots that were taken last, in s. */
  readonly connectSec = new Float64Array(1);
  readonly #statistics: StationStatistics;
  readonly #kernel: Kernel;
  readonly #register: SlotRegister | null;
  readonly #breakdowns: Breakdowns | null;
  readonly #connections: ConnectionLifecycle | null;
  #planned: number; //       without a cut
  #quotaFactor = 1;
  #usable: number; //        with it
  #heldBy = new Int32Array(0); // by task: first of the slots it waits for to be connected
  readonly #accountedSec = new Float64Array(1);

  constructor(
    kernel: Kernel,
    statistics: StationStatistics,
    { quantities }: CompiledStation,
    { slots, resource }: PoolPlan,
    host: BreakdownHost,
  ) {
    this.#kernel = kernel;
    this.#statistics = statistics;
    this.#planned = slots;
    this.#usable = slots;
    const { connectSec: connect, maxLifetimeSec: lifetime } = quantities;
    const { idleReleaseSec } = resource;
    const up = quantities['breakdowns.upSec'];
    const repair = quantities['breakdowns.repairSec'];
    const hasConnections = connect !== undefined || lifetime !== undefined;
    const fails = up !== undefined && repair !== undefined;
    this.#register = hasConnections || fails ? new SlotRegister(kernel) : null;
    this.#connections =
      this.#register !== null && hasConnections
        ? new ConnectionLifecycle(kernel, this.#register, { connect, lifetime, idleReleaseSec })
        : null;
    this.#breakdowns =
      this.#register !== null && fails
        ? new Breakdowns(kernel, host, this.#register, { up, repair })
        : null;
    if (slots < Number.POSITIVE_INFINITY) this.#resize(slots);
  }

  /** Whether so many slots are free. */
  hasRoom(units: number): boolean {
    if (this.#statistics.inUse + units > this.#usable) return false;
    const register = this.#register;
    if (register === null || units <= register.emptyCount) return true;
    if (this.#planned < Number.POSITIVE_INFINITY) return false;
    register.resize(Math.max(64, 2 * register.size, register.size + units));
    return true;
  }

  /** Whether the slot that a task is served in would be free without it. */
  canBreakOff(task: number): boolean {
    if (this.#statistics.inUse > this.#usable) return false;
    if (this.#register === null || this.#breakdowns === null) return true;
    const slot = this.#register.slotOf(task);
    return !this.#breakdowns.isDown(slot) && !this.#register.isRetired(slot);
  }

  /** Takes a slot to serve a task in. */
  takeToServe(task: number): void {
    this.#statistics.inUse++;
    this.connectSec[0] = 0;
    if (this.#register !== null) this.#register.occupy(this.#choose(this.#register), task);
  }

  /** Takes slots to hold; returns the first, from which the others are found again. */
  takeToHold(task: number, units: number): number {
    this.#statistics.inUse += units;
    this.connectSec[0] = 0;
    const register = this.#register;
    if (register === null) return 0;
    let first = -1;
    for (let i = 0; i < units; i++) {
      const slot = this.#choose(register);
      register.hold(slot, first);
      first = slot;
    }
    this.#noteHeld(task, first);
    return first;
  }

  /** The first of the slots that a task took to hold, while their connections are opened. */
  heldBy(task: number): number {
    return this.#register === null ? 0 : this.#heldBy[task];
  }

  /** The slot that a task was served in comes back. */
  giveBack(task: number): void {
    this.#statistics.inUse--;
    const register = this.#register;
    if (register !== null) this.#vacate(register, register.slotOf(task));
  }

  /** Slots that were held come back. */
  giveBackHeld(units: number, place: number): void {
    this.#statistics.inUse -= units;
    const register = this.#register;
    if (register === null) return;
    for (let slot = place; slot >= 0; ) {
      const next = register.nextTaken(slot);
      this.#vacate(register, slot);
      slot = next;
    }
  }

  /** Sets how many slots there are. */
  setSlots(slots: number): void {
    this.#planned = slots;
    this.#resize(slots);
    this.#update();
  }

  /** Takes slots out of use for a time, or gives them back: the whole part of slots · factor is left. */
  setQuotaFactor(factor: number): void {
    this.#quotaFactor = factor;
    this.#update();
  }

  /** Credits the time since the last account to the slots that were under repair during it. */
  account(): void {
    const nowSec = this.#kernel.clock[0];
    const elapsedSec = nowSec - this.#accountedSec[0];
    this.#accountedSec[0] = nowSec;
    const { counters } = this.#statistics;
    if (this.#breakdowns !== null) counters[3] += this.#breakdowns.downCount * elapsedSec;
    const connections = this.#connections;
    if (connections === null) return;
    counters[0] += connections.opened;
    counters[1] += connections.closedByAge;
    counters[2] += connections.closedIdle;
    connections.forgetCounts();
  }

  #update(): void {
    this.#usable = usableSlots(this.#planned, this.#quotaFactor);
    if (this.#planned < Number.POSITIVE_INFINITY) this.#statistics.slots = this.#usable;
  }

  #resize(slots: number): void {
    this.#register?.resize(slots);
    this.#breakdowns?.start(slots);
  }

  #choose(register: SlotRegister): number {
    const connections = this.#connections;
    if (connections === null) return register.emptyAt(0);
    const slot = connections.choose();
    this.connectSec[0] = Math.max(this.connectSec[0], connections.connectSec[0]);
    return slot;
  }

  #vacate(register: SlotRegister, slot: number): void {
    register.vacate(slot);
    this.#connections?.giveBack(slot);
    if (this.#breakdowns === null || this.#breakdowns.onVacated(slot)) register.restore(slot);
  }

  #noteHeld(task: number, slot: number): void {
    if (task >= this.#heldBy.length) {
      const wider = new Int32Array(this.#kernel.tasks.capacity);
      wider.set(this.#heldBy);
      this.#heldBy = wider;
    }
    this.#heldBy[task] = slot;
  }
}
