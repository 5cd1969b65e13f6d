import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTraceStore } from '@/lib/db/trace-store/connection';
import { encodeCalls, type PricedCall } from '@/lib/db/trace-store/encode-call';
import { readSessionSpans } from '@/lib/db/trace-store/read-session-spans';
import { finishStaging, stageBatch } from '@/lib/db/trace-store/write-import';
import { pricedCall } from './priced-call';
import { openTestRoot, type TestRoot } from './test-root';

let root: TestRoot;
beforeAll(async () => {
  root = await openTestRoot();
  await openTraceStore();
  await store('one', [
    pricedCall('one', 0, { sessionId: 'late', startMs: 9_000, endMs: 12_000 }),
    pricedCall('one', 1, { sessionId: 'shared', startMs: 5_000, endMs: 6_000 }),
    pricedCall('one', 2, { sessionId: 'untimed', startMs: null, endMs: null }),
  ]);
  await store('two', [
    pricedCall('two', 0, { sessionId: 'shared', startMs: 1_000, endMs: 2_000 }),
    pricedCall('two', 1, { sessionId: 'without end', startMs: 3_000, endMs: null }),
  ]);
});
afterAll(() => root.remove());

async function store(importId: string, calls: readonly PricedCall[]): Promise<void> {
  await stageBatch(importId, 0, encodeCalls(calls));
  await finishStaging(importId, []);
}

test('the spans of sessions come by their starts, once each over several imports, NaN without a time', async () => {
  const one = await readSessionSpans(['one']);
  expect([...one.startMs]).toEqual([Number.NaN, 5_000, 9_000]);
  expect([...one.endMs]).toEqual([Number.NaN, 6_000, 12_000]);
  const both = await readSessionSpans(['one', 'two']);
  expect([...both.startMs]).toEqual([Number.NaN, 1_000, 3_000, 9_000]);
  expect([...both.endMs]).toEqual([Number.NaN, 6_000, 3_000, 12_000]);
  expect((await readSessionSpans([])).startMs).toHaveLength(0);
});
