import { logged } from '../engine/event-log';
import { taskState } from '../engine/op';
import type { Station } from '../engine/station';

const initialLists = 64;

/**
 * Many first-in first-out lists of tasks that wait at one station: one per row or fetch.
 *
 * They are links through the task table, so a task is in one of them at most and leaves from
 * anywhere in constant time. Keeps the station's statistics of waiters.
 */
export class WaitingLists {
  /** By list: who is next; −1: nobody. */
  head = new Int32Array(initialLists).fill(-1);
  #tail = new Int32Array(initialLists);
  readonly #station: Station;

  constructor(station: Station) {
    this.#station = station;
  }

  /** Puts a task at the end of a list, to wait from now on. */
  join(list: number, task: number): void {
    const { kernel, index, statistics } = this.#station;
    const { tasks } = kernel;
    statistics.account();
    statistics.waiting++;
    tasks.state[task] = taskState.waiting;
    tasks.at[task] = index;
    tasks.sinceSec[task] = kernel.clock[0];
    this.#link(list, task);
    if (kernel.log !== null) kernel.note(task, logged.waits, index);
  }

  /** Takes a task out of its list and counts how long it waited. */
  leave(list: number, task: number): void {
    const { kernel, statistics } = this.#station;
    statistics.account();
    statistics.waiting--;
    this.#unlink(list, task);
    statistics.addWait(kernel.tasks.sessionClass[task], kernel.tasks.sinceSec[task]);
  }

  /** Puts a task from one list at the end of another, where its wait goes on. */
  move(from: number, to: number, task: number): void {
    this.#unlink(from, task);
    this.#link(to, task);
  }

  #link(list: number, task: number): void {
    const { next, previous } = this.#station.kernel.tasks;
    if (list >= this.head.length) this.#grow(list);
    const tail = this.head[list] < 0 ? -1 : this.#tail[list];
    next[task] = -1;
    previous[task] = tail;
    if (tail >= 0) next[tail] = task;
    else this.head[list] = task;
    this.#tail[list] = task;
  }

  #unlink(list: number, task: number): void {
    const { next, previous } = this.#station.kernel.tasks;
    if (previous[task] >= 0) next[previous[task]] = next[task];
    else this.head[list] = next[task];
    if (next[task] >= 0) previous[next[task]] = previous[task];
    else this.#tail[list] = previous[task];
  }

  #grow(list: number): void {
    const from = this.head;
    const to = Math.max(2 * from.length, list + 1);
    this.head = new Int32Array(to).fill(-1);
    this.head.set(from);
    const tail = new Int32Array(to);
    tail.set(this.#tail);
    this.#tail = tail;
  }
}
