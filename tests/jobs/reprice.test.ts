import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { standardPriceBook } from '@/lib/cost/create-price-book';
import { priceCall } from '@/lib/cost/price-call';
import { standardSources } from '@/lib/cost/price-override';
import { getImportOrThrow, updateImport } from '@/lib/db/import-store';
import { createJob, findJob } from '@/lib/db/job-store';
import { beginReplacing, listPricedImports, setPricedWith } from '@/lib/db/priced-with-store';
import { createProject } from '@/lib/db/project-store';
import { queryRows, runStatement } from '@/lib/db/trace-store/connection';
import { readTotals } from '@/lib/db/trace-store/read-totals';
import { beginRepricing, completeRepricing } from '@/lib/db/trace-store/reprice-import';
import { AssumedBasis } from '@/lib/jobs/assumed-basis';
import { jobRunner, stopJobRunner } from '@/lib/jobs/job-runner';
import { hashPriceSources } from '@/lib/jobs/price-sources';
import { repriceCalls } from '@/lib/jobs/reprice-calls';
import { selectImports } from '@/lib/jobs/session-source';
import { startReprice } from '@/lib/jobs/start-reprice';
import { loadReprice } from '@/lib/queries/load-reprice';
import { usdFromPicoUsd } from '@/lib/units';
import { openTestRoot, type TestRoot } from '../db/test-root';
import { generateFile, importFiles } from './import-files';
import { countAside, expectCosts, readCosts, readSums, storeCalls } from './reprice-fixture';

let root: TestRoot;
beforeAll(async () => {
  root = await openTestRoot();
  await jobRunner();
});
afterAll(() => root.remove());

const hash = hashPriceSources(standardSources);
const { signal } = new AbortController();
const sources = standardSources;

/** Tells whether anything but costs differs between two states of an import. */
async function digestRest(importId: string): Promise<unknown> {
  const costs = 'list_cost_pico, input_cost_pico, list_cost_pico_max, sku_price_id';
  const [row] = await queryRows(
    `SELECT count(), toString(sum(cityHash64(* EXCEPT (${costs})))) FROM calls
     WHERE import_id = {importId:String}`,
    { importId },
  );
  return row;
}

async function reprice(projectId: string): Promise<void> {
  await startReprice(projectId);
  await (await jobRunner()).whenIdle();
}

async function restart(): Promise<void> {
  await stopJobRunner();
  await (await jobRunner()).whenIdle();
}

describe('a re-price', () => {
  test('gives every call the price of the present book and changes nothing else', async () => {
    const { projectId, importId, calls } = await storeCalls('exact', 400);
    const restBefore = await digestRest(importId);
    const before = await selectImports(projectId);
    await reprice(projectId);
    expect(await readCosts(importId)).toEqual(expectCosts(calls));
    expect(await digestRest(importId)).toEqual(restBefore);
    const sums = await readSums(importId);
    expect(sums.sessions).toEqual(sums.calls);
    expect((await getImportOrThrow(projectId, importId)).pricedWith).toBe(hash);
    expect((await findJob(projectId))?.status).toBe('completed');
    expect(await countAside()).toBe(0);
    const after = await selectImports(projectId);
    expect(after.hash).toBe(before.hash);
    expect(after.pricesHash).not.toBe(before.pricesHash);
  });

  test('brings the summary of an import up to date', async () => {
    const { projectId } = await createProject('summary');
    const { importId, summary } = await importFiles(projectId, {
      a: generateFile('support', 3).text,
    });
    expect(summary?.listCostUsd).toBeGreaterThan(0);
    if (summary === null) throw new Error('The import has no summary.');
    await updateImport(importId, { summary: { ...summary, listCostUsd: 0, unpricedCalls: 99 } });
    await setPricedWith(importId, 'other prices');
    await reprice(projectId);
    expect((await getImportOrThrow(projectId, importId)).summary).toEqual(summary);
  });

  test('reads each call once, wherever the parts are cut', async () => {
    const { importId, calls } = await storeCalls('parts', 60);
    const inOne = await repriceCalls(importId, { sources, signal, isWriting: false });
    const modelCalls = calls.filter(({ call }) => call.kind === 'model').length;
    const assumed = new AssumedBasis(standardPriceBook);
    for (const { call } of calls) {
      const cost = priceCall(call, standardPriceBook);
      if (call.kind !== 'model') continue;
      assumed.note(call, cost.kind === 'priced' ? cost.listCostPicoUsd : null);
    }
    expect(inOne.assumedBasis?.calls).toBeGreaterThan(0);
    expect(inOne.assumedBasis).toEqual(assumed.describe('inclusive'));
    for (const callsPerPart of [1, 7]) {
      let seen = 0;
      const inParts = await repriceCalls(importId, {
        sources,
        signal,
        isWriting: false,
        callsPerPart,
        onCalls: (count) => {
          seen += count;
        },
      });
      expect(seen).toBe(modelCalls);
      expect(inParts).toEqual(inOne);
    }
  });

  test('changes nothing where it is stopped before an import is whole', async () => {
    const { projectId, importId } = await storeCalls('cancelled', 50);
    const before = await readCosts(importId);
    const abort = new AbortController();
    await beginRepricing(importId);
    const stopped = repriceCalls(importId, {
      sources,
      signal: abort.signal,
      isWriting: true,
      callsPerPart: 5,
      onCalls: () => abort.abort(),
    });
    await expect(stopped).rejects.toMatchObject({ code: 'cancelled' });
    expect(await readCosts(importId)).toEqual(before);
    await restart();
    expect(await readCosts(importId)).toEqual(before);
    expect((await getImportOrThrow(projectId, importId)).pricedWith).toBeNull();
    expect(await countAside()).toBe(0);
  });

  test('is cancelled while it waits, and can be started again', async () => {
    const { projectId, importId, calls } = await storeCalls('again', 20);
    const runner = await jobRunner();
    await stopJobRunner();
    await createJob('reprice', projectId);
    await runner.cancel(projectId);
    expect((await findJob(projectId))?.status).toBe('cancelled');
    await reprice(projectId);
    expect(await readCosts(importId)).toEqual(expectCosts(calls));
  });
});

