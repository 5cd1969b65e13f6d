import { createRandomStream } from '@/lib/stats/random-stream';

const servers = 8;
const codes = { arrive: 0, leave: 1 } as const;

/** A binary heap of (time, code) that knows nothing of equal times. */
class SmallHeap {
  readonly timeSec = new Float64Array(64).fill(Number.POSITIVE_INFINITY);
  readonly code = new Int32Array(64);
  #size = 0;

  push(timeSec: number, code: number): void {
    let hole = this.#size++;
    while (hole > 0) {
      const parent = (hole - 1) >> 1;
      if (this.timeSec[parent] <= timeSec) break;
      this.timeSec[hole] = this.timeSec[parent];
      this.code[hole] = this.code[parent];
      hole = parent;
    }
    this.timeSec[hole] = timeSec;
    this.code[hole] = code;
  }

  pop(): void {
    const last = --this.#size;
    const timeSec = this.timeSec[last];
    const code = this.code[last];
    this.timeSec[last] = Number.POSITIVE_INFINITY;
    let hole = 0;
    for (let child = 1; child < last; child = 2 * hole + 1) {
      if (this.timeSec[child + 1] < this.timeSec[child]) child++;
      if (this.timeSec[child] >= timeSec) break;
      this.timeSec[hole] = this.timeSec[child];
      this.code[hole] = this.code[child];
      hole = child;
    }
    if (last === 0) return;
    this.timeSec[hole] = timeSec;
    this.code[hole] = code;
  }
}

/**
 * M/M/8 at ρ = 0.9 as one would write it by hand for nothing else: integer codes, a small heap, a ring
 * of waiters, and no statistics but the mean wait.
 *
 * @returns the mean wait, in s
 */
export function playPlainLoop(customers: number, seed: number): number {
  const stream = createRandomStream(seed, 0, 'plain loop', 0);
  const heap = new SmallHeap();
  const sinceSec = new Float64Array(1 << 16);
  let head = 0;
  let waiting = 0;
  let busy = 0;
  let waitedSec = 0;
  heap.push(stream.nextExponential(1 / 7.2), codes.arrive);
  for (let served = 0; served < customers; ) {
    const nowSec = heap.timeSec[0];
    const code = heap.code[0];
    heap.pop();
    if (code === codes.arrive) {
      if (busy < servers) {
        busy++;
        heap.push(nowSec + stream.nextExponential(1), codes.leave);
      } else sinceSec[(head + waiting++) & 0xffff] = nowSec;
      heap.push(nowSec + stream.nextExponential(1 / 7.2), codes.arrive);
      continue;
    }
    served++;
    if (waiting === 0) {
      busy--;
      continue;
    }
    waiting--;
    waitedSec += nowSec - sinceSec[head];
    head = (head + 1) & 0xffff;
    heap.push(nowSec + stream.nextExponential(1), codes.leave);
  }
  return waitedSec / customers;
}
