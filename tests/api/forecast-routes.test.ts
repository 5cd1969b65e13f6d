import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openInProcess } from '@/lib/cli/in-process-transport';
import type { ForecastPlan } from '@/lib/cost/forecast/forecast';
import { type ApiClient, createApiClient, type Transport } from '@/lib/http/api-client';
import { jobRunner } from '@/lib/jobs/job-runner';
import { plainPlan } from '../cost/forecast/example-basis';
import { openTestRoot, type TestRoot } from '../db/test-root';
import { generateFile } from '../jobs/import-files';

const plan: ForecastPlan = {
  ...plainPlan,
  months: 3,
  sessionsPerDay: { low: 1_200, high: 2_000 },
  totalBudgetUsd: 50_000,
};

let root: TestRoot;
let send: Transport;
let api: ApiClient;
let projectId: string;
let emptyId: string;
beforeAll(async () => {
  root = await openTestRoot();
  send = (await openInProcess(new AbortController().signal)).transport;
  api = createApiClient('http://localhost', send);
  projectId = (await api.createProject({ name: 'Agents' })).projectId;
  emptyId = (await api.createProject({ name: 'Empty' })).projectId;
  const { importId } = await api.createImport(projectId, {});
  await api.uploadFile(projectId, importId, 'a.jsonl', new Blob([generateFile('mixed', 60).text]));
  await api.startImport(projectId, importId, {});
  await (await jobRunner()).whenIdle();
});
afterAll(() => root.remove());

describe('the plan of a project', () => {
  test('is none until one is saved, and then that one', async () => {
    expect(await api.getForecastPlan(emptyId)).toEqual({ plan: null });
    await api.saveForecastPlan(emptyId, plainPlan);
    await api.saveForecastPlan(emptyId, plan);
    expect(await api.getForecastPlan(emptyId)).toEqual({ plan });
    expect(await api.getForecastPlan(projectId)).toEqual({ plan: null });
  });

  test.each([
    [{ months: 25 }, 'months'],
    [{ sessionsPerDay: { low: 40, high: 20 } }, 'sessionsPerDay'],
    [{ sessionsPerDay: { low: 0, high: 20 } }, 'sessionsPerDay'],
    [{ growthPerMonth: { low: -1, high: 0 } }, 'growthPerMonth'],
    [{ startDate: '2026-02-30' }, 'startDate'],
    [{ totalBudgetUsd: 0 }, 'totalBudgetUsd'],
    [{ mix: { by: 'agent', shares: [{ name: 'a', share: 0 }] } }, 'mix.shares'],
  ])('is refused at the field: %o', async (change, path) => {
    const saving = api.saveForecastPlan(emptyId, { ...plan, ...change } as ForecastPlan);
    await expect(saving).rejects.toMatchObject({
      code: 'invalid_input',
      issues: [expect.objectContaining({ path })],
    });
  });

  test('cannot name a policy set of another project', async () => {
    const { policySetId } = await api.createPolicySet(projectId, { name: 'None', policies: [] });
    await expect(api.saveForecastPlan(emptyId, { ...plan, policySetId })).rejects.toMatchObject({
      code: 'not_found',
    });
    expect(
      (await api.saveForecastPlan(projectId, { ...plan, policySetId })).plan?.policySetId,
    ).toBe(policySetId);
  });

  test('of a project that does not exist is not found', async () => {
    await expect(api.getForecastPlan('nobody')).rejects.toMatchObject({ code: 'not_found' });
    await expect(api.runForecast('nobody', { plan })).rejects.toMatchObject({ code: 'not_found' });
  });
});

describe('forecasting', () => {
  test('gives the same numbers for the same plan and seed, and others for another seed', async () => {
    const first = await api.runForecast(projectId, { plan });
    expect(await api.runForecast(projectId, { plan, seed: 1 })).toEqual(first);
    const other = await api.runForecast(projectId, { plan, seed: 2 });
    expect(other.forecast).not.toEqual(first.forecast);
    expect(other.inputHash).toBe(first.inputHash);
  });

  test('rests on the mean cost that the cost page shows', async () => {
    const { model } = await api.getCost(projectId);
    const { forecast, observed } = await api.runForecast(projectId, { plan });
    if (forecast?.kind !== 'forecast') throw new Error('no forecast');
    expect(forecast.multiple.pilotUsdPerSession).toBeCloseTo(
      model?.costPerSessionUsd?.mean ?? 0,
      9,
    );
    expect(forecast.sessions).toBe(60);
    expect(observed?.sessionsInStore).toBe(60);
    expect(forecast.months.map((month) => month.from)).toEqual([
      '2026-11-01',
      '2026-12-01',
      '2027-01-01',
    ]);
    const expected = Math.sqrt(1_200 * 2_000) * 92 * forecast.multiple.productionUsdPerSession;
    expect(forecast.totalUsd.p50 / expected).toBeGreaterThan(0.8);
    expect(forecast.totalUsd.p50 / expected).toBeLessThan(1.2);
    expect(forecast.assumptions.join(' ')).toContain('No simulation was run');
  });

  test('says what it rests on by agent, model and tenant', async () => {
    for (const by of ['agent', 'model', 'tenant'] as const) {
      const { basis } = await api.getForecastBasis(projectId, { by });
      expect(basis?.segmentKey).toBe(by);
      const shares = basis?.segments.reduce((sum, { share }) => sum + share, 0);
      expect(shares).toBeCloseTo(1, 9);
    }
  });

  test('under policies that replay cheaper costs less, and says that it is a replay', async () => {
    const { policySetId } = await api.createPolicySet(projectId, {
      name: 'Cached',
      policies: [{ kind: 'caching', mode: 'explicit_1h', minimumPrefixTokens: 0, blockTokens: 1 }],
    });
    const { basis } = await api.getForecastBasis(projectId, { policySetId });
    const { forecast } = await api.runForecast(projectId, { plan: { ...plan, policySetId } });
    if (forecast?.kind !== 'forecast' || basis?.all == null) throw new Error('no forecast');
    const factor = basis.all.meanUsd / basis.all.meanUsdToday;
    expect(factor).not.toBe(1);
    expect(forecast.multiple.perSession[0]).toMatchObject({ name: 'policies' });
    expect(forecast.multiple.perSession[0]?.factor).toBeCloseTo(factor, 9);
    expect(forecast.assumptions.join(' ')).toContain('replay');
    await api.deletePolicySet(projectId, policySetId);
    await expect(
      api.runForecast(projectId, { plan: { ...plan, policySetId } }),
    ).rejects.toMatchObject({ code: 'not_found' });
  });

  test('without an import is nothing, not zero', async () => {
    expect(await api.runForecast(emptyId, { plan })).toMatchObject({
      forecast: null,
      observed: null,
    });
    expect((await api.getForecastBasis(emptyId)).basis).toBeNull();
  });
});
