import fc from 'fast-check';
import { expect, test } from 'vitest';
import { chooseRunLength, measureSessions } from '@/lib/scenarios/draft-run-length';

const hourSec = 3_600;
const daySec = 24 * hourSec;
const closed = (agents: number) => ({ kind: 'closed', agents }) as const;

test('sessions are measured without those that take no time', () => {
  const programs = { firstOp: [0, 2, 3, 4], durationSec: [10, 30, 0, 80] };
  expect(measureSessions(programs)).toEqual({ meanSec: 60, longestSec: 80, operationsMean: 1.5 });
});

test('a long tail lengthens the run: ten of the longest session end within it', () => {
  const lengths = { meanSec: 600, longestSec: 3 * hourSec, operationsMean: 10 };
  const { keys, remarks } = chooseRunLength(lengths, closed(8));
  expect(keys).toEqual({ horizonSec: 30 * hourSec, warmUp: { sec: 3 * hourSec + 600 } });
  expect(remarks[0].text).toContain('Ten times the longest session (3:00:00)');
});

test('without a tail the run is forty mean sessions', () => {
  const lengths = { meanSec: 600, longestSec: 700, operationsMean: 10 };
  expect(chooseRunLength(lengths, closed(8)).keys.horizonSec).toBe(7 * hourSec);
});

test('at most 30 days, which the comment says, and at most half of it left out', () => {
  const lengths = { meanSec: 10 * daySec, longestSec: 20 * daySec, operationsMean: 10 };
  const { keys, remarks } = chooseRunLength(lengths, closed(8));
  expect(keys).toMatchObject({ horizonSec: 30 * daySec, warmUp: { sec: 15 * daySec } });
  expect(remarks[0].text).toContain('over 30 days');
  expect(remarks[1].text).toContain('at most half');
});

test('an open load runs until 200 sessions have come, and begins as it goes on', () => {
  const lengths = { meanSec: 60, longestSec: 60, operationsMean: 10 };
  const { keys } = chooseRunLength(lengths, { kind: 'poisson', ratePerSec: 1 / 60 });
  expect(keys).toEqual({ horizonSec: 4 * hourSec });
});

test('ten replications where twenty would take more than 20 million events', () => {
  // 20 × 20 agents × 50 sessions each in 5 h × operations
  const lengths = { meanSec: 360, longestSec: 1_800, operationsMean: 1_000 };
  expect(chooseRunLength(lengths, closed(20)).keys.replications).toBeUndefined();
  const { keys, remarks } = chooseRunLength(lengths, closed(21));
  expect(keys.replications).toBe(10);
  expect(remarks[2].text).toContain('10 instead of 20, which would take some 21 million events');
});

test('whatever the sessions, the run is of whole hours and more than half of it is measured', () => {
  const sec = fc.double({ min: 1e-3, max: 1e8, noNaN: true });
  fc.assert(
    fc.property(sec, sec, fc.integer({ min: 1, max: 10_000 }), (a, b, agents) => {
      const lengths = {
        meanSec: Math.min(a, b),
        longestSec: Math.max(a, b),
        operationsMean: 5,
      };
      const { horizonSec, warmUp } = chooseRunLength(lengths, closed(agents)).keys;
      expect(horizonSec % hourSec).toBe(0);
      expect(horizonSec).toBeGreaterThanOrEqual(hourSec);
      expect(horizonSec).toBeLessThanOrEqual(30 * daySec);
      expect(warmUp?.sec).toBeLessThanOrEqual(horizonSec / 2);
    }),
  );
});
