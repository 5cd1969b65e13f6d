import type { CompiledStation } from '../engine/compiled-scenario';
import type { Kernel } from '../engine/kernel';
import { taskState } from '../engine/op';
import type { Quantity } from '../engine/program';
import { Station } from '../engine/station';
import type { WorkKind } from '../engine/task-tree';
import { StationStatistics } from '../measure/station-statistics';
import { ActiveFaults } from './active-faults';
import { CacheEntries } from './cache-entries';
import { KeyIndex, maxKeys } from './key-index';
import { WaitingLists } from './waiting-lists';

const counterNames = ['hits', 'misses', 'fetches', 'evictions', 'expiries', 'sharedWaits'] as const;
const [hits, misses, fetches, evictions, expiries, sharedWaits] = counterNames.keys();

/**
 * A cache: a get is answered from its entry, or plays the body of the step to fetch it.
 *
 * Without single flight every miss fetches for itself, as a child of the task that missed. With it
 * the first miss of a key starts a fetch that belongs to the cache, and goes on though its starter
 * gives up; the others wait for its end, and fail with its cause if it fails. A fetch that ends
 * leaves an entry that is there as it is (memcached's `add`), so the life of an entry is counted
 * from the first fetch that filled it, as in the renewal formula of `analytic/ttl-cache.ts`.
 *
 * In use are the fetches under way; waiting are the gets that wait for a shared one.
 * `prefilled`: every key is there at time 0; with a capacity C, those from 0 to C − 1.
 */
export class CacheStation extends Station {
  readonly statistics: StationStatistics;
  readonly #entries: CacheEntries;
  readonly #most: number;
  readonly #ttl: Quantity | undefined;
  readonly #isSingleFlight: boolean;
  /** Keys that are fetched for all, by the slot that is the number of their waiting list. */
  readonly #flights = new KeyIndex();
  readonly #sharers: WaitingLists;
  readonly #faults: ActiveFaults;
  readonly #site: number;
  readonly #kind: WorkKind = { sessionClass: 0, priority: 0 };
  /** Whether keys that were never met are there, with the life they got at time 0. */
  #holdsUnmet: boolean;

  constructor(kernel: Kernel, index: number, station: CompiledStation) {
    super(kernel, index);
    const { resource } = station;
    if (resource.kind !== 'cache') throw new RangeError(`Got ${resource.kind}, expected a cache.`);
    this.#most = resource.capacity ?? Number.POSITIVE_INFINITY;
    this.#entries = new CacheEntries(this.#most);
    this.#ttl = station.quantities.ttlSec;
    this.#isSingleFlight = resource.singleFlight ?? false;
    this.#sharers = new WaitingLists(this);
    this.#faults = new ActiveFaults(kernel);
    this.#site = station.site;
    this.statistics = new StationStatistics(kernel.clock, {
      slots: Number.POSITIVE_INFINITY,
      classes: kernel.compiled.classes.length,
      causes: kernel.compiled.causes.length,
      counterNames,
    });
    const isPrefilled = resource.prefilled ?? false;
    this.#holdsUnmet = isPrefilled && resource.capacity === undefined;
    if (isPrefilled && resource.capacity !== undefined) this.#prefill();
  }

  /** Entries held; those that ran out and were not pushed out yet among them. */
  get size(): number {
    return this.#entries.index.size;
  }

  use(task: number, pc: number): boolean {
    const { kernel, statistics } = this;
    const { tasks } = kernel;
    statistics.requests++;
    const cause = this.#faults.failRequest(this.#site);
    if (cause > 0) {
      statistics.failuresByCause[cause]++;
      kernel.fail(task, cause);
      return false;
    }
    const operand = kernel.compiled.operands[kernel.compiled.instructions.b[pc]];
    if (operand.kind !== 'get') throw new RangeError(`Got ${operand.kind}, expected a get.`);
    this.#drawKey(operand.key);
    if (this.#isThere()) {
      statistics.counters[hits]++;
      statistics.addNoWait(tasks.sessionClass[task]);
      tasks.pc[task] = kernel.compiled.instructions.c[pc];
      return true;
    }
    statistics.counters[misses]++;
    if (this.#isSingleFlight) this.#share(task, operand.missPc);
    else this.#fetchAlone(task, operand.missPc);
    return false;
  }

  finish(task: number): void {
    throw new RangeError(`Got the end of a service of task ${task}; a cache serves none.`);
  }

  withdraw(task: number): void {
    const { tasks } = this.kernel;
    if (tasks.state[task] === taskState.waiting) this.#sharers.leave(tasks.loadKey[task], task);
    else this.#endFetch();
  }

  override onChildEnd(task: number, cause: number): void {
    this.#endFetch();
    if (cause === 0) {
      this.#entries.index.key[0] = this.kernel.tasks.serviceSec[task];
      this.#fill();
    }
    this.#resume(task, cause);
  }

  override onOwnedEnd(fetch: number, cause: number): void {
    const { tasks } = this.kernel;
    const flight = tasks.job[fetch];
    this.#endFetch();
    this.#flights.key[0] = this.#flights.keyOf[flight];
    this.#flights.remove();
    this.#entries.index.key[0] = this.#flights.key[0];
    if (cause === 0) this.#fill();
    for (;;) {
      const task = this.#sharers.head[flight];
      if (task < 0) return;
      this.#sharers.leave(flight, task);
      this.#resume(task, cause);
    }
  }

  override onFault(fault: number, begins: boolean): void {
    this.#faults.change(fault, begins);
    if (!begins || !this.kernel.compiled.faults[fault].flushes) return;
    this.#entries.clear();
    this.#holdsUnmet = false;
  }

  account(): void {
    this.statistics.account();
  }

  /** Draws the key of a get to where the entries look for it. */
  #drawKey(key: Quantity | null): void {
    const { index } = this.#entries;
    if (key === null) {
      index.key[0] = 0;
      return;
    }
    this.kernel.draw(key);
    index.key[0] = Math.round(this.kernel.laws.drawn[0]);
  }

