import type { Kernel } from '../engine/kernel';
import { taskState } from '../engine/op';
import type { ModelCalls } from './model-calls';

interface Kept {
  call: Int32Array<ArrayBuffer>; //    −1: none
  pc: Int32Array<ArrayBuffer>;
  attempt: Int32Array<ArrayBuffer>; // number of the attempt that failed
}

function columns(capacity: number): Kept {
  return {
    call: new Int32Array(capacity).fill(-1),
    pc: new Int32Array(capacity),
    attempt: new Int32Array(capacity),
  };
}

/**
 * Calls that failed under an attempt block that retries, so that the next attempt asks the same again.
 *
 * Drawn afresh, a long prompt that was refused would come back as one of usual length, and quotas
 * would seem to let through what they do not. Kept by the task of the block, one at a time.
 */
export class CallsToRepeat {
  readonly #kernel: Kernel;
  readonly #calls: ModelCalls;
  #kept = columns(64);

  constructor(kernel: Kernel, calls: ModelCalls) {
    this.#kernel = kernel;
    this.#calls = calls;
  }

  /** The call of a task has failed: it is kept for the next attempt, or given back. */
  keep(task: number, call: number): void {
    const { tasks, compiled } = this.#kernel;
    const parent = tasks.parent[task];
    const isRetried =
      parent >= 0 &&
      tasks.state[parent] === taskState.attempting &&
      compiled.blocks[tasks.at[parent]].retry !== null;
    if (!isRetried) {
      this.#calls.leave(call);
      return;
    }
    if (parent >= this.#kept.call.length) this.#grow(tasks.capacity);
    const kept = this.#kept;
    if (kept.call[parent] >= 0) this.#calls.leave(kept.call[parent]);
    kept.call[parent] = call;
    kept.pc[parent] = tasks.pc[task];
    kept.attempt[parent] = tasks.attempt[parent];
  }

  /** The call that failed in the attempt before this one, at the same step; −1 where there is none. */
  take(task: number): number {
    const { tasks } = this.#kernel;
    const parent = tasks.parent[task];
    const kept = this.#kept;
    if (parent < 0 || parent >= kept.call.length || kept.call[parent] < 0) return -1;
    if (tasks.state[parent] !== taskState.attempting) return -1;
    if (kept.pc[parent] !== tasks.pc[task]) return -1;
    if (kept.attempt[parent] + 1 !== tasks.attempt[parent]) return -1;
    const call = kept.call[parent];
    kept.call[parent] = -1;
    return call;
  }

  #grow(capacity: number): void {
    const wider = columns(capacity);
    wider.call.set(this.#kept.call);
    wider.pc.set(this.#kept.pc);
    wider.attempt.set(this.#kept.attempt);
    this.#kept = wider;
  }
}
