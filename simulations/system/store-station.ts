import type { CompiledStation, Operand } from '../engine/compiled-scenario';
import { failureCause } from '../engine/failure-cause';
import type { Kernel } from '../engine/kernel';
import { taskState } from '../engine/op';
import type { Quantity } from '../engine/program';
import { Station } from '../engine/station';
import { StationStatistics } from '../measure/station-statistics';
import { ActiveFaults } from './active-faults';
import { maxKeys } from './key-index';
import { usableSlots } from './pool/pool-plan';
import { RowLocks } from './row-locks';
import { RowVersions } from './row-versions';
import { WaitingLists } from './waiting-lists';

const counterNames = ['reads', 'writes', 'conflicts', 'hottestRowLockedSec'] as const;
const [reads, writes, conflicts, hottestRowLockedSec] = counterNames.keys();

/** What a task does here; with the row in its `loadKey`, as 4 · row + access. */
const access = { read: 0, write: 1, writeIfUnchanged: 2, use: 3 } as const;

/** Lists of waiters: for a slot to read, for a slot to write, and from here on for each row. */
const readers = 0;
const writers = 1;
const firstRow = 2;

const noTime: Quantity = { site: -1, value: 0 };

/**
 * A store of rows with versions.
 *
 * A read sees its row as it is when the read is served. A write takes its row, first in first out,
 * then one of the slots: who waits for a row takes no slot. It counts from its end on, when the
 * version of the row rises; one that is cancelled leaves the row as it was. `ifUnchanged` compares at
 * that moment, which with serial rows is as good as when it got the row. A write that does not hold
 * takes the same time, and its session learns of it by `verify` alone, so that the way of the answer
 * can lie between. A task that read nothing before has nothing to compare, and its write holds.
 *
 * Without a `key` a write goes to the row that was read last; without any, all go to row 0. A `use` of
 * a store is a write with a time of its own. `hottestRowLockedSec` counts the time for which the row
 * that was written most often until then was locked.
 */
export class StoreStation extends Station {
  readonly statistics: StationStatistics;
  readonly #rows: RowVersions;
  readonly #locks: RowLocks;
  readonly #lists: WaitingLists;
  readonly #readSec: Quantity;
  readonly #writeSec: Quantity;
  readonly #readSlots: number;
  readonly #writeSlots: number;
  readonly #isSerial: boolean;
  readonly #faults: ActiveFaults;
  readonly #site: number;
  #reading = 0;
  #writing = 0;

  constructor(kernel: Kernel, index: number, station: CompiledStation) {
    super(kernel, index);
    const { resource, quantities } = station;
    if (resource.kind !== 'store') throw new RangeError(`Got ${resource.kind}, expected a store.`);
    this.#rows = new RowVersions(kernel.tasks, index);
    this.#locks = new RowLocks(kernel.clock);
    this.#lists = new WaitingLists(this);
    this.#readSec = quantities.readSec ?? noTime;
    this.#writeSec = quantities.writeSec ?? noTime;
    this.#readSlots = resource.readSlots ?? Number.POSITIVE_INFINITY;
    this.#writeSlots = resource.writeSlots ?? Number.POSITIVE_INFINITY;
    this.#isSerial = resource.serialRows ?? true;
    this.#faults = new ActiveFaults(kernel);
    this.#site = station.site;
    this.statistics = new StationStatistics(kernel.clock, {
      slots: this.#readSlots + this.#writeSlots,
      classes: kernel.compiled.classes.length,
      causes: kernel.compiled.causes.length,
      counterNames,
    });
  }

  /** Writes that a row has seen. */
  versionOf(key: number): number {
    const { index, version } = this.#rows;
    index.key[0] = key;
    const row = index.find();
    return row < 0 ? 0 : version[row];
  }

  use(task: number, pc: number): boolean {
    const { kernel, statistics } = this;
    const operand = kernel.compiled.operands[kernel.compiled.instructions.b[pc]];
    if (operand.kind === 'row' && operand.access === 'verify') return this.#verify(task);
    statistics.requests++;
    const cause = this.#faults.failRequest(this.#site);
    if (cause > 0) return this.#refuse(task, cause);
    const what = accessOf(operand);
    kernel.tasks.loadKey[task] = 4 * this.#rowOf(task, operand, what) + what;
    return what === access.read ? this.#read(task) : this.#write(task);
  }

  finish(task: number): void {
    this.#leaveSlot(task);
    this.#apply(task);
    this.#freeRow(task);
    this.#grant();
  }

  withdraw(task: number): void {
    const { tasks } = this.kernel;
    const row = tasks.loadKey[task] >> 2;
    if (tasks.state[task] === taskState.serving) this.#leaveSlot(task);
    else if ((tasks.loadKey[task] & 3) === access.read) this.#lists.leave(readers, task);
    else if (this.#isSerial && this.#locks.holderOf(row) !== task) {
      this.#lists.leave(firstRow + row, task);
      return;
    } else this.#lists.leave(writers, task);
    this.#freeRow(task);
    this.#grant();
  }

  override onFault(fault: number, begins: boolean): void {
    this.statistics.account();
    this.#faults.change(fault, begins);
    this.statistics.slots = this.#limit(this.#readSlots) + this.#limit(this.#writeSlots);
    this.#grant();
  }

  account(): void {
    this.statistics.account();
  }