  /** Whether the entry of the key is there now; sees to those that ran out. */
  #isThere(): boolean {
    const entries = this.#entries;
    let slot = entries.index.find();
    if (slot < 0) {
      if (!this.#holdsUnmet) return false;
      slot = this.#add();
      this.#drawTtl();
      entries.expiresSec[slot] = this.kernel.laws.drawn[0];
    }
    if (entries.expiresSec[slot] > this.kernel.clock[0]) {
      entries.touch(slot);
      return true;
    }
    if (entries.expiresSec[slot] > Number.NEGATIVE_INFINITY) {
      this.statistics.counters[expiries]++;
      entries.expire(slot);
    }
    return false;
  }

  #fetchAlone(task: number, missPc: number): void {
    const { kernel } = this;
    const { tasks } = kernel;
    this.statistics.addNoWait(tasks.sessionClass[task]);
    tasks.serviceSec[task] = this.#entries.index.key[0]; // no service: it keeps the key instead
    tasks.state[task] = taskState.parked;
    tasks.at[task] = this.index;
    this.#startFetch();
    kernel.spawnChild(task, missPc);
  }

  /** Waits for the fetch of the key, which the first to miss starts. */
  #share(task: number, missPc: number): void {
    const { kernel } = this;
    const { tasks } = kernel;
    const flights = this.#flights;
    flights.key[0] = this.#entries.index.key[0];
    let flight = flights.find();
    if (flight < 0) {
      flight = flights.add();
      this.#startFetch();
      this.#kind.sessionClass = tasks.sessionClass[task];
      this.#kind.priority = tasks.priority[task];
      kernel.spawnOwned(this.index, this.#kind, flight, missPc);
    } else this.statistics.counters[sharedWaits]++;
    tasks.loadKey[task] = flight;
    this.#sharers.join(flight, task);
  }

  #startFetch(): void {
    this.statistics.account();
    this.statistics.counters[fetches]++;
    this.statistics.inUse++;
  }

  #endFetch(): void {
    this.statistics.account();
    this.statistics.inUse--;
  }

  #resume(task: number, cause: number): void {
    const { kernel, statistics } = this;
    const { tasks } = kernel;
    if (cause > 0) {
      statistics.failuresByCause[cause]++;
      kernel.fail(task, cause);
      return;
    }
    tasks.pc[task] = kernel.compiled.instructions.c[tasks.pc[task] - 1];
    kernel.goOn(task);
  }

  /** Fills the entry of the key, unless it is there. */
  #fill(): void {
    const entries = this.#entries;
    const nowSec = this.kernel.clock[0];
    let slot = entries.index.find();
    if (slot >= 0 && entries.expiresSec[slot] > nowSec) return;
    if (slot < 0) slot = this.#add();
    else entries.touch(slot);
    this.#drawTtl();
    entries.expiresSec[slot] = nowSec + this.kernel.laws.drawn[0];
  }

  #add(): number {
    const entries = this.#entries;
    if (entries.isPushingOut) this.statistics.counters[evictions]++;
    if (entries.index.size >= maxKeys && this.#most > maxKeys) {
      this.kernel.stopReason = `A cache without a capacity met more than ${maxKeys} keys.`;
    }
    return entries.add();
  }

  #drawTtl(): void {
    if (this.#ttl === undefined) this.kernel.laws.drawn[0] = Number.POSITIVE_INFINITY;
    else this.kernel.draw(this.#ttl);
  }

  #prefill(): void {
    for (let key = 0; key < this.#most; key++) {
      this.#entries.index.key[0] = key;
      const slot = this.#entries.add();
      this.#drawTtl();
      this.#entries.expiresSec[slot] = this.kernel.laws.drawn[0];
    }
  }
}
