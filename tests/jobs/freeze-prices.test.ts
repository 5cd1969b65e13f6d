import { afterAll, beforeAll, expect, test } from 'vitest';
import { standardPriceBook } from '@/lib/cost/create-price-book';
import { setPricedWith } from '@/lib/db/priced-with-store';
import { createProject } from '@/lib/db/project-store';
import { queryRows } from '@/lib/db/trace-store/connection';
import { jobRunner } from '@/lib/jobs/job-runner';
import { startReprice } from '@/lib/jobs/start-reprice';
import { freezePrices } from '@/lib/queries/freeze-prices';
import { freezeReport } from '@/lib/queries/freeze-report';
import type { CallRecord } from '@/lib/traces/call-record';
import { openTestRoot, type TestRoot } from '../db/test-root';
import { generateFile, importFiles } from './import-files';
import { storeCalls } from './reprice-fixture';

let root: TestRoot;
beforeAll(async () => {
  root = await openTestRoot();
  await jobRunner();
});
afterAll(() => root.remove());

test('a report keeps every price that a stored call was given, and counts every call with usage', async () => {
  const { projectId, importId } = await storeCalls('frozen', 300);
  await startReprice(projectId);
  await (await jobRunner()).whenIdle();
  const frozen = await freezePrices(projectId);
  const [[calls, unpriced] = []] = await queryRows(
    `SELECT count(), countIf(sku_price_id IS NULL) FROM calls WHERE import_id = {importId:String}
     AND kind = 'model' AND output IS NOT NULL AND is_response_cache_hit = 0`,
    { importId },
  );
  const sum = (of: typeof frozen.models) => of.reduce((total, one) => total + one.calls, 0);
  expect(sum(frozen.models)).toBe(Number(calls));
  expect(sum(frozen.models.filter((one) => one.prices === null))).toBe(Number(unpriced));
  const skus = await queryRows(
    `SELECT DISTINCT sku_price_id FROM calls WHERE import_id = {importId:String}
     AND sku_price_id IS NOT NULL AND sku_price_id != 'response-cache'`,
    { importId },
  );
  const kept = new Set(frozen.models.map((one) => one.prices?.skuPriceId));
  expect(skus.length).toBeGreaterThan(0);
  for (const [sku] of skus) expect(kept).toContain(String(sku).replace(/>=?\d+$/, ''));
  expect(frozen.isCurrent).toBe(true);
});

const isInBook = ({ providerName, startMs, serviceTier }: CallRecord, model: string) =>
  standardPriceBook.findUnitPrices({ providerName, model, atMs: startMs, serviceTier }) !== null;

test('where calls are stored with other prices, a report keeps those of the book and says so', async () => {
  const { projectId, calls } = await storeCalls('stored otherwise', 300);
  const frozen = await freezePrices(projectId);
  expect(frozen.isCurrent).toBe(false);
  const asked = calls.filter(({ call }) => call.kind === 'model' && call.usage !== null);
  const byTokens = asked.filter(({ call }) => !call.isResponseCacheHit);
  const priceless = byTokens.filter(({ call }) =>
    [call.responseModel, call.requestModel].every(
      (model) => model === null || !isInBook(call, model),
    ),
  );
  const countOf = (of: typeof frozen.models) => of.reduce((total, one) => total + one.calls, 0);
  expect(countOf(frozen.models)).toBe(byTokens.length);
  // The book decides here, not that a call was stored without a price.
  expect(priceless.length).toBeGreaterThan(0);
  expect(priceless.length).not.toBe(byTokens.filter(({ cost }) => cost.kind !== 'priced').length);
  expect(countOf(frozen.models.filter((one) => one.prices === null))).toBe(priceless.length);
});

test('a frozen report holds the prices, and says where calls were priced with others', async () => {
  const { projectId } = await createProject('report');
  const { importId } = await importFiles(projectId, { a: generateFile('support', 3).text });
  const { report } = await freezeReport(projectId, undefined);
  expect(report.prices?.models.length).toBeGreaterThan(0);
  expect(report.prices?.isCurrent).toBe(true);
  expect(report.listCostUsdMax).toBeGreaterThan(0);
  await setPricedWith(importId, 'earlier prices');
  const later = await freezeReport(projectId, undefined);
  expect(later.report.prices?.isCurrent).toBe(false);
});
