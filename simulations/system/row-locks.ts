/** Who has which row of a store, since when, and which row is written most. */
export class RowLocks {
  /** The row that most writes were counted of so far. */
  hottestRow = 0;
  readonly #clock: Float64Array;
  #holder = new Int32Array(0); //    by row: the task; −1: nobody
  #sinceSec = new Float64Array(0);
  #writes = new Float64Array(0);

  constructor(clock: Float64Array) {
    this.#clock = clock;
  }

  /** Makes room for rows below a number. */
  reserve(rows: number): void {
    if (rows <= this.#holder.length) return;
    const holder = new Int32Array(rows).fill(-1);
    holder.set(this.#holder);
    this.#holder = holder;
    const sinceSec = new Float64Array(rows);
    sinceSec.set(this.#sinceSec);
    this.#sinceSec = sinceSec;
    const writes = new Float64Array(rows);
    writes.set(this.#writes);
    this.#writes = writes;
  }

  /** The task that has a row; −1: nobody. */
  holderOf(row: number): number {
    return this.#holder[row];
  }

  /** Gives a row, which is free, to a task. */
  take(row: number, task: number): void {
    this.#holder[row] = task;
    this.#sinceSec[row] = this.#clock[0];
  }

  /** Frees a row and leaves in `lockedSec[0]` for how long it was taken. */
  free(row: number, lockedSec: Float64Array): void {
    this.#holder[row] = -1;
    lockedSec[0] = this.#clock[0] - this.#sinceSec[row];
  }

  /** Counts a write of a row. */
  count(row: number): void {
    if (++this.#writes[row] > this.#writes[this.hottestRow]) this.hottestRow = row;
  }
}