describe('a process that was killed', () => {
  test('between the two tables is gone through with by the next', async () => {
    const { projectId, importId, calls } = await storeCalls('between', 50);
    await beginRepricing(importId);
    await repriceCalls(importId, { sources, signal, isWriting: true });
    await completeRepricing(importId);
    await beginReplacing(importId, hash);
    await runStatement(
      'ALTER TABLE sessions REPLACE PARTITION {importId:String} FROM finishing_sessions',
      { importId },
    );
    await restart();
    expect(await readCosts(importId)).toEqual(expectCosts(calls));
    const sums = await readSums(importId);
    expect(sums.sessions).toEqual(sums.calls);
    expect((await getImportOrThrow(projectId, importId)).pricedWith).toBe(hash);
    expect(await countAside()).toBe(0);
  });

  test('before an import was whole leaves it as it was, and its job goes on', async () => {
    const { projectId, importId, calls } = await storeCalls('before', 50);
    await beginRepricing(importId);
    await createJob('reprice', projectId);
    await restart();
    expect(await readCosts(importId)).toEqual(expectCosts(calls));
    expect((await findJob(projectId))?.status).toBe('completed');
  });
});

describe('the difference that a re-price would make', () => {
  test('is the sum over every single call, by provider and model', async () => {
    const { projectId, importId, calls } = await storeCalls('difference', 400);
    const state = await loadReprice(projectId);
    expect(state).toMatchObject({ isCurrent: false, imports: 1, staleImports: 1 });
    const byModel = new Map<string, { stored: bigint; present: bigint; calls: number }>();
    let newlyPriced = 0;
    let newlyUnpriced = 0;
    for (const { call, cost } of calls) {
      if (call.kind !== 'model') continue;
      const key = JSON.stringify([call.providerName, call.responseModel ?? call.requestModel]);
      const now = priceCall(call, standardPriceBook);
      const sum = byModel.get(key) ?? { stored: 0n, present: 0n, calls: 0 };
      sum.calls++;
      if (cost.kind === 'priced') sum.stored += BigInt(cost.listCostPicoUsd);
      if (now.kind === 'priced') sum.present += BigInt(now.listCostPicoUsd);
      if (cost.kind === 'unpriced' && now.kind === 'priced') newlyPriced++;
      if (cost.kind === 'priced' && now.kind === 'unpriced') newlyUnpriced++;
      byModel.set(key, sum);
    }
    const { diff } = state;
    expect(diff?.models.length).toBe(byModel.size);
    for (const one of diff?.models ?? []) {
      const sum = byModel.get(JSON.stringify([one.providerName, one.model]));
      expect(one.calls).toBe(sum?.calls);
      expect(one.storedUsd ?? 0).toBe(usdFromPicoUsd(sum?.stored ?? -1n));
      expect(one.presentUsd ?? 0).toBe(usdFromPicoUsd(sum?.present ?? -1n));
      expect(one.differenceUsd).toBe(usdFromPicoUsd((sum?.present ?? 0n) - (sum?.stored ?? 0n)));
    }
    expect(diff?.total).toMatchObject({
      newlyPricedCalls: newlyPriced,
      newlyUnpricedCalls: newlyUnpriced,
    });
    const promised = diff?.total;
    await reprice(projectId);
    const { listCostPicoUsd, unpricedCalls } = await readTotals([importId]);
    expect(usdFromPicoUsd(listCostPicoUsd ?? 0n)).toBe(promised?.presentUsd);
    expect(unpricedCalls).toBe(promised?.unpricedCalls);
    expect(await loadReprice(projectId)).toMatchObject({ isCurrent: true, diff: null });
  });

  test('is none, and noted as none, where other sources come to the same', async () => {
    const { projectId, importId } = await storeCalls('same', 30);
    await reprice(projectId);
    await setPricedWith(importId, 'sources of the same prices');
    expect(await loadReprice(projectId)).toMatchObject({ isCurrent: true, diff: null });
    expect(await listPricedImports(projectId)).toMatchObject([{ importId, pricedWith: hash }]);
  });
});
