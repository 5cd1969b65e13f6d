import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addFixedCost, type CycleDraws, costByTimetable, drawCycles } from './cycle-draws';
import { type Holding, summarizeLoop } from './loop-record';
import { replayCycles } from './replay-cycles';
import { drawTieFree } from './tie-free-draws';

/** Draws of agents with one cycle each, repeated: think, first query, model call, second query. */
function drawsOf(...cycles: readonly (readonly [number, number, number, number])[]): CycleDraws {
  const step = (index: number) => Float64Array.from(cycles, (cycle) => cycle[index]);
  return {
    agents: cycles.length,
    cycles: 1,
    thinkSec: step(0),
    firstQuerySec: step(1),
    modelCallSec: step(2),
    secondQuerySec: step(3),
  };
}

describe('replayCycles', () => {
  // One connection, agents A (1, 2, 3, 1) and B (2, 1, 1, 2). Held: A has it 1–7, B asked at 2 and
  // has it 7–11, A asked again at 8 and has it 11–17.
  const two = drawsOf([1, 2, 3, 1], [2, 1, 1, 2]);

  test('held while thinking, two agents share one connection as worked out by hand', () => {
    const record = replayCycles({ draws: two, slots: 1, holding: 'hold', untilSec: 17.5 });
    expect(record.requestedSec).toEqual([1, 2, 8, 13]);
    expect(record.grantedSec).toEqual([1, 7, 11, 17]);
    expect(record.releasedSec).toEqual([7, 11, 17, Number.NaN]);
    expect(record.cycleEndSec).toEqual([7, 11, 17]);
  });

  test('released between the queries, they share it as worked out by hand', () => {
    // A queries 1–3, B asked at 2 and queries 3–4, B asks again at 5 and queries 5–7 while A, whose
    // model call ends at 6, waits and queries 7–8; A asks at 9 and B at 9, who has the higher number.
    const record = replayCycles({ draws: two, slots: 1, holding: 'release', untilSec: 11.5 });
    expect(record.requestedSec).toEqual([1, 2, 5, 6, 9, 9]);
    expect(record.grantedSec).toEqual([1, 3, 5, 7, 9, 11]);
    expect(record.releasedSec).toEqual([3, 4, 7, 8, 11, Number.NaN]);
    expect(record.cycleEndSec).toEqual([7, 8]);
  });

  const anyLoop = fc.record({
    agents: fc.integer({ min: 1, max: 12 }),
    slots: fc.integer({ min: 1, max: 5 }),
    holding: fc.constantFrom<Holding>('hold', 'release'),
    seed: fc.integer({ min: 0, max: 1_000 }),
  });
  test('never more connections are held than there are, none is idle while an agent waits, and they go out in the order in which they were asked for', () => {
    fc.assert(
      fc.property(anyLoop, ({ agents, slots, holding, seed }) => {
        const draws = drawTieFree({ agents, cycles: 40 }, seed);
        const record = replayCycles({ draws, slots, holding, untilSec: 15 });
        const { requestedSec, grantedSec, releasedSec } = record;
        expect(requestedSec).toEqual([...requestedSec].sort((a, b) => a - b));
        for (const [entry, timeSec] of grantedSec.entries()) {
          const isHeldAt = (other: number) => other < entry && !(releasedSec[other] <= timeSec);
          const held = grantedSec.filter((_, other) => isHeldAt(other)).length;
          expect(held).toBeLessThan(slots);
          if (timeSec > requestedSec[entry]) expect(held).toBe(slots - 1);
        }
      }),
      { numRuns: 100 },
    );
  });

  test('with a connection for everybody no agent waits, and cycles take what was drawn', () => {
    const draws = drawTieFree({ agents: 1, cycles: 3 }, 5);
    const record = replayCycles({ draws, slots: 1, holding: 'release', untilSec: 100 });
    expect(record.grantedSec).toEqual(record.requestedSec);
    const cycleSec = (cycle: number) =>
      draws.thinkSec[cycle] +
      draws.firstQuerySec[cycle] +
      draws.modelCallSec[cycle] +
      draws.secondQuerySec[cycle];
    expect(record.cycleEndSec[0]).toBeCloseTo(cycleSec(0), 9);
    expect(record.cycleEndSec[3]).toBeCloseTo(2 * cycleSec(0) + cycleSec(1) + cycleSec(2), 9);
  });
});

