import { logged } from './event-log';
import type { Kernel } from './kernel';
import { holdScope } from './op';

const initialCapacity = 64;

/** What tasks hold: lists of (station, units, scope) nodes in typed arrays, by task. */
export class Holdings {
  /**
   * Σ of the times that slots were held, by station, from the stamps of the tasks; and served in,
   * where `countsServed` says so.
   */
  readonly heldSec: Float64Array;
  station = new Int32Array(initialCapacity);
  units = new Int32Array(initialCapacity);
  place = new Int32Array(initialCapacity); // part of the station that it was taken from
  scope = new Uint8Array(initialCapacity);
  next = new Int32Array(initialCapacity);
  acquiredSec = new Float64Array(initialCapacity);
  countsServed = false;
  readonly #kernel: Kernel;
  #free = -1;
  #used = 0;

  constructor(kernel: Kernel) {
    this.#kernel = kernel;
    this.heldSec = new Float64Array(kernel.compiled.stations.length);
  }

  /** Counts a service that ends now. */
  countServed(task: number, station: number): void {
    const { clock, tasks } = this.#kernel;
    this.heldSec[station] += clock[0] - tasks.servedSinceSec[task];
  }

  /** Notes what a task took, to be given back with its scope; of the session, where it is for that. */
  hold(task: number, station: number, units: number, scope: number): void {
    const kernel = this.#kernel;
    const { tasks } = kernel;
    const root = tasks.root[task];
    const isSessions = scope === holdScope.turn || scope === holdScope.session;
    const holder = isSessions && root >= 0 ? root : task;
    const node = this.#take();
    this.station[node] = station;
    this.units[node] = units;
    this.scope[node] = scope;
    this.place[node] = kernel.stations[station].place;
    this.acquiredSec[node] = kernel.clock[0];
    this.next[node] = tasks.holdings[holder];
    tasks.holdings[holder] = node;
    tasks.hasMore[holder] = 1;
    if (kernel.log !== null) kernel.note(task, logged.acquired, station);
  }

  /** The holder among a task and its ancestors of a slot of a station; −1 where there is none. */
  findHolder(task: number, station: number): number {
    const { holdings, parent } = this.#kernel.tasks;
    for (let holder = task; holder >= 0; holder = parent[holder]) {
      for (let node = holdings[holder]; node >= 0; node = this.next[node]) {
        if (this.station[node] === station) return holder;
      }
    }
    return -1;
  }

  /** Gives back the first slot of a station in the list of a holder. */
  release(holder: number, station: number): void {
    const heads = this.#kernel.tasks.holdings;
    for (let node = heads[holder]; node >= 0; node = this.next[node]) {
      if (this.station[node] !== station) continue;
      this.#releaseNode(holder, node);
      return;
    }
  }

  #releaseNode(holder: number, released: number): void {
    const heads = this.#kernel.tasks.holdings;
    let before = -1;
    for (let node = heads[holder]; node !== released; node = this.next[node]) before = node;
    if (before < 0) heads[holder] = this.next[released];
    else this.next[before] = this.next[released];
    this.#giveBack(holder, released);
  }

  /** Gives back all that a holder took for the turn. */
  releaseTurn(holder: number): void {
    let node = this.#kernel.tasks.holdings[holder];
    while (node >= 0) {
      const next = this.next[node];
      if (this.scope[node] === holdScope.turn) this.#releaseNode(holder, node);
      node = next;
    }
  }

  /** Gives back all that a task holds. */
  releaseAll(task: number): void {
    const { tasks } = this.#kernel;
    for (;;) {
      const node = tasks.holdings[task];
      if (node < 0) return;
      tasks.holdings[task] = this.next[node];
      this.#giveBack(task, node);
    }
  }

  /** Hands what a task holds to its parent. */
  passOn(task: number, parent: number): void {
    const heads = this.#kernel.tasks.holdings;
    let last = heads[task];
    if (last < 0) return;
    while (this.next[last] >= 0) last = this.next[last];
    this.next[last] = heads[parent];
    heads[parent] = heads[task];
    heads[task] = -1;
  }

  #giveBack(task: number, node: number): void {
    const kernel = this.#kernel;
    const station = this.station[node];
    const units = this.units[node];
    this.heldSec[station] += units * (kernel.clock[0] - this.acquiredSec[node]);
    this.next[node] = this.#free;
    this.#free = node;
    if (kernel.log !== null) kernel.note(task, logged.released, station);
    kernel.stations[station].release(task, units, this.place[node]);
  }

  #take(): number {
    let node = this.#free;
    if (node >= 0) this.#free = this.next[node];
    else {
      if (this.#used === this.station.length) this.#grow();
      node = this.#used++;
    }
    return node;
  }

  #grow(): void {
    const to = 2 * this.station.length;
    const widen = (from: Int32Array) => {
      const wider = new Int32Array(to);
      wider.set(from);
      return wider;
    };
    this.station = widen(this.station);
    this.units = widen(this.units);
    this.next = widen(this.next);
    this.place = widen(this.place);
    const scope = new Uint8Array(to);
    scope.set(this.scope);
    this.scope = scope;
    const acquiredSec = new Float64Array(to);
    acquiredSec.set(this.acquiredSec);
    this.acquiredSec = acquiredSec;
  }
}
