import { expect, test } from 'vitest';
import { measureTraceQuantities } from '@/lib/cost/infrastructure/measure-trace-quantities';
import { groupCalls } from '@/lib/sessions/group-calls';
import { callRow, usageMissing } from '../../sessions/rows';

const hour = 3_600_000;
const call = (startHours: number, endHours: number) => ({
  startMs: startHours * hour,
  endMs: endHours * hour,
});

/** Two calls of one history: 100 tokens and 10 answered, then 130 of which 110 were there before. */
const rows = [
  callRow({ ...call(0, 0.5), inputFresh: 100, output: 10 }),
  callRow({ ...call(0.25, 0.75), kind: 'tool' }),
  callRow({ ...call(1, 1.5), inputFresh: 30, cacheRead: 100, output: 20, reasoning: 5 }),
  callRow({ ...call(1.5, 2), kind: 'queue' }),
];

test('what a session leaves behind and takes up', () => {
  const quantities = measureTraceQuantities(groupCalls(rows, 1));
  expect(quantities).toEqual({
    sessions: 1,
    // 100 + 10, then 20 new and 25 answered.
    transcriptTokens: 155,
    checkpointTokens: 110 + 155,
    lastPromptTokens: 130,
    outputTokens: 35,
    modelCalls: 2,
    calls: 4,
    queueMessages: 1,
    sessionHours: 2,
    // The tool ran within the first call for half of its time; 0.75 to 1 is a pause.
    busyHours: 1.75,
  });
});

test('averages over sessions, and is null where nothing tells', () => {
  const two = measureTraceQuantities(
    groupCalls([...rows, callRow({ ...usageMissing, sessionId: 't' })], 2),
  );
  expect(two).toMatchObject({ outputTokens: 17.5, calls: 2.5, modelCalls: 1.5, sessionHours: 2 });
  const none = measureTraceQuantities(groupCalls([callRow({ ...usageMissing })], 1));
  expect(none).toMatchObject({
    transcriptTokens: null,
    lastPromptTokens: null,
    queueMessages: null,
    sessionHours: null,
    busyHours: null,
    modelCalls: 1,
  });
});
