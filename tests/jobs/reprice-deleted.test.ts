import { afterAll, beforeAll, expect, test } from 'vitest';
import { standardSources } from '@/lib/cost/price-override';
import { listPricedImports } from '@/lib/db/priced-with-store';
import { queryRows } from '@/lib/db/trace-store/connection';
import { dropCalls } from '@/lib/db/trace-store/write-import';
import { discardProject, removeImport } from '@/lib/jobs/discard-project';
import { jobRunner } from '@/lib/jobs/job-runner';
import { hashPriceSources } from '@/lib/jobs/price-sources';
import { type RepriceJobProgress, repriceProject } from '@/lib/jobs/reprice-job';
import { startReprice } from '@/lib/jobs/start-reprice';
import { openTestRoot, type TestRoot } from '../db/test-root';
import { countAside, expectCosts, readCosts, storeCalls, storeMoreCalls } from './reprice-fixture';

let root: TestRoot;
beforeAll(async () => {
  root = await openTestRoot();
  await jobRunner();
});
afterAll(() => root.remove());

const hash = hashPriceSources(standardSources);
const { signal } = new AbortController();

test('leaves no call of an import that was deleted meanwhile', async () => {
  const { projectId, importId } = await storeCalls('deleted', 20);
  await Promise.all([startReprice(projectId), discardProject(projectId)]);
  await (await jobRunner()).whenIdle();
  for (const table of ['calls', 'sessions', 'finishing_calls', 'finishing_sessions']) {
    const [row] = await queryRows(
      `SELECT count() FROM ${table} WHERE import_id = {importId:String}`,
      { importId },
    );
    expect(Number(row?.[0]), table).toBe(0);
  }
});

test.each([
  { when: 'before its turn', atCalls: 0 },
  { when: 'while its calls are priced', atCalls: 1 },
])('passes over an import that is deleted $when, and goes on', async ({ when, atCalls }) => {
  const { projectId, importId: deletedId } = await storeCalls(`one of two, ${when}`, 60);
  const kept = await storeMoreCalls(projectId, 40);
  const keptCalls = kept.calls.filter(({ call }) => call.kind === 'model').length;
  const told: RepriceJobProgress[] = [];
  let isDeleted = false;
  await repriceProject(projectId, {
    signal,
    onProgress: async (progress) => {
      told.push(progress);
      if (isDeleted || progress.callsDone < atCalls) return;
      isDeleted = true;
      await removeImport(projectId, deletedId);
    },
  });
  expect(await readCosts(kept.importId)).toEqual(expectCosts(kept.calls));
  expect(await listPricedImports(projectId)).toMatchObject([
    { importId: kept.importId, pricedWith: hash },
  ]);
  expect((await readCosts(deletedId)).size).toBe(0);
  expect(await countAside()).toBe(0);
  expect(told[0]?.callsTotal).toBeGreaterThan(keptCalls);
  expect(told.at(-1)?.callsDone).toBe(told.at(-1)?.callsTotal);
});

test('fails where calls are missing and their import is not deleted', async () => {
  const { projectId, importId } = await storeCalls('missing', 30);
  const losing = repriceProject(projectId, {
    signal,
    onProgress: async ({ callsDone }) => {
      if (callsDone > 0) await dropCalls(importId);
    },
  });
  await expect(losing).rejects.toThrow('calls priced again');
  expect(await countAside()).toBe(0);
});
