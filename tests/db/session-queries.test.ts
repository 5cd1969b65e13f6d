import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { writeCsv } from '@/lib/csv-text';
import { closeTraceStore, openTraceStore, runStatement } from '@/lib/db/trace-store/connection';
import { encodeCalls, type PricedCall } from '@/lib/db/trace-store/encode-call';
import { exportSessions } from '@/lib/db/trace-store/export-sessions';
import { readSessionFacets, readSessionHistogram } from '@/lib/db/trace-store/read-session-facets';
import { readSession, readSessionPage } from '@/lib/db/trace-store/read-sessions';
import { readTotals } from '@/lib/db/trace-store/read-totals';
import type { SessionFilter } from '@/lib/db/trace-store/session-filter';
import {
  finishStaging,
  insertUnattributed,
  stageBatch,
  sweepCalls,
} from '@/lib/db/trace-store/write-import';
import { pricedCall, usageOf } from './priced-call';
import { openTestRoot, type TestRoot } from './test-root';

let root: TestRoot;
beforeAll(async () => {
  root = await openTestRoot();
  await openTraceStore();
  await store('one', [
    call('one', 0, 'cheap', 1, {
      agentName: 'planner',
      tenantName: 'acme',
      startMs: 1_000,
      endMs: 3_000,
    }),
    call('one', 1, 'cheap', 1, { kind: 'tool', toolName: 'grep', usage: null }),
    call('one', 2, 'dear', 100, { requestModel: 'large', startMs: 5_000, endMs: 15_000 }),
    call('one', 3, 'dear', 100, { requestModel: 'large', errorType: 'timeout' }),
    call('one', 4, 'unpriced', null, { requestModel: 'own', usage: null }),
  ]);
  await store('two', [call('two', 10, 'dear', 50, { requestModel: 'small', startMs: 20_000 })]);
});
afterAll(() => root.remove());

function call(
  importId: string,
  seq: number,
  sessionId: string,
  usd: number | null,
  more: Partial<PricedCall['call']> = {},
): PricedCall {
  return pricedCall(importId, seq, { sessionId, ...more }, usd === null ? null : usd * 1e12);
}

async function store(importId: string, calls: readonly PricedCall[]): Promise<void> {
  await stageBatch(importId, 0, encodeCalls(calls));
  await finishStaging(importId, []);
}

const page = { sort: 'cost', order: 'desc', offset: 0, limit: 10 } as const;
const idsOf = async (filter: SessionFilter, importIds = ['one']) =>
  (await readSessionPage(importIds, { ...page, ...filter })).rows.map((row) => row.sessionId);

describe('filtering sessions', () => {
  test.each([
    [{}, ['dear', 'cheap', 'unpriced']],
    [{ q: 'LARG' }, ['dear']],
    [{ models: ['large', 'own'] }, ['dear', 'unpriced']],
    [{ agents: ['planner'] }, ['cheap']],
    [{ tools: ['grep'], models: ['large'] }, []],
    [{ errorTypes: ['timeout'] }, ['dear']],
    [{ tenants: ['acme', 'other'] }, ['cheap']],
    [{ tenants: ['other'] }, []],
    [{ hasError: false }, ['cheap', 'unpriced']],
    [{ costUsdMin: 1, costUsdMax: 199 }, ['cheap']],
    [{ callsMin: 2 }, ['dear']],
    [{ durationSecMax: 1.999 }, ['unpriced']],
    [{ promptTokensMin: 11 }, ['dear']],
  ] satisfies [SessionFilter, string[]][])('%j', async (filter, expected) => {
    expect(await idsOf(filter)).toEqual(expected);
  });

  test('a session of several imports is judged as a whole', async () => {
    expect(await idsOf({ costUsdMin: 250 }, ['one', 'two'])).toEqual(['dear']);
    const session = await readSession(['one', 'two'], 'dear');
    expect(session).toMatchObject({ modelCalls: 3, listCostUsd: 250, models: ['large', 'small'] });
    expect((await readTotals(['one', 'two'])).sessions).toBe(3);
  });
});

test('facets count sessions by name, without the choice among the names themselves', async () => {
  const facets = await readSessionFacets(['one'], { models: ['large'] });
  expect(facets.models.map(({ name }) => name)).toEqual(['large', 'model', 'own']);
  expect(facets.errorTypes).toEqual([{ name: 'timeout', sessions: 1 }]);
  expect(facets.tools).toEqual([]);
  const { tenants } = await readSessionFacets(['one'], { tenants: ['other'] });
  expect(tenants).toEqual([{ name: 'acme', sessions: 1 }]);
  expect(facets).toMatchObject({ sessions: 1, sessionsWithError: 1, modelCalls: 2 });
});

describe('histograms', () => {
  test('bins cover all sessions that have the measure, from the least to the most', async () => {
    const { bins, withoutMeasure, isLogarithmic } = await readSessionHistogram(
      ['one'],
      {},
      'cost',
      4,
    );
    expect(isLogarithmic).toBe(true);
    expect(withoutMeasure).toBe(1);
    expect([bins[0]?.from, bins.at(-1)?.to]).toEqual([1, 200]);
    expect(bins.map((bin) => bin.sessions)).toEqual([1, 0, 0, 1]);
    for (const [at, bin] of bins.entries()) if (at > 0) expect(bin.from).toBe(bins[at - 1]?.to);
  });

  test('values of one order of magnitude are in bins of equal width', async () => {
    const { bins } = await readSessionHistogram(['one'], {}, 'calls', 2);
    expect(bins).toEqual([
      { from: 1, to: 1.5, sessions: 2 },
      { from: 1.5, to: 2, sessions: 1 },
    ]);
  });

  test('no session with the measure gives no bins', async () => {
    const { bins } = await readSessionHistogram(['one'], { models: ['own'] }, 'cost', 4);
    expect(bins).toEqual([]);
  });
});

