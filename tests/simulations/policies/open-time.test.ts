import fc from 'fast-check';
import { expect, test } from 'vitest';
import { OpenTime } from '@/simulations/policies/open-time';

const openSec = 10;

test('adds up what each opening lasts, whether it is left early or not, over any number of them', () => {
  const move = fc.record({ afterSec: fc.integer({ min: 0, max: 3 }), leaves: fc.boolean() });
  fc.assert(
    fc.property(fc.array(move, { minLength: 1, maxLength: 400 }), (moves) => {
      const clock = new Float64Array(1);
      const openTime = new OpenTime(clock);
      const spans: { opening: number; fromSec: number; toSec: number; isLeft: boolean }[] = [];
      for (const { afterSec, leaves } of moves) {
        clock[0] += afterSec;
        const nowSec = clock[0];
        const open = spans.findLast(({ toSec, isLeft }) => toSec > nowSec && !isLeft);
        if (leaves && open !== undefined) {
          openTime.leave(open.opening);
          open.toSec = nowSec;
          open.isLeft = true;
        } else {
          const opening = openTime.open(nowSec + openSec);
          spans.push({ opening, fromSec: nowSec, toSec: nowSec + openSec, isLeft: false });
        }
        openTime.account();
        const expected = spans.reduce(
          (sum, { fromSec, toSec }) => sum + Math.min(nowSec, toSec) - fromSec,
          0,
        );
        expect(openTime.integralSec[0]).toBe(expected);
      }
    }),
  );
});

test('forgets those that were left, however long they were to last', () => {
  const clock = new Float64Array(1);
  const openTime = new OpenTime(clock);
  const first = openTime.open(1e9);
  for (let session = 0; session < 100_000; session++) {
    const opening = openTime.open(1e9);
    clock[0]++;
    openTime.leave(opening);
  }
  expect(openTime.integralSec[0]).toBe(2 * 100_000);
  openTime.leave(first);
  clock[0] += 5;
  openTime.account();
  expect(openTime.integralSec[0]).toBe(2 * 100_000);
});
