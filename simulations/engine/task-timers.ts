import { EventQueue } from './event-queue';
import type { TaskTable } from './task-table';

/** Stale timers that are tolerated before the queue is cleared of them. */
const staleTimersTolerated = 1_024;

/**
 * Timers of tasks: one for whatever a task does at the moment, and one for the deadline of a session.
 *
 * Most are stopped before they ring, so they have a queue of their own, from which stale ones are
 * cleared in bulk. An id in it is twice the task, and one more for a deadline.
 */
export class TaskTimers {
  readonly #tasks: TaskTable;
  readonly #clock: Float64Array;
  readonly #order: Float64Array;
  readonly #queue: EventQueue;
  /** Timers in the queue, stale ones included. */
  size = 0;
  #stale = 0;

  constructor(tasks: TaskTable, clock: Float64Array, order: Float64Array) {
    this.#tasks = tasks;
    this.#clock = clock;
    this.#order = order;
    this.#queue = new EventQueue(order);
  }

  /** Time of the next timer, which may be stale; `Infinity` when there is none. */
  peekTimeSec(): number {
    return this.#queue.peekTimeSec();
  }

  /** Order of the timer at `peekTimeSec`. */
  rootOrder(): number {
    return this.#queue.rootOrder();
  }

  /** Starts the timer of a task, to ring after some seconds; `Infinity`: never. */
  start(task: number, after: Float64Array): void {
    const afterSec = after[0];
    if (!(afterSec < Number.POSITIVE_INFINITY)) return;
    this.#tasks.timerOrder[task] = this.#order[0];
    this.#tasks.hasMore[task] = 1;
    this.size++;
    this.#queue.dueSec[0] = this.#clock[0] + afterSec;
    this.#queue.pushDue(2 * task);
  }

  /** Stops the timer of a task, if it has one. */
  stop(task: number): void {
    if (this.#tasks.timerOrder[task] < 0) return;
    this.#tasks.timerOrder[task] = -1;
    this.#countStale();
  }

  /** Starts the timer of a session's deadline, which is `deadlineSec[root]`. */
  startDeadline(root: number): void {
    this.#tasks.deadlineOrder[root] = this.#order[0];
    this.#tasks.hasMore[root] = 1;
    this.size++;
    this.#queue.dueSec[0] = this.#tasks.deadlineSec[root];
    this.#queue.pushDue(2 * root + 1);
  }

  /** Stops it. */
  stopDeadline(root: number): void {
    if (this.#tasks.deadlineOrder[root] < 0) return;
    this.#tasks.deadlineOrder[root] = -1;
    this.#countStale();
  }

  /** Removes the next timer. Returns its id; −1 where it was stopped or set anew. */
  pop(): number {
    const id = this.#queue.pop();
    this.size--;
    const { deadlineOrder, timerOrder } = this.#tasks;
    const due = (id & 1) === 1 ? deadlineOrder : timerOrder;
    if (due[id >> 1] !== this.#queue.rootOrder()) {
      this.#stale--;
      return -1;
    }
    due[id >> 1] = -1;
    return id;
  }

  /** Clears the queue of stale timers when they are the most. */
  #countStale(): void {
    this.#stale++;
    const queue = this.#queue;
    if (this.#stale < staleTimersTolerated || 2 * this.#stale < this.size) return;
    const { timerOrder, deadlineOrder } = this.#tasks;
    queue.keepOnly((id, orders, at) => {
      const due = (id & 1) === 1 ? deadlineOrder : timerOrder;
      return due[id >> 1] === orders[at];
    });
    this.size = queue.size;
    this.#stale = 0;
  }
}
