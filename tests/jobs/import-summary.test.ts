import { describe, expect, test } from 'vitest';
import { standardPriceBook } from '@/lib/cost/create-price-book';
import { priceCall } from '@/lib/cost/price-call';
import { AssumedBasis } from '@/lib/jobs/assumed-basis';
import { SourceLedger } from '@/lib/jobs/source-ledger';
import type { CallRecord } from '@/lib/traces/call-record';
import { issueAt } from '@/lib/traces/parse-line';
import { pricedCall, usageOf } from '../db/priced-call';

describe('AssumedBasis', () => {
  const call = (more: Partial<CallRecord>): CallRecord => ({
    ...pricedCall('summary', 0).call,
    providerName: 'anthropic',
    requestModel: 'claude-sonnet-4-5',
    ...more,
  });
  const noted = (calls: readonly CallRecord[]) => {
    const assumed = new AssumedBasis(standardPriceBook);
    for (const one of calls) {
      const cost = priceCall(one);
      assumed.note(one, cost.kind === 'priced' ? cost.listCostPicoUsd : null);
    }
    return assumed.describe('inclusive');
  };
  const usage = usageOf({ inputFresh: 1_000, cacheRead: 9_000, output: 10 });

  test('the other reading moves the cached tokens into fresh input, or out of it', () => {
    const inclusive = noted([call({ usage, usageBasis: 'assumed_inclusive' })]);
    expect(inclusive).toMatchObject({ calls: 1, reading: 'inclusive' });
    expect(inclusive?.listCostUsd).toBeCloseTo((1_000 * 3 + 9_000 * 0.3 + 10 * 15) / 1e6, 12);
    expect(inclusive?.otherListCostUsd).toBeCloseTo((10_000 * 3 + 9_000 * 0.3 + 10 * 15) / 1e6, 12);
    const stated = { ...usage, inputFresh: 10_000 };
    const exclusive = noted([call({ usage: stated, usageBasis: 'assumed_exclusive' })]);
    expect(exclusive?.otherListCostUsd).toBe(inclusive?.listCostUsd);
  });

  test('calls of which nothing was assumed are not in it, and without a price there is no sum', () => {
    expect(noted([call({ usage, usageBasis: 'inclusive' }), call({ usage: null })])).toBeNull();
    const unknown = call({ usage, usageBasis: 'assumed_inclusive', requestModel: 'own' });
    expect(noted([unknown])).toMatchObject({ calls: 1, listCostUsd: null, otherListCostUsd: null });
  });
});

describe('SourceLedger', () => {
  const { call } = pricedCall('summary', 0);
  const format = { adapterId: 'pi', confidence: 0.9, reason: 'rows', shape: 'lines' } as const;

  test('each file inside an archive is a source of its own, and the archive is none', () => {
    const ledger = new SourceLedger();
    ledger.beginUpload();
    ledger.beginFile('a.zip', 0);
    ledger.noteRecords(0);
    ledger.beginFile('a.zip/one.jsonl', 1);
    ledger.noteFormat(format);
    ledger.note({ type: 'call', call });
    ledger.noteRecords(10);
    ledger.beginFile('a.zip/two.jsonl', 2);
    ledger.note({ type: 'dropped', count: 3, reason: 'repeat' });
    ledger.note(issueAt('truncated', 2, null, 'Cut.', 2));
    ledger.noteRecords(14);
    ledger.beginUpload();
    ledger.beginFile('b.jsonl', 3);
    ledger.note({ type: 'dropped', count: 2, reason: 'check_sum' });
    ledger.noteRecords(5);
    const names = ledger.sources.map(({ name, records }) => [name, records]);
    expect(names).toEqual([
      ['a.zip/one.jsonl', 10],
      ['a.zip/two.jsonl', 4],
      ['b.jsonl', 5],
    ]);
    expect(ledger.sourcesTotal).toBe(3);
    expect(ledger.sources[0]).toMatchObject({ format: 'pi', confidence: 0.9, calls: 1 });
    expect(ledger.sources[1]).toMatchObject({ format: null, dropped: 3, issues: 2 });
    expect(ledger.duplicates).toBe(3);
    expect(ledger.dropped).toEqual([
      { reason: 'repeat', count: 3 },
      { reason: 'check_sum', count: 2 },
    ]);
  });

  test('beyond the first five hundred sources are only counted', () => {
    const ledger = new SourceLedger();
    for (let file = 0; file < 510; file++) {
      ledger.beginUpload();
      ledger.beginFile(`file-${file}`, file);
    }
    expect(ledger.sources).toHaveLength(500);
    expect(ledger.sourcesTotal).toBe(510);
  });
});
