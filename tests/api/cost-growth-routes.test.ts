import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openInProcess } from '@/lib/cli/in-process-transport';
import { type ApiClient, createApiClient } from '@/lib/http/api-client';
import { jobRunner } from '@/lib/jobs/job-runner';
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

describe('how cost grows, over the API', () => {
  test('is null before anything is imported', async () => {
    const { projectId } = await api.createProject({ name: 'Empty' });
    expect((await api.getCostGrowth(projectId)).model).toBeNull();
  });

  test('is fitted from the imported calls, agrees with the cost model, and is kept', async () => {
    const { projectId } = await api.createProject({ name: 'Growth' });
    const { importId } = await api.createImport(projectId, { label: 'calls' });
    const trace = new Blob([generateFile('support', 30).text]);
    await api.uploadFile(projectId, importId, 'a.jsonl', trace);
    await api.startImport(projectId, importId, {});
    await (await jobRunner()).whenIdle();
    const first = await api.getCostGrowth(projectId);
    const { model: cost } = await api.getCost(projectId);
    const main = first.model?.groups.find((group) => group.by === 'all' && group.isMainThread);
    expect(main?.slope?.tokensPerCall).toBe(cost?.growth?.tokensPerCall);
    expect(main?.slope?.interval95).toEqual(cost?.growth?.interval95);
    expect(first.model?.callsPerSession?.sessions).toBe(main?.sessions);
    expect(await api.getCostGrowth(projectId)).toEqual(first);
  });

  test('of a project that is not there is not found', async () => {
    await expect(api.getCostGrowth('none')).rejects.toThrow(/project/i);
  });
});
