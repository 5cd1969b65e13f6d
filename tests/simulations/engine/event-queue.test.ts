import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { EventQueue } from '@/simulations/engine/event-queue';

function drain(queue: EventQueue): number[] {
  const ids: number[] = [];
  while (queue.size > 0) ids.push(queue.pop());
  return ids;
}

describe('EventQueue', () => {
  test('events at equal times come out in the order in which they went in', () => {
    const queue = new EventQueue();
    for (let id = 0; id < 500; id++) queue.push(7, id);
    expect(drain(queue)).toEqual(Array.from({ length: 500 }, (_, id) => id));
  });

  test('an event at the time of the one just taken goes behind those already waiting', () => {
    const queue = new EventQueue();
    queue.push(1, 10);
    queue.push(1, 11);
    expect(queue.pop()).toBe(10);
    queue.push(1, 12);
    expect(drain(queue)).toEqual([11, 12]);
  });

  test('is empty, and says so, before, between and after events', () => {
    const queue = new EventQueue();
    expect(queue.pop()).toBe(-1);
    expect(queue.peekTimeSec()).toBe(Number.POSITIVE_INFINITY);
    queue.push(3, 1);
    expect(queue.pop()).toBe(1);
    expect(queue.size).toBe(0);
    expect(queue.peekTimeSec()).toBe(Number.POSITIVE_INFINITY);
    expect(queue.pop()).toBe(-1);
    queue.push(2, 5);
    expect(queue.peekTimeSec()).toBe(2);
    expect(drain(queue)).toEqual([5]);
  });

  test.each([Number.NaN, Number.POSITIVE_INFINITY])('refuses %d as a time', (timeSec) => {
    expect(() => new EventQueue().push(timeSec, 0)).toThrow(RangeError);
  });

  test('any mix of pushes and pops agrees with a list sorted by time, then by insertion', () => {
    const step = fc.oneof(
      fc.record({ timeSec: fc.integer({ min: 0, max: 12 }) }),
      fc.constant(null),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 400 }), (steps) => {
        const queue = new EventQueue();
        const reference: { timeSec: number; id: number }[] = [];
        steps.forEach((push, id) => {
          if (push === null) {
            reference.sort((a, b) => a.timeSec - b.timeSec || a.id - b.id);
            expect(queue.peekTimeSec()).toBe(reference[0]?.timeSec ?? Number.POSITIVE_INFINITY);
            expect(queue.pop()).toBe(reference.shift()?.id ?? -1);
          } else {
            queue.push(push.timeSec, id);
            reference.push({ timeSec: push.timeSec, id });
          }
          expect(queue.size).toBe(reference.length);
        });
      }),
      { numRuns: 300 },
    );
  });
});
