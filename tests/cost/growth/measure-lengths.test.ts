import { describe, expect, test } from 'vitest';
import { listThreads } from '@/lib/cost/growth/list-threads';
import { findOpenSessions, measureLengths } from '@/lib/cost/growth/measure-lengths';
import { measureContext } from '@/lib/sessions/context-growth';
import type { PricedCallRow } from '@/lib/sessions/group-calls';
import { callRow } from '../../sessions/rows';
import { setOf } from './session-maker';

const dayMs = Date.UTC(2026, 5, 1);

/** A session of calls that take a second each, a minute apart. */
const sessionOf = (sessionId: string, startSec: number, calls: number): PricedCallRow[] =>
  Array.from({ length: calls }, (_, call) =>
    callRow({
      sessionId,
      inputFresh: 1_000 + 100 * call,
      turnIndex: Math.floor(call / 2),
      startMs: dayMs + (startSec + call * 61) * 1_000,
      endMs: dayMs + (startSec + call * 61 + 1) * 1_000,
    }),
  );

function measure(rows: readonly PricedCallRow[]) {
  const set = setOf(rows);
  const threads = listThreads(set, measureContext(set)).filter((thread) => thread.isMainThread);
  const { isOpen, censoring } = findOpenSessions(set, threads);
  return {
    isOpen: [...isOpen],
    censoring,
    calls: measureLengths(set, threads, isOpen, 'call'),
    turns: measureLengths(set, threads, isOpen, 'turn'),
  };
}

describe('sessions that may still go on', () => {
  test('are those whose last call ended within the usual pause of the last one of all', () => {
    const { isOpen, censoring } = measure([
      ...sessionOf('a', 0, 3),
      ...sessionOf('b', 10_000, 3),
      ...sessionOf('c', 10_030, 3),
    ]);
    expect(isOpen).toEqual([0, 1, 1]);
    expect(censoring).toEqual({ openAtEnd: 2, unansweredTool: 0, withoutTimes: 0, gapSec: 60 });
  });

  test('a pause longer than usual before the end of the data closes a session', () => {
    const { isOpen } = measure([...sessionOf('a', 0, 3), ...sessionOf('b', 61, 3)]);
    expect(isOpen).toEqual([0, 1]);
  });

  test('are those that end in a tool call nobody answered, where others were answered', () => {
    const tool = (sessionId: string, startSec: number, hasOutput: boolean) =>
      callRow({
        sessionId,
        kind: 'tool',
        toolName: 'read',
        inputFresh: null,
        output: null,
        startMs: dayMs + startSec * 1_000,
        hasInput: true,
        hasOutput,
      });
    const first = sessionOf('a', 0, 3);
    const silent = sessionOf('b', 0, 3);
    const { isOpen, censoring } = measure([
      ...first.slice(0, 2),
      tool('a', 100, true),
      ...first.slice(2),
      tool('a', 200, false),
      ...silent,
      tool('b', 200, false),
      ...sessionOf('c', 9_000, 3),
    ]);
    expect(isOpen).toEqual([1, 0, 1]);
    expect(censoring).toMatchObject({ openAtEnd: 1, unansweredTool: 1 });
  });

  test.each([
    { because: 'no times', startMs: null },
    { because: 'times that count from the start of the session', startMs: 5_000 },
  ])('are never taken from $because', ({ startMs }) => {
    const rows = ['a', 'b'].flatMap((sessionId) =>
      [1, 2, 3].map((call) =>
        callRow({ sessionId, inputFresh: call, startMs: startMs === null ? null : startMs * call }),
      ),
    );
    const { isOpen, censoring, calls } = measure(rows);
    expect(isOpen).toEqual([0, 0]);
    expect(censoring.withoutTimes).toBe(2);
    expect(calls).toMatchObject({ sessions: 2, censored: 0, median: 3 });
  });
});

describe('session length', () => {
  test('counts main-thread calls and turns, and takes an open session for a lower bound', () => {
    const { calls, turns } = measure([
      ...sessionOf('a', 0, 2),
      ...sessionOf('b', 0, 4),
      ...sessionOf('c', 0, 6),
      ...sessionOf('d', 90_000, 6),
    ]);
    // By hand: 3/4 outlast 2 calls, 3/4 · 2/3 outlast 4, and one of two at risk ends at 6.
    expect(calls?.steps.map(({ at, survival, censored }) => [at, survival, censored])).toEqual([
      [2, 0.75, 0],
      [4, 0.5, 0],
      [6, 0.25, 1],
    ]);
    expect(calls).toMatchObject({ unit: 'call', sessions: 4, censored: 1, median: 4 });
    expect(turns?.steps.map((step) => step.at)).toEqual([1, 2, 3]);
  });

  test('has no turns where none are recorded', () => {
    expect(measure([callRow({ inputFresh: 10 }), callRow({ inputFresh: 20 })]).turns).toBeNull();
  });
});
