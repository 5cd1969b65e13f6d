import { afterAll, beforeAll, expect, test } from 'vitest';
import { openInProcess } from '@/lib/cli/in-process-transport';
import { defaultRateCard } from '@/lib/cost/infrastructure/default-rate-card';
import type { RateCard } from '@/lib/cost/infrastructure/infrastructure-cost';
import { db } from '@/lib/db/client';
import { saveModelResult } from '@/lib/db/model-result-store';
import { type ApiClient, createApiClient } from '@/lib/http/api-client';
import { jobRunner } from '@/lib/jobs/job-runner';
import { plainPlan } from '../cost/forecast/example-basis';
import { openTestRoot, type TestRoot } from '../db/test-root';
import { generateFile } from '../jobs/import-files';

let root: TestRoot;
let api: ApiClient;
let projectId: string;
let emptyId: string;
const trace = generateFile('mixed', 20);
beforeAll(async () => {
  root = await openTestRoot();
  const { transport } = await openInProcess(new AbortController().signal);
  api = createApiClient('http://localhost', transport);
  projectId = (await api.createProject({ name: 'Agents' })).projectId;
  emptyId = (await api.createProject({ name: 'Empty' })).projectId;
  const { importId } = await api.createImport(projectId, {});
  await api.uploadFile(projectId, importId, 'a.jsonl', new Blob([trace.text]));
  await api.startImport(projectId, importId, {});
  await (await jobRunner()).whenIdle();
});
afterAll(() => root.remove());

test('quantities are those of the trace, on average over its sessions', async () => {
  const { quantities, card, isSaved, poolSlots } = await api.getInfrastructure(projectId);
  expect(quantities?.sessions).toBe(20);
  expect((quantities?.modelCalls ?? 0) * 20).toBeCloseTo(trace.modelSpans, 6);
  expect((quantities?.outputTokens ?? 0) * 20).toBeCloseTo(trace.outputTokens, 6);
  expect((quantities?.checkpointTokens ?? 0) * 20).toBeCloseTo(
    trace.inputTokens + trace.outputTokens,
    6,
  );
  expect(quantities?.transcriptTokens).toBeLessThan(quantities?.checkpointTokens ?? 0);
  expect(card).toEqual(defaultRateCard);
  expect(isSaved).toBe(false);
  expect(poolSlots).toBe(20);
});

test('quantities are kept with the imports that they are from, not read again', async () => {
  const { quantities } = await api.getInfrastructure(projectId);
  const row = await (await db()).modelResult.findUniqueOrThrow({
    where: { projectId_kind: { projectId, kind: 'quantities' } },
  });
  expect(JSON.parse(row.json)).toEqual(quantities);
  // What is kept is what is shown: no session is read for it.
  await saveModelResult(projectId, 'quantities', row.inputHash, { ...quantities, sessions: 21 });
  expect((await api.getInfrastructure(projectId)).quantities?.sessions).toBe(21);
  await saveModelResult(projectId, 'quantities', row.inputHash, quantities);
});

test('a saved card is shown in place of public prices', async () => {
  const card: RateCard = {
    lines: defaultRateCard.lines.map((line) =>
      line.id === 'egress' ? { ...line, usdPerUnit: 0.01, note: 'our contract' } : line,
    ),
    state: { ...defaultRateCard.state, retentionDays: 365, vectorsPerSession: 12 },
  };
  expect((await api.saveRateCard(projectId, card)).card).toEqual(card);
  expect(await api.getInfrastructure(projectId)).toMatchObject({ card, isSaved: true });
});

test('volume is that of the saved plan, else that of the traces', async () => {
  const before = await api.getInfrastructure(projectId);
  expect(before.isPlanned).toBe(false);
  await api.saveForecastPlan(projectId, {
    ...plainPlan,
    sessionsPerDay: { low: 100, high: 400 },
  });
  expect(await api.getInfrastructure(projectId)).toMatchObject({
    isPlanned: true,
    sessionsPerDay: 200,
  });
});

test('without an import nothing is known of quantities', async () => {
  expect(await api.getInfrastructure(emptyId)).toMatchObject({
    quantities: null,
    sessionsPerDay: null,
  });
});

test.each([
  { lines: [{ ...defaultRateCard.lines[0], source: 'javascript:alert(1)' }] },
  { lines: [defaultRateCard.lines[0], defaultRateCard.lines[0]] },
  { lines: [{ ...defaultRateCard.lines[0], usdPerUnit: -1 }] },
  { state: { ...defaultRateCard.state, replicas: 0 } },
])('a card that cannot be is refused: %o', async (change) => {
  const card = { ...defaultRateCard, ...change } as RateCard;
  await expect(api.saveRateCard(projectId, card)).rejects.toMatchObject({ code: 'invalid_input' });
});
