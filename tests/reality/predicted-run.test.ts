import { describe, expect, test } from 'vitest';
import { quantile } from '@/lib/stats/quantile';
import { summarizeLoop } from './loop-record';
import { predictClosedLoop, transientShare } from './predicted-run';
import { replayCycles } from './replay-cycles';
import { drawTieFree } from './tie-free-draws';

describe('predictClosedLoop', () => {
  test.each([
    { holding: 'hold', agents: 3, slots: 4, because: 'with a connection for everybody' },
    { holding: 'hold', agents: 9, slots: 4, because: 'about as many as it can serve' },
    { holding: 'hold', agents: 15, slots: 4, because: 'saturated' },
    { holding: 'release', agents: 15, slots: 2, because: 'about as many as it can serve' },
    { holding: 'release', agents: 30, slots: 2, because: 'saturated' },
  ] as const)(
    '$holding, $because: the engine serves the same agents at the same times as a replay that shares no code with it',
    ({ holding, agents, slots }) => {
      const untilSec = 40;
      const draws = drawTieFree({ agents, cycles: 80 }, 3);
      const loop = { draws, slots, holding, untilSec };
      const engine = predictClosedLoop(loop);
      const window = { fromSec: transientShare * untilSec, untilSec };
      const record = replayCycles(loop);
      const replayed = summarizeLoop(record, window, slots);
      expect(engine.throughputPerSec).toBeCloseTo(replayed.throughputPerSec, 9);
      expect(engine.waits).toBe(replayed.waits);
      expect(engine.utilization).toBeCloseTo(replayed.utilization, 9);
      expect(engine.waitSecMean).toBeCloseTo(replayed.waitSecMean, 9);
      // The sketch is off by less than 1/128 of a quantile, and the two kinds of quantile by a rank.
      const waitsSec = record.grantedSec
        .map((grantedSec, entry) => grantedSec - record.requestedSec[entry])
        .filter((_, entry) => record.grantedSec[entry] >= window.fromSec);
      const rank = 1 / waitsSec.length;
      const lowSec = quantile(waitsSec, 0.95 - rank) * (127 / 128);
      const highSec = quantile(waitsSec, Math.min(1, 0.95 + rank)) * (129 / 128);
      expect(engine.waitSecP95).toBeGreaterThanOrEqual(lowSec);
      expect(engine.waitSecP95).toBeLessThanOrEqual(highSec);
    },
  );

  test('agents whose cycles run out before the end are told of, not left out', () => {
    const draws = drawTieFree({ agents: 2, cycles: 5 }, 1);
    expect(() => predictClosedLoop({ draws, slots: 2, holding: 'hold', untilSec: 60 })).toThrow(
      'Got 5 cycles per agent when expected more.',
    );
  });
});
