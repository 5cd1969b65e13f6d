import type { TaskTable } from '../engine/task-table';
import { KeyIndex, maxKeys } from './key-index';

const rowsPerStation = 2 ** 20; // more than maxKeys
const versions = 2 ** 26; //       a version is told apart from those up to so many writes away
const unknown = -1;
const conflicting = -2;

/**
 * Rows of a store with their versions, and what tasks know of them.
 *
 * A task remembers one row: the one that it read or wrote last, with the version that it saw. Its
 * children know what it knows when they begin, and it learns what a child knew that ended well.
 */
export class RowVersions {
  readonly index = new KeyIndex();
  version = new Float64Array(this.index.capacity);
  readonly #tasks: TaskTable;
  readonly #station: number;

  constructor(tasks: TaskTable, station: number) {
    this.#tasks = tasks;
    this.#station = station;
  }

  /** Row of the key `index.key[0]`, made where it is new; −1 where there are too many. */
  find(): number {
    const known = this.index.find();
    if (known >= 0) return known;
    if (this.index.size === maxKeys) return -1;
    const row = this.index.add();
    if (this.index.capacity > this.version.length) {
      const wider = new Float64Array(this.index.capacity);
      wider.set(this.version);
      this.version = wider;
    }
    return row;
  }

  /** The row of this store that a task remembers; −1 where it remembers none. */
  rememberedRow(task: number): number {
    const noted = this.#tasks.version[task];
    if (noted < 0) return -1;
    const place = Math.floor(noted / versions);
    if (Math.floor(place / rowsPerStation) !== this.#station) return -1;
    return place % rowsPerStation;
  }

  /** Whether a task remembers a row in a version that it has no longer. */
  isStale(task: number, row: number): boolean {
    const noted = this.#tasks.version[task];
    return this.rememberedRow(task) === row && noted % versions !== this.version[row] % versions;
  }

  /** Lets a task remember a row as it is now. */
  note(task: number, row: number): void {
    const place = this.#station * rowsPerStation + row;
    this.#tasks.version[task] = place * versions + (this.version[row] % versions);
  }

  /** Lets a task remember that its write did not hold. */
  noteConflict(task: number): void {
    this.#tasks.version[task] = conflicting;
  }

  /** Whether the last write of a task did not hold; it forgets it with the question. */
  takeConflict(task: number): boolean {
    if (this.#tasks.version[task] !== conflicting) return false;
    this.#tasks.version[task] = unknown;
    return true;
  }
}
