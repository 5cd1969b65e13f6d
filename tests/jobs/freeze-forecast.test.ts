import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ForecastPlan } from '@/lib/cost/forecast/forecast';
import { saveCostPlan } from '@/lib/db/cost-plan-store';
import { createPolicySet } from '@/lib/db/policy-set-store';
import { createProject } from '@/lib/db/project-store';
import { jobRunner } from '@/lib/jobs/job-runner';
import { freezeForecast } from '@/lib/queries/freeze-forecast';
import { freezeReport } from '@/lib/queries/freeze-report';
import { loadBacktest } from '@/lib/queries/load-backtest';
import { keepForecastPlan, loadForecast } from '@/lib/queries/load-forecast';
import { canonicalJson } from '@/lib/report/canonical-json';
import { plainPlan } from '../cost/forecast/example-basis';
import { openTestRoot, type TestRoot } from '../db/test-root';
import { generateFile, importFiles } from './import-files';

let root: TestRoot;
let projectId: string;
beforeAll(async () => {
  root = await openTestRoot();
  await jobRunner();
  projectId = (await createProject('launch')).projectId;
  await importFiles(projectId, { a: generateFile('mixed', 60).text });
});
afterAll(() => root.remove());

const plan: ForecastPlan = { ...plainPlan, months: 2, totalBudgetUsd: 5_000 };

test('without a saved plan a report says so, and still holds the backtest and what cost is made of', async () => {
  const { report } = await freezeReport(projectId, undefined);
  expect(report.forecast).toBeNull();
  expect(report.anatomy?.whole.pricedCalls).toBeGreaterThan(0);
  const { model } = await loadBacktest(projectId);
  const lengths = model?.length;
  if (lengths?.kind !== 'measured') throw new Error('Not measured.');
  // The sessions of the backtest have names, the report has their errors only.
  expect(lengths.points.length).toBeGreaterThan(0);
  expect(report.backtest).toMatchObject({ length: { methods: lengths.methods, points: [] } });
  const text = canonicalJson(report);
  for (const { sessionId } of lengths.points) expect(text).not.toContain(sessionId);
});

test('a saved plan is frozen with the numbers of its own forecast, and its policies in words', async () => {
  const { policySetId } = await createPolicySet(projectId, {
    name: 'Half \ud800',
    policies: [{ kind: 'response_cache', hitShare: 0.25 }],
  });
  const saved = { ...plan, policySetId };
  await keepForecastPlan(projectId, saved);
  const { report } = await freezeReport(projectId, undefined);
  const { forecast } = await loadForecast(projectId, { plan: saved, seed: 1 });
  expect(forecast?.kind).toBe('forecast');
  expect(report.forecast?.plan).toEqual(saved);
  expect(report.forecast?.result).toEqual(forecast);
  // Half a character would have no canonical form.
  expect(report.forecast?.policies?.name).toBe('Half \ufffd');
  expect(report.forecast?.policies?.words).toEqual(['25\u00a0% of calls answered from a store']);
});

test('users of a mix are numbered, not named', async () => {
  const shares = [
    { name: 'acme', share: 1 },
    { name: 'umbrella', share: 3 },
  ];
  await keepForecastPlan(projectId, { ...plan, mix: { by: 'tenant', shares } });
  const frozen = await freezeForecast(projectId);
  expect(JSON.stringify(frozen?.plan)).not.toMatch(/acme|umbrella/);
  expect(frozen?.plan.mix?.shares).toEqual([
    { name: 'user 1', share: 1 },
    { name: 'user 2', share: 3 },
  ]);
});

test('a plan whose policy set is gone has its reason in place of numbers', async () => {
  await saveCostPlan(projectId, 'forecast', { ...plan, policySetId: 'gone' });
  const frozen = await freezeForecast(projectId);
  expect(frozen?.policies).toBeNull();
  expect(frozen?.result).toMatchObject({ kind: 'not_drawn' });
});
