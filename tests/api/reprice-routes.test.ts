import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openInProcess } from '@/lib/cli/in-process-transport';
import type { ProjectPrices } from '@/lib/contracts/prices';
import { readTotals } from '@/lib/db/trace-store/read-totals';
import { type ApiClient, createApiClient } from '@/lib/http/api-client';
import { jobRunner } from '@/lib/jobs/job-runner';
import { usdFromPicoUsd } from '@/lib/units';
import { openTestRoot, type TestRoot } from '../db/test-root';
import { generateFile } from '../jobs/import-files';

let root: TestRoot;
let api: ApiClient;
beforeAll(async () => {
  root = await openTestRoot();
  api = createApiClient(
    'http://localhost',
    (await openInProcess(new AbortController().signal)).transport,
  );
});
afterAll(() => root.remove());

const trace = generateFile('support', 10).text;
const model = /"gen_ai\.response\.model","value":\{"stringValue":"([^"]+)"/.exec(trace)?.[1] ?? '';
/** A name that the generator gives and no book knows. */
const deployment = 'support-router-preview';

/** A project whose one import calls a model by a name of its own. */
async function importProject(name: string, text: string): Promise<string> {
  const { projectId } = await api.createProject({ name });
  const { importId } = await api.createImport(projectId, { label: 'calls' });
  await api.uploadFile(projectId, importId, 'a.jsonl', new Blob([text]));
  await api.startImport(projectId, importId, {});
  await (await jobRunner()).whenIdle();
  return projectId;
}

async function reprice(projectId: string): Promise<void> {
  await api.startReprice(projectId);
  await (await jobRunner()).whenIdle();
}

const totalOf = async (projectId: string) => {
  const { imports } = await api.listImports(projectId);
  const totals = await readTotals(imports.map((one) => one.importId));
  return { usd: usdFromPicoUsd(totals.listCostPicoUsd ?? 0n), unpriced: totals.unpricedCalls };
};

const unpricedOf = ({ seenModels }: ProjectPrices) =>
  seenModels.filter(({ resolution }) => resolution.kind === 'unpriced');

describe('a project whose traces use a name of their own', () => {
  test('is priced once the name stands for a model: told before, done in one request', async () => {
    expect(model).not.toBe('');
    const projectId = await importProject('Deployment', trace);
    const known = await importProject('Known', trace.replaceAll(deployment, model));
    const before = await totalOf(projectId);
    expect(before.unpriced).toBeGreaterThan(0);
    expect(await api.getReprice(projectId)).toMatchObject({
      isCurrent: true,
      diff: null,
      job: null,
    });
    expect((await api.getProject(projectId)).stages.cost).toBe('ready');
    const unpriced = unpricedOf(await api.getProjectPrices(projectId));
    expect(unpriced.map((one) => one.model)).toEqual([deployment]);

    await api.createModelAlias(projectId, { name: deployment, model });
    expect((await api.getProject(projectId)).stages.cost).toBe('stale');
    const { diff, isCurrent, staleImports } = await api.getReprice(projectId);
    expect({ isCurrent, staleImports }).toEqual({ isCurrent: false, staleImports: 1 });
    expect(diff?.total.newlyPricedCalls).toBe(before.unpriced);
    expect(diff?.total.newlyUnpricedCalls).toBe(0);
    expect(await totalOf(projectId)).toEqual(before);

    await reprice(projectId);
    const after = await totalOf(projectId);
    expect(after).toEqual(await totalOf(known));
    expect(after.usd).toBe(diff?.total.presentUsd);
    expect(unpricedOf(await api.getProjectPrices(projectId))).toEqual([]);
    expect((await api.getProject(projectId)).stages.cost).toBe('ready');
    const { model: cost } = await api.getCost(projectId);
    expect(cost?.coverage.unpricedCalls).toBe(0);
    expect(cost?.listCostUsd).toBe(after.usd);
    expect(await api.getReprice(projectId)).toMatchObject({
      isCurrent: true,
      diff: null,
      job: { status: 'completed', error: null },
    });
  });

  test('costs half at a discount of half, and as before once that is taken back', async () => {
    const projectId = await importProject('Discount', trace);
    const before = await totalOf(projectId);
    const { overrides } = await api.createPriceOverride(projectId, {
      model: '*',
      discountShare: 0.5,
    });
    const { diff } = await api.getReprice(projectId);
    expect(diff?.total.differenceUsd).toBeCloseTo(-before.usd / 2, 12);
    await reprice(projectId);
    expect((await totalOf(projectId)).usd).toBeCloseTo(before.usd / 2, 12);
    await api.deletePriceOverride(projectId, overrides[0]?.overrideId ?? '');
    await reprice(projectId);
    expect(await totalOf(projectId)).toEqual(before);
  });

  test('needs no re-price for a change that no call feels', async () => {
    const projectId = await importProject('Untouched', trace);
    await api.createModelAlias(projectId, { name: 'called by nobody', model });
    expect((await api.getProject(projectId)).stages.cost).toBe('stale');
    expect(await api.getReprice(projectId)).toMatchObject({ isCurrent: true, diff: null });
    expect((await api.getProject(projectId)).stages.cost).toBe('ready');
  });
});

test('a re-price can be cancelled, and no project has none', async () => {
  const projectId = await importProject('Cancelled', trace);
  await api.createPriceOverride(projectId, { model: '*', discountShare: 0.1 });
  await api.startReprice(projectId);
  const { job } = await api.cancelReprice(projectId);
  expect(['cancelled', 'completed']).toContain(job?.status);
  for (const call of [api.getReprice, api.startReprice, api.cancelReprice]) {
    await expect(call('no-such-project')).rejects.toMatchObject({ code: 'not_found' });
  }
});
