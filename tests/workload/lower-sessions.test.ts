import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { defaultSystemDescription } from '@/lib/system/system-description';
import { lowerSessions } from '@/lib/workload/lower-sessions';
import { opCode, type WorkloadModel } from '@/lib/workload/workload-model';
import { type ExampleCall, setOf } from './example-set';

const pool = { ...defaultSystemDescription.pool, assumedQuerySec: 0.5, assumedQueriesPerTurn: 0 };
const names = new Map(Object.entries(opCode).map(([name, code]) => [code as number, name]));

/** Programs as readable steps, such as `['think 2', 'turnStart 0']`. */
function stepsOf(workload: WorkloadModel): string[][] {
  const seconds = (value: number) => String(Math.round(value * 1e6) / 1e6);
  return Array.from({ length: workload.programCount }, (_, program) =>
    Array.from(
      workload.op.subarray(workload.firstOp[program], workload.firstOp[program + 1]),
      (op, i) => `${names.get(op)} ${seconds(workload.durationSec[workload.firstOp[program] + i])}`,
    ),
  );
}

const lower = (...sessions: readonly (readonly ExampleCall[])[]) =>
  lowerSessions(setOf(...sessions), pool);

describe('lowerSessions', () => {
  test('gaps before a user turn are think time, gaps within one are work of the agent', () => {
    const workload = lower([
      { kind: 'model', startSec: 100, endSec: 103, turn: 0 },
      { kind: 'tool', startSec: 104, endSec: 106, turn: 0 },
      { kind: 'model', startSec: 126, endSec: 127, turn: 1 },
    ]);
    expect(stepsOf(workload)).toEqual([
      [
        'turnStart 0',
        'modelCall 3',
        'work 1',
        'toolCall 2',
        'think 20',
        'turnStart 0',
        'modelCall 1',
      ],
    ]);
  });

  test('agent spans only enclose other calls and take no time of their own', () => {
    const workload = lower([
      { kind: 'agent', startSec: 0, endSec: 50 },
      { kind: 'model', startSec: 1, endSec: 2 },
    ]);
    expect(stepsOf(workload)).toEqual([['turnStart 0', 'modelCall 1']]);
  });

  test('of parallel calls the later is shortened, so the program takes as long as the session', () => {
    const workload = lower([
      { kind: 'tool', startSec: 0, endSec: 4 },
      { kind: 'model', startSec: 1, endSec: 6 },
      { kind: 'tool', startSec: 2, endSec: 3 },
    ]);
    expect(stepsOf(workload)).toEqual([['turnStart 0', 'toolCall 4', 'modelCall 2', 'toolCall 0']]);
  });

  test('a query inside a tool call keeps its time, and the tool goes on after it', () => {
    const workload = lower([
      { kind: 'tool', startSec: 0, endSec: 5 },
      { kind: 'database', startSec: 1, endSec: 2 },
      { kind: 'database', startSec: 3, endSec: 3.5 },
    ]);
    expect(stepsOf(workload)).toEqual([
      ['turnStart 0', 'toolCall 1', 'query 1', 'work 1', 'query 0.5', 'work 1.5'],
    ]);
    expect(workload.basis.databaseSpans).toBe(2);
  });

  test('without database spans each turn gets the assumed queries, and the basis says 0 spans', () => {
    const calls: ExampleCall[] = [0, 1, 2, 3].map((i) => ({
      kind: 'model',
      startSec: i,
      endSec: i + 1,
    }));
    const workload = lowerSessions(setOf(calls), { ...pool, assumedQueriesPerTurn: 2 });
    expect(stepsOf(workload)).toEqual([
      [
        'turnStart 0',
        'query 0.5',
        'modelCall 1',
        'modelCall 1',
        'query 0.5',
        'modelCall 1',
        'modelCall 1',
      ],
    ]);
    expect(workload.basis).toMatchObject({ databaseSpans: 0, heldWhileThinkingShare: null });
  });

  test('more assumed queries than calls are all there', () => {
    const set = setOf([{ kind: 'model', startSec: 0, endSec: 1 }]);
    const { op } = lowerSessions(set, { ...pool, assumedQueriesPerTurn: 7 });
    expect(op.filter((code) => code === opCode.query).length).toBe(7);
  });

  test('a call without a duration gets the median of its kind, 0 if there is none, and is counted', () => {
    const workload = lower(
      [{ kind: 'model', startSec: 0, endSec: 1 }],
      [{ kind: 'model', startSec: 0, endSec: 2 }],
      [{ kind: 'model', startSec: 0, endSec: 9 }],
      [{ kind: 'model', startSec: 5 }],
      [{ kind: 'model' }, { kind: 'tool' }],
    );
    expect(stepsOf(workload).slice(3)).toEqual([
      ['turnStart 0', 'modelCall 2'],
      ['turnStart 0', 'modelCall 2', 'toolCall 0'],
    ]);
    expect(workload.basis.imputedDurations).toBe(3);
  });

  test('sessions without a call are left out, not simulated as instant ones', () => {
    const workload = lower([], [{ kind: 'agent', startSec: 0, endSec: 1 }]);
    expect(workload.programCount).toBe(0);
    expect(workload.basis).toMatchObject({ sessions: 0, sessionsInStore: 2 });
  });

  test('a program takes exactly as long as its session, whatever overlaps', () => {
    const call = fc.record({
      kind: fc.constantFrom('model' as const, 'tool' as const, 'database' as const),
      startSec: fc.integer({ min: 0, max: 100 }),
      duration: fc.integer({ min: 0, max: 30 }),
    });
    fc.assert(
      fc.property(fc.array(call, { minLength: 1, maxLength: 25 }), (unordered) => {
        const calls = unordered
          .toSorted((a, b) => a.startSec - b.startSec)
          .map(({ kind, startSec, duration }, turn) => ({
            kind,
            startSec,
            endSec: startSec + duration,
            turn: Math.floor(turn / 4),
          }));
        const { durationSec } = lower(calls);
        const total = durationSec.reduce((sum, value) => sum + value, 0);
        const spanSec = Math.max(...calls.map(({ endSec }) => endSec)) - calls[0].startSec;
        expect(total).toBeCloseTo(spanSec, 6);
        expect(durationSec.every((value) => value >= 0)).toBe(true);
      }),
    );
  });
});
