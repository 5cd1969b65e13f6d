import { describe, expect, test } from 'vitest';
import { standardPriceBook } from '@/lib/cost/create-price-book';
import { buildReplaySet } from '@/lib/cost/replay/build-replay-set';
import { MeasuredCache } from '@/lib/cost/replay/measured-cache';
import { createThreadScratch, loadThread } from '@/lib/cost/replay/thread-scratch';
import { groupCalls, type PricedCallRow } from '@/lib/sessions/group-calls';
import { callRow } from '../../sessions/rows';

/** Tokens of the calls that are sent: fresh, read, written for 5 min, for 1 h, for an unknown time. */
function split(rows: readonly PricedCallRow[], unsent: readonly number[]): number[][] {
  const set = buildReplaySet(groupCalls(rows, 1), standardPriceBook);
  const thread = createThreadScratch(set);
  loadThread(thread, 0, 0);
  for (const k of unsent) thread.isUnsent[k] = 1;
  const cache = new MeasuredCache(set);
  cache.begin(thread);
  const tokens = new Float64Array(7);
  return rows.flatMap((_, k) => {
    if (thread.isUnsent[k] === 1) return [];
    cache.splitCall(thread, k, tokens);
    return [[...tokens.subarray(0, 5)]];
  });
}

const at = (minutes: number, part: Partial<PricedCallRow>) =>
  callRow({ model: 'claude-opus-4-5', startMs: minutes * 60_000, output: 0, ...part });
const session = [
  at(0, { cacheRead: 800, cacheWrite5m: 200 }),
  at(2, { cacheRead: 1_000, cacheWrite5m: 300 }),
  at(4, { cacheRead: 1_300, inputFresh: 50 }),
  at(8, { cacheRead: 1_300, cacheWrite5m: 150 }),
];

describe('calls that are not sent', () => {
  test('leave what is sent as it was measured where there are none', () => {
    expect(split(session, [])).toEqual([
      [0, 800, 200, 0, 0],
      [0, 1_000, 300, 0, 0],
      [50, 1_300, 0, 0, 0],
      [0, 1_300, 150, 0, 0],
    ]);
  });

  test('leave it to the next one to write what they would have written, and as they would have', () => {
    expect(split(session, [1]).slice(1)).toEqual([
      [50, 1_000, 300, 0, 0],
      [0, 1_300, 150, 0, 0],
    ]);
  });

  test('leave to the next one what another session had left in the cache', () => {
    expect(split(session, [0])[0]).toEqual([0, 800, 500, 0, 0]);
  });

  test('do not renew a prefix: it is gone after five minutes without a call', () => {
    // The call at 8 min comes 6 min after the last one that was sent.
    expect(split(session, [2])[2]).toEqual([0, 0, 1_450, 0, 0]);
  });

  test('cost the next one no more than they would have sent themselves', () => {
    const back = [
      at(0, { cacheWrite5m: 5_000 }),
      at(1, { cacheWrite5m: 400 }), //  a short prompt that shares nothing
      at(2, { cacheRead: 5_000, cacheWrite5m: 100 }), //  and back to the long one
    ];
    expect(split(back, [1])[1]).toEqual([0, 4_600, 500, 0, 0]);
  });
});
