import { describe, expect, test } from 'vitest';
import { deadlockFreePoolSize } from '@/simulations/analytic/deadlock-free-pool';

/** Whether some split of a pool leaves it empty and every thread one connection short or more. */
function canBlock(pool: number, threads: number, each: number): boolean {
  if (threads === 0) return pool === 0;
  for (let held = 0; held < each && held <= pool; held++) {
    if (canBlock(pool - held, threads - 1, each)) return true;
  }
  return false;
}

describe('deadlockFreePoolSize', () => {
  test.each([
    [1, 1],
    [1, 4],
    [4, 2],
    [5, 3],
    [3, 5],
  ])('for %d threads of %d connections is the smallest that cannot block', (threads, each) => {
    const size = deadlockFreePoolSize(threads, each);
    expect(canBlock(size, threads, each)).toBe(false);
    expect(canBlock(size - 1, threads, each)).toBe(true);
  });
});