  #refuse(task: number, cause: number): boolean {
    this.statistics.failuresByCause[cause]++;
    this.kernel.fail(task, cause);
    return false;
  }

  #verify(task: number): boolean {
    return this.#rows.takeConflict(task) ? this.#refuse(task, failureCause.conflict) : true;
  }

  #rowOf(task: number, operand: Operand, what: number): number {
    const { kernel } = this;
    const key = operand.kind === 'row' || operand.kind === 'service' ? operand.key : null;
    const { index } = this.#rows;
    index.key[0] = 0;
    if (key !== null) {
      kernel.draw(key);
      index.key[0] = Math.round(kernel.laws.drawn[0]);
    } else if (what !== access.read) {
      const remembered = this.#rows.rememberedRow(task);
      if (remembered >= 0) return remembered;
    }
    const row = this.#rows.find();
    if (row < 0) {
      kernel.stopReason = `A store met more than ${maxKeys} rows.`;
      return 0;
    }
    this.#locks.reserve(index.capacity);
    return row;
  }

  #read(task: number): boolean {
    if (this.#reading < this.#limit(this.#readSlots)) {
      this.statistics.addNoWait(this.kernel.tasks.sessionClass[task]);
      return this.#serve(task, true);
    }
    this.#lists.join(readers, task);
    return false;
  }

  #write(task: number): boolean {
    const row = this.kernel.tasks.loadKey[task] >> 2;
    if (this.#isSerial) {
      if (this.#locks.holderOf(row) >= 0) {
        this.#lists.join(firstRow + row, task);
        return false;
      }
      this.#locks.take(row, task);
    }
    if (this.#writing < this.#limit(this.#writeSlots)) {
      this.statistics.addNoWait(this.kernel.tasks.sessionClass[task]);
      return this.#serve(task, true);
    }
    this.#lists.join(writers, task);
    return false;
  }

  /** Serves a task that has what it needs. Returns whether that took no time, where it may. */
  #serve(task: number, mayBeInstant: boolean): boolean {
    const { kernel } = this;
    const { tasks, laws } = kernel;
    const what = tasks.loadKey[task] & 3;
    if (what === access.read) {
      this.#rows.note(task, tasks.loadKey[task] >> 2);
      kernel.draw(this.#readSec);
    } else if (what === access.use) kernel.drawDuration(task, tasks.pc[task] - 1);
    else kernel.draw(this.#writeSec);
    const durationSec = laws.drawn[0] * this.#faults.latencyFactor;
    if (durationSec === 0 && mayBeInstant) {
      this.#apply(task);
      this.#freeRow(task);
      return true;
    }
    this.statistics.account();
    this.statistics.inUse++;
    if (what === access.read) this.#reading++;
    else this.#writing++;
    tasks.serviceSec[task] = durationSec;
    kernel.startService(task, this.index);
    return false;
  }

  /** What a read or write that has ended comes to. */
  #apply(task: number): void {
    const { tasks, sessions } = this.kernel;
    const { counters } = this.statistics;
    const what = tasks.loadKey[task] & 3;
    if (what === access.read) {
      counters[reads]++;
      return;
    }
    const rows = this.#rows;
    const row = tasks.loadKey[task] >> 2;
    counters[writes]++;
    this.#locks.count(row);
    const isStale = rows.isStale(task, row);
    if (isStale) sessions.statistics[tasks.sessionClass[task]].staleDecisions++;
    if (isStale && what === access.writeIfUnchanged) {
      counters[conflicts]++;
      rows.noteConflict(task);
      return;
    }
    rows.version[row]++;
    rows.note(task, row);
  }

  #leaveSlot(task: number): void {
    this.statistics.account();
    this.statistics.inUse--;
    if ((this.kernel.tasks.loadKey[task] & 3) === access.read) this.#reading--;
    else this.#writing--;
  }

  /** Hands the row of a writer to the next one, who may have to wait for a slot. */
  #freeRow(task: number): void {
    const { loadKey } = this.kernel.tasks;
    if (!this.#isSerial || (loadKey[task] & 3) === access.read) return;
    const row = loadKey[task] >> 2;
    const { drawn } = this.kernel.laws;
    this.#locks.free(row, drawn);
    if (row === this.#locks.hottestRow) this.statistics.counters[hottestRowLockedSec] += drawn[0];
    const list = firstRow + row;
    const next = list < this.#lists.head.length ? this.#lists.head[list] : -1;
    if (next < 0) return;
    this.#locks.take(row, next);
    this.#lists.move(list, writers, next);
  }

  /** Serves who waits for a slot, while there is one. */
  #grant(): void {
    const { head } = this.#lists;
    const readLimit = this.#limit(this.#readSlots);
    while (this.#reading < readLimit && head[readers] >= 0) this.#start(readers, head[readers]);
    const writeLimit = this.#limit(this.#writeSlots);
    while (this.#writing < writeLimit && head[writers] >= 0) this.#start(writers, head[writers]);
  }

  #start(list: number, task: number): void {
    this.#lists.leave(list, task);
    this.#serve(task, false);
  }

  #limit(slots: number): number {
    return usableSlots(slots, this.#faults.quotaFactor);
  }
}

function accessOf(operand: Operand): number {
  if (operand.kind === 'service') return access.use;
  if (operand.kind === 'row' && operand.access !== 'verify') return access[operand.access];
  throw new RangeError(`Got ${operand.kind} when expected a read or a write.`);
}