describe('exporting sessions', () => {
  const exported = async (format: 'csv' | 'json' | 'parquet', importId = 'one') => {
    const chunks: Uint8Array[] = [];
    for await (const chunk of exportSessions([importId], { hasError: false }, format)) {
      chunks.push(chunk);
    }
    return Buffer.concat(chunks);
  };

  test('CSV has one header and one line per session', async () => {
    const lines = (await exported('csv')).toString().trimEnd().split('\n');
    expect(lines[0]).toContain('"session_id","start_utc"');
    expect(lines.slice(1).map((line) => line.split(',')[0])).toEqual(['"cheap"', '"unpriced"']);
  });

  test('no text of a trace is a formula in CSV, and none is changed elsewhere', async () => {
    const names = [
      ...[
        '=1+1',
        '+1 555',
        '-2+3',
        '@SUM(A1)',
        '\tled',
        '\rled',
        '\nled',
        "'=quoted",
        '=a\n=b',
        '"=c"',
      ],
      ...['-1.5', '+2', '-.5E+10', '1e5', '-', '-1x', '-1\n', 'a=b', '−1'],
    ];
    await store(
      'hostile',
      names.map((name, seq) =>
        call('hostile', seq, name, 1, { agentName: name, toolName: name, tenantName: name }),
      ),
    );
    const rows = (await exported('json', 'hostile')).toString().trimEnd().split('\n');
    const ids = rows.map((row) => JSON.parse(row).session_id);
    expect(new Set(ids)).toEqual(new Set(names));
    const cellOf = (text: string) =>
      writeCsv([[text]])
        .replace(/\r\n$/, '')
        .replace(/^"(.*)"$/s, '$1');
    const csv = (await exported('csv', 'hostile')).toString();
    for (const id of ids) {
      const cell = `"${cellOf(id)}"`;
      // As an id at the start of its line, and as agent, tool and tenant later in it.
      expect(csv).toContain(`\n${cell},`);
      expect(csv.split(cell).length - 1, id).toBeGreaterThanOrEqual(3);
    }
  });

  test('JSON has one object per line, and what is missing is null', async () => {
    const lines = (await exported('json')).toString().trimEnd().split('\n');
    const rows = lines.map((line) => JSON.parse(line));
    expect(rows).toMatchObject([
      { session_id: 'cheap', model_calls: 1, list_cost_usd: 1, tools: 'grep', tenants: 'acme' },
      { session_id: 'unpriced', list_cost_usd: null, usage_missing_calls: 1 },
    ]);
  });

  test('Parquet is a whole file', async () => {
    const bytes = await exported('parquet');
    expect(bytes.subarray(0, 4).toString()).toBe('PAR1');
    expect(bytes.subarray(-4).toString()).toBe('PAR1');
  });
});

describe('finishing again', () => {
  test('readers see what was there until the new state is whole, and staged calls stay', async () => {
    const grown = (count: number) =>
      Array.from({ length: count }, (_, seq) =>
        pricedCall('grown', seq, { usage: usageOf({ output: 1 }) }),
      );
    await stageBatch('grown', 0, encodeCalls(grown(2)));
    await finishStaging('grown', []);
    await stageBatch('grown', 1, encodeCalls(grown(5).slice(2)));
    let during = 0;
    await finishStaging('grown', [], {
      complete: async () => {
        await insertUnattributed(['session'], [pricedCall('grown', 9, { callId: 'added' })]);
        during = (await readTotals(['grown'])).modelCalls;
      },
    });
    expect(during).toBe(2);
    expect((await readTotals(['grown'])).modelCalls).toBe(6);
    expect((await readSession(['grown'], 'session'))?.modelCalls).toBe(6);
  });

  test('an import of which nothing is left shows nothing', async () => {
    await store('emptied', [pricedCall('emptied', 0)]);
    await stageBatch('again', 0, encodeCalls([pricedCall('again', 0)]));
    await finishStaging('again', []);
    await finishStaging('again', ['emptied']);
    expect((await readTotals(['again'])).modelCalls).toBe(0);
  });
});

test('imports of before there was a table of sessions get theirs when the store is opened', async () => {
  await runStatement('ALTER TABLE sessions DROP PARTITION {importId:String}', { importId: 'one' });
  expect((await readTotals(['one'])).modelCalls).toBe(0);
  await closeTraceStore();
  await openTraceStore();
  expect((await readTotals(['one'])).modelCalls).toBe(4);
  expect((await readTotals(['two'])).modelCalls).toBe(1);
});

test('sessions of calls that nothing stands behind are swept away with them', async () => {
  await sweepCalls(new Set(['two']), new Set());
  expect(await readSession(['one'], 'dear')).toBeNull();
  expect(await readSession(['two'], 'dear')).not.toBeNull();
});
