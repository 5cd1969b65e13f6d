import { logged } from '../engine/event-log';
import { taskState } from '../engine/op';
import type { Station } from '../engine/station';

/**
 * Tasks that wait at a station, first in, first out: a list through the task table.
 *
 * Keeps the station's statistics of waiters. A task leaves from anywhere in constant time.
 */
export class WaitingLine {
  /** Who is next; −1: nobody waits. */
  head = -1;
  #tail = -1;
  readonly #station: Station;

  constructor(station: Station) {
    this.#station = station;
  }

  /** Puts a task at the end. */
  join(task: number): void {
    const { kernel, index, statistics } = this.#station;
    const { tasks } = kernel;
    statistics.account();
    tasks.state[task] = taskState.waiting;
    tasks.at[task] = index;
    tasks.sinceSec[task] = kernel.clock[0];
    tasks.next[task] = -1;
    tasks.previous[task] = this.#tail;
    if (this.#tail >= 0) tasks.next[this.#tail] = task;
    else this.head = task;
    this.#tail = task;
    statistics.waiting++;
    if (kernel.log !== null) kernel.note(task, logged.waits, index);
  }

  /** Takes a task out and counts how long it waited. */
  leave(task: number): void {
    const { kernel, statistics } = this.#station;
    const { next, previous, sessionClass, sinceSec } = kernel.tasks;
    statistics.account();
    if (previous[task] >= 0) next[previous[task]] = next[task];
    else this.head = next[task];
    if (next[task] >= 0) previous[next[task]] = previous[task];
    else this.#tail = previous[task];
    statistics.waiting--;
    statistics.addWait(sessionClass[task], sinceSec[task]);
  }
}