describe('summarizeLoop', () => {
  test('counts waits and cycles that end in the window, and connections for their time in it', () => {
    const draws = drawsOf([1, 2, 3, 1], [2, 1, 1, 2]);
    const record = replayCycles({ draws, slots: 1, holding: 'hold', untilSec: 17.5 });
    const figures = summarizeLoop(record, { fromSec: 5, untilSec: 15 }, 1);
    expect(figures).toEqual({
      throughputPerSec: 0.2, // at 7 and 11
      waitSecMean: 4, //        2 → 7 and 8 → 11
      waitSecP95: 4.9,
      utilization: 1,
      waits: 2,
    });
    const later = summarizeLoop(record, { fromSec: 0, untilSec: 10 }, 2);
    expect(later.utilization).toBeCloseTo(9 / 20, 12); // from 1 on
  });

  test('a window in which nobody was served has no waits to speak of', () => {
    const record = replayCycles({
      draws: drawsOf([1, 2, 3, 1]),
      slots: 1,
      holding: 'hold',
      untilSec: 9,
    });
    const figures = summarizeLoop(record, { fromSec: 2, untilSec: 6 }, 1);
    expect(figures.waits).toBe(0);
    expect(figures.waitSecP95).toBeNaN();
    expect(figures.waitSecMean).toBeNaN();
  });
});

describe('drawCycles', () => {
  const means = { thinkSec: 0.8, serviceSec: 0.1, modelCallSec: 0.5 };

  test('an agent plays the same however many others there are', () => {
    const few = drawCycles(means, { agents: 2, cycles: 50 }, { seed: 7, point: 1 });
    const many = drawCycles(means, { agents: 9, cycles: 50 }, { seed: 7, point: 1 });
    expect(many.secondQuerySec.slice(0, 100)).toEqual(few.secondQuerySec);
    const other = drawCycles(means, { agents: 2, cycles: 50 }, { seed: 7, point: 2 });
    expect(other.secondQuerySec).not.toEqual(few.secondQuerySec);
  });

  test('draws are whole milliseconds of at least one, and near their mean', () => {
    const draws = drawCycles(means, { agents: 20, cycles: 1_000 }, { seed: 1, point: 0 });
    const queriesMs = draws.firstQuerySec.map((sec) => sec * 1_000);
    const offWholeMs = queriesMs.map((ms) => Math.abs(ms - Math.round(ms)));
    expect(Math.max(...offWholeMs)).toBeLessThan(1e-9);
    expect(Math.min(...queriesMs)).toBeGreaterThan(0.999);
    const sumSec = draws.firstQuerySec.reduce((sum, sec) => sum + sec, 0);
    // Standard error of a mean of 20,000 exponential draws: 0.7 % of it.
    expect(Math.abs(sumSec / 20_000 - 0.1)).toBeLessThan(0.0035);
  });

  test('what queries cost beyond the timetable is taken off the delays after them', () => {
    const cost = costByTimetable({ querySec: 0.5, delaySec: 0.25 }, 2);
    expect(cost).toEqual({ querySec: 2, delaySec: -1.25 });
    const draws = addFixedCost(drawsOf([1, 2, 3, 4]), cost);
    expect([...draws.thinkSec, ...draws.firstQuerySec]).toEqual([0, 4]); // no delay is below 0
    expect([...draws.modelCallSec, ...draws.secondQuerySec]).toEqual([1.75, 6]);
  });

  test('fixed costs lengthen queries and delays each by their own', () => {
    const draws = drawsOf([1, 2, 3, 4]);
    const longer = addFixedCost(draws, { querySec: 0.5, delaySec: 0.25 });
    expect([...longer.thinkSec, ...longer.firstQuerySec]).toEqual([1.25, 2.5]);
    expect([...longer.modelCallSec, ...longer.secondQuerySec]).toEqual([3.25, 4.5]);
  });
});
