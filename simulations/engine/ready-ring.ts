/** Tasks that run before time moves on, first in, first out: a ring in a typed array. */
export class ReadyRing {
  /** Places taken, those of tasks that were taken out included. */
  count = 0;
  #tasks = new Int32Array(64); // its length is a power of two
  #head = 0;

  /** Puts a task at the end. */
  push(task: number): void {
    if (this.count === this.#tasks.length) this.#grow();
    const tasks = this.#tasks;
    tasks[(this.#head + this.count++) & (tasks.length - 1)] = task;
  }

  /** Takes the first place; −1 where its task was taken out. There has to be one. */
  shift(): number {
    const tasks = this.#tasks;
    const task = tasks[this.#head];
    this.#head = (this.#head + 1) & (tasks.length - 1);
    this.count--;
    return task;
  }

  /** Takes a task out, wherever it is. */
  remove(task: number): void {
    const tasks = this.#tasks;
    for (let i = 0; i < this.count; i++) {
      const slot = (this.#head + i) & (tasks.length - 1);
      if (tasks[slot] === task) tasks[slot] = -1;
    }
  }

  #grow(): void {
    const from = this.#tasks;
    const to = new Int32Array(2 * from.length);
    for (let i = 0; i < this.count; i++) to[i] = from[(this.#head + i) & (from.length - 1)];
    this.#tasks = to;
    this.#head = 0;
  }
}
