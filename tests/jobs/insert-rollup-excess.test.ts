import { afterAll, beforeAll, expect, test } from 'vitest';
import { standardPriceBook } from '@/lib/cost/create-price-book';
import { openTraceStore } from '@/lib/db/trace-store/connection';
import { encodeCalls, type PricedCall } from '@/lib/db/trace-store/encode-call';
import { readTotals } from '@/lib/db/trace-store/read-totals';
import { finishStaging, stageBatch } from '@/lib/db/trace-store/write-import';
import { insertRollupExcess, type RollupOptions } from '@/lib/jobs/insert-rollup-excess';
import type { CallRecord } from '@/lib/traces/call-record';
import { pricedCall, usageOf } from '../db/priced-call';
import { openTestRoot, type TestRoot } from '../db/test-root';

let root: TestRoot;
beforeAll(async () => {
  root = await openTestRoot();
  await openTraceStore();
});
afterAll(() => root.remove());

/** A span of a trace; spans of one trace and id are the same call in every import. */
function span(
  importId: string,
  traceId: string,
  id: number,
  output: number,
  call: Partial<CallRecord> = {},
): PricedCall {
  const callId = `${traceId}-${id}`;
  const usage = usageOf({ output });
  return pricedCall(importId, id, { callId, dedupeKey: callId, traceId, usage, ...call });
}

const agent = (importId: string, traceId: string, output: number) =>
  span(importId, traceId, 0, output, { kind: 'agent' });
const child = (importId: string, traceId: string, id: number, output: number) =>
  span(importId, traceId, id, output, { parentCallId: `${traceId}-0` });

/** Stores calls and returns how many were added to them. */
async function store(
  calls: readonly PricedCall[],
  given: Partial<RollupOptions> = {},
): Promise<number> {
  const importId = calls[0]?.importId ?? '';
  const options = { knownImportIds: [], book: standardPriceBook, ...given };
  let added = 0;
  await stageBatch(importId, 0, encodeCalls(calls));
  await finishStaging(importId, options.knownImportIds, {
    complete: async () => {
      added = await insertRollupExcess(importId, options);
    },
  });
  return added;
}

test('a trace beyond the limit adds nothing, and the traces beside it add what they lack', async () => {
  const large = [1, 2, 3, 4].map((id) => child('cut', 'b', id, 10));
  const calls = [
    agent('cut', 'a', 100),
    child('cut', 'a', 1, 60),
    agent('cut', 'b', 40),
    ...large,
    agent('cut', 'c', 7),
  ];
  expect(await store(calls, { knownImportIds: [], spansPerTraceMax: 3 })).toBe(2);
  expect((await readTotals(['cut'])).usage.output).toBe(60 + 40 + (100 - 60) + 7);
});

test('calls that an earlier import holds are below the agent span of a later one', async () => {
  await store([child('first', 't', 1, 60), child('first', 't', 2, 25)]);
  const again = [child('second', 't', 1, 60), child('second', 't', 2, 25)];
  const grown = [...again, child('second', 't', 3, 5), agent('second', 't', 100)];
  expect(await store(grown, { knownImportIds: ['first'] })).toBe(1);
  expect((await readTotals(['first', 'second'])).usage.output).toBe(100);
});
