import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { groupCalls } from '@/lib/sessions/group-calls';
import { callRow, usageMissing } from './rows';

describe('groupCalls', () => {
  test('an empty store is a set without sessions or calls', () => {
    const set = groupCalls([], 0);
    expect(set.sessionIds).toEqual([]);
    expect([...set.firstCall]).toEqual([0]);
    expect(set.calls.length).toBe(0);
    expect(set.calls.kind).toHaveLength(0);
  });

  test('absence is NaN or −1 and zero stays zero', () => {
    const { calls, names } = groupCalls(
      [
        callRow({ ...usageMissing, turnIndex: 0, agentName: 'planner' }),
        callRow({ output: 0, reasoning: 5, listCostPicoUsd: 0 }),
      ],
      1,
    );
    expect([...calls.output]).toEqual([Number.NaN, 0]);
    expect([...calls.reasoning]).toEqual([Number.NaN, 5]);
    expect([...calls.listCostPicoUsd]).toEqual([Number.NaN, 0]);
    expect([...calls.turn]).toEqual([0, -1]);
    expect(names[calls.agent[0]]).toBe('planner');
    expect(calls.agent[1]).toBe(-1);
  });

  test('the same thread name in two sessions is two threads', () => {
    const { calls } = groupCalls(
      [
        callRow({ sessionId: 'a' }),
        callRow({ sessionId: 'a', threadId: 'sub' }),
        callRow({ sessionId: 'a' }),
        callRow({ sessionId: 'b', threadId: 'sub' }),
        callRow({ sessionId: 'b' }),
      ],
      2,
    );
    expect([...calls.thread]).toEqual([0, 1, 0, 2, 3]);
    expect([...calls.isMainThread]).toEqual([1, 0, 1, 0, 1]);
  });

  test('names from a file are only text, whatever they are', () => {
    const { calls, names } = groupCalls(
      ['__proto__', 'constructor', '__proto__', ''].map((toolName) => callRow({ toolName })),
      1,
    );
    expect(Array.from(calls.tool, (index) => names[index])).toEqual([
      '__proto__',
      'constructor',
      '__proto__',
      '',
    ]);
  });

  test('rows of one session in two places are refused', () => {
    const rows = ['a', 'b', 'a'].map((sessionId) => callRow({ sessionId }));
    expect(() => groupCalls(rows, 2)).toThrow(RangeError);
  });

  test('every call is in exactly one session and keeps its numbers, at any size', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 900 }), { maxLength: 6 }), (sizes) => {
        const rows = sizes.flatMap((size, session) =>
          Array.from({ length: size }, (_, call) =>
            callRow({ sessionId: `s${session}`, inputFresh: session * 1000 + call }),
          ),
        );
        const set = groupCalls(rows, sizes.length);
        expect(set.calls.length).toBe(rows.length);
        sizes.forEach((size, session) => {
          const first = set.firstCall[session];
          expect(set.firstCall[session + 1] - first).toBe(size);
          expect(set.calls.inputFresh[first + size - 1]).toBe(session * 1000 + size - 1);
          expect(set.calls.session[first]).toBe(session);
        });
      }),
    );
  });
});
