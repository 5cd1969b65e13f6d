import { describe, expect, test } from 'vitest';
import { acquireResult, Pool } from '@/simulations/engine/pool';

describe('Pool', () => {
  test('waiters get slots first come first served, through growth and wrap-around of the ring', () => {
    const pool = new Pool({ slots: 1, acquireTimeoutSec: null });
    expect(pool.acquire(1_000, 0)).toBe(acquireResult.granted);
    const served: number[] = [];
    let next = 0;
    for (let round = 0; round < 50; round++) {
      for (let i = 0; i < 7; i++) expect(pool.acquire(next++, round)).toBe(acquireResult.waiting);
      for (let i = 0; i < 5; i++) served.push(pool.release(round));
    }
    while (pool.waiting > 0) served.push(pool.release(50));
    expect(served).toEqual(Array.from({ length: next }, (_, id) => id));
    expect(pool.release(51)).toBe(-1);
    expect(pool.slotsInUse).toBe(0);
  });

  test('a waiter that times out leaves the queue and is never granted a slot', () => {
    const pool = new Pool({ slots: 1, acquireTimeoutSec: 5 });
    pool.acquire(1, 0);
    pool.acquire(2, 1);
    pool.acquire(3, 3);
    expect(pool.nextDeadlineSec()).toBe(6);
    expect(pool.expire(6)).toBe(2);
    expect(pool.nextDeadlineSec()).toBe(8);
    expect(pool.release(7)).toBe(3);
    expect(pool.nextDeadlineSec()).toBe(Number.POSITIVE_INFINITY);
    expect(pool.window.timeouts).toBe(1);
  });

  test('state is weighted by the time it lasted', () => {
    const pool = new Pool({ slots: 2, acquireTimeoutSec: null });
    pool.acquire(1, 1); // 0 slots for 1 s
    pool.acquire(2, 3); // 1 slot for 2 s
    pool.acquire(3, 4); // 2 slots for 1 s
    pool.release(10); //   2 slots and one waiter for 6 s
    pool.account(12); //   2 slots for 2 s
    expect(Array.from(pool.window.timeSecBySlotsInUse)).toEqual([1, 2, 9]);
    expect(pool.waitingIntegralSec).toBe(6);
    expect(pool.slotsInUseIntegralSec).toBe(20);
    expect(pool.waitSecTotal).toBe(6);
  });
});
