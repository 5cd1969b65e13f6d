import type { Kernel } from '@/simulations/engine/kernel';
import type { Discipline } from '@/simulations/scenario/resource';

/**
 * Waiters in the order of a discipline: doubly linked lists through the task table, one for each
 * priority that the classes of the scenario have, or one for all.
 *
 * A waiter joins and leaves in constant time. Within a list the order is that of arrival, so equal
 * times are first in, first out. The choice at random is made when it is asked for, and stands until
 * that waiter leaves.
 */
export class WaiterQueue {
  size = 0;
  readonly #kernel: Kernel;
  readonly #isLastFirst: boolean;
  readonly #site: number; //           of the draws at random; −1: not at random
  readonly #levelOf: Int32Array; //    by priority
  readonly #heads: Int32Array; //      by level
  readonly #tails: Int32Array;
  #chosen = -1;
  #ids = new Int32Array(0); //         of all waiters, in no order; kept for choices at random
  #positions = new Int32Array(0); //   by task: where it is in `#ids`

  /** @param site law site of the draws at random */
  constructor(kernel: Kernel, discipline: Discipline, site: number) {
    this.#kernel = kernel;
    this.#isLastFirst = discipline === 'lifo';
    this.#site = discipline === 'random' ? site : -1;
    const isByPriority = discipline === 'priority' || discipline === 'preemptive';
    const all = kernel.compiled.classes.map(({ priority }) => (isByPriority ? priority : 0));
    const priorities = [...new Set(all)].sort((a, b) => a - b);
    this.#levelOf = new Int32Array(1 + Math.max(0, ...priorities));
    priorities.forEach((priority, level) => {
      this.#levelOf[priority] = level;
    });
    this.#heads = new Int32Array(Math.max(1, priorities.length)).fill(-1);
    this.#tails = this.#heads.slice();
  }

  /** Whose turn it is; −1 when nobody waits. */
  first(): number {
    if (this.#isLastFirst) return this.#tails[0];
    if (this.#site >= 0) return this.#choose();
    const heads = this.#heads;
    for (let level = 0; level < heads.length; level++) {
      if (heads[level] >= 0) return heads[level];
    }
    return -1;
  }

  /** Who came last of those whose turn is last; −1 when nobody is here. */
  last(): number {
    for (let level = this.#tails.length - 1; level >= 0; level--) {
      if (this.#tails[level] >= 0) return this.#tails[level];
    }
    return -1;
  }

  /** Who has been here for longest; −1 when nobody waits. */
  oldest(): number {
    const { sinceSec } = this.#kernel.tasks;
    let oldest = -1;
    for (const head of this.#heads) {
      if (head >= 0 && (oldest < 0 || sinceSec[head] < sinceSec[oldest])) oldest = head;
    }
    return oldest;
  }

  /** A waiter joins behind those of its priority. */
  add(task: number): void {
    const { tasks } = this.#kernel;
    const level = this.#level(task);
    const tail = this.#tails[level];
    tasks.next[task] = -1;
    tasks.previous[task] = tail;
    if (tail >= 0) tasks.next[tail] = task;
    else this.#heads[level] = task;
    this.#tails[level] = task;
    if (this.#site >= 0) this.#addId(task);
    this.size++;
  }

  /** A waiter comes back before those of its priority. Not for choices at random. */
  addFirst(task: number): void {
    const { tasks } = this.#kernel;
    const level = this.#level(task);
    const head = this.#heads[level];
    tasks.previous[task] = -1;
    tasks.next[task] = head;
    if (head >= 0) tasks.previous[head] = task;
    else this.#tails[level] = task;
    this.#heads[level] = task;
    this.size++;
  }

  /** A waiter leaves. */
  remove(task: number): void {
    const { next, previous } = this.#kernel.tasks;
    const level = this.#level(task);
    if (previous[task] >= 0) next[previous[task]] = next[task];
    else this.#heads[level] = next[task];
    if (next[task] >= 0) previous[next[task]] = previous[task];
    else this.#tails[level] = previous[task];
    this.size--;
    if (this.#site < 0) return;
    const moved = this.#ids[this.size];
    this.#ids[this.#positions[task]] = moved;
    this.#positions[moved] = this.#positions[task];
    if (this.#chosen === task) this.#chosen = -1;
  }

  #level(task: number): number {
    const priority = this.#kernel.tasks.priority[task];
    const levelOf = this.#levelOf;
    return levelOf[priority < levelOf.length ? priority : levelOf.length - 1];
  }

  #choose(): number {
    if (this.#chosen >= 0 || this.size === 0) return this.#chosen;
    const { laws } = this.#kernel;
    laws.drawFloat(this.#site);
    this.#chosen = this.#ids[Math.floor(laws.drawn[0] * this.size)];
    return this.#chosen;
  }

  #addId(task: number): void {
    if (this.size >= this.#ids.length) {
      const wider = new Int32Array(Math.max(64, 2 * this.#ids.length));
      wider.set(this.#ids);
      this.#ids = wider;
    }
    if (task >= this.#positions.length) {
      const wider = new Int32Array(this.#kernel.tasks.capacity);
      wider.set(this.#positions);
      this.#positions = wider;
    }
    this.#ids[this.size] = task;
    this.#positions[task] = this.size;
  }
}
