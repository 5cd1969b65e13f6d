import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openInProcess } from '@/lib/cli/in-process-transport';
import type { PolicyList } from '@/lib/cost/policies/policy';
import { decodeReplaySet } from '@/lib/cost/replay/replay-codec';
import { replayPolicies } from '@/lib/cost/replay/replay-policies';
import { summarizeReplay } from '@/lib/cost/replay/summarize-replay';
import { type ApiClient, createApiClient } from '@/lib/http/api-client';
import { jobRunner } from '@/lib/jobs/job-runner';
import { openTestRoot, type TestRoot } from '../db/test-root';
import { generateFile } from '../jobs/import-files';

const policies: PolicyList = [
  { kind: 'tool_result_cap', tokens: 500 },
  { kind: 'batch_discount', share: 0.5, agentName: null },
  {
    kind: 'other_model',
    fromModel: null,
    model: 'claude-haiku-4-5',
    providerName: null,
    tokenRatio: 1,
  },
];

let root: TestRoot;
let api: ApiClient;
let projectId = '';
beforeAll(async () => {
  root = await openTestRoot();
  api = createApiClient(
    'http://localhost',
    (await openInProcess(new AbortController().signal)).transport,
  );
  ({ projectId } = await api.createProject({ name: 'Replay' }));
  const { importId } = await api.createImport(projectId, { label: 'calls' });
  const trace = new Blob([generateFile('mixed', 30).text]);
  await api.uploadFile(projectId, importId, 'a.jsonl', trace);
  await api.startImport(projectId, importId, {});
  await (await jobRunner()).whenIdle();
});
afterAll(() => root.remove());

describe('replays over the API', () => {
  test('the browser works out from the sent sessions what the server answers', async () => {
    const { outcome } = await api.replayPolicies(projectId, { policies });
    const { bytes } = await api.getReplaySet(projectId);
    const { set, catalogue } = decodeReplaySet(bytes);
    const own = summarizeReplay(set, replayPolicies(set, policies, catalogue), {
      seed: 1,
      resamples: 1_000,
    });
    expect(own).toEqual(outcome);
    expect(outcome.sessions).toBe(30);
    expect(outcome.costUsd?.total.changed).not.toBe(outcome.costUsd?.total.today);
  });

  test("today's side is what the cost page shows", async () => {
    const { outcome } = await api.replayPolicies(projectId, { policies: [], resamples: 0 });
    const { model } = await api.getCost(projectId);
    expect(outcome.costUsd?.total.today).toBeCloseTo(model?.listCostUsd ?? Number.NaN, 12);
    expect(outcome.costUsd?.mean.today).toBeCloseTo(model?.costPerSessionUsd?.mean ?? 0, 12);
    expect(outcome.assumptions).toEqual([]);
  });

  test('a project without an import, or none at all, is not found', async () => {
    const empty = await api.createProject({ name: 'Empty' });
    await expect(api.replayPolicies(empty.projectId, { policies })).rejects.toThrow('import');
    await expect(api.getReplaySet(empty.projectId)).rejects.toThrow('import');
    await expect(api.getReplaySet('none')).rejects.toThrow(/project/i);
  });

  test('policies outside their schema are refused', async () => {
    const wrong = [{ kind: 'sliding_window', turns: 0 }] as PolicyList;
    await expect(api.replayPolicies(projectId, { policies: wrong })).rejects.toThrow();
  });
});
