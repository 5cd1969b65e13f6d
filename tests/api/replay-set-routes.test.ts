import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openInProcess } from '@/lib/cli/in-process-transport';
import { decodeReplaySet } from '@/lib/cost/replay/replay-codec';
import { type ApiClient, createApiClient } from '@/lib/http/api-client';
import { jobRunner } from '@/lib/jobs/job-runner';
import { openTestRoot, type TestRoot } from '../db/test-root';
import { generateFile } from '../jobs/import-files';

let root: TestRoot;
let api: ApiClient;
let projectId: string;
let first: string;
let second: string;
beforeAll(async () => {
  root = await openTestRoot();
  const { transport } = await openInProcess(new AbortController().signal);
  api = createApiClient('http://localhost', transport);
  projectId = (await api.createProject({ name: 'Replays' })).projectId;
  first = await importSessions('support', 12);
  second = await importSessions('mixed', 5);
});
afterAll(() => root.remove());

async function importSessions(scenario: 'support' | 'mixed', sessions: number): Promise<string> {
  const { text } = generateFile(scenario, sessions);
  const { importId } = await api.createImport(projectId, { label: scenario });
  await api.uploadFile(projectId, importId, `${scenario}.jsonl`, new Blob([text]));
  await api.startImport(projectId, importId, {});
  await (await jobRunner()).whenIdle();
  return importId;
}

const read = async (importId: string | null) => {
  const { bytes, inputHash } = await api.getReplaySet(projectId, importId);
  return { set: decodeReplaySet(bytes).set, inputHash };
};

describe('the sessions that a browser replays', () => {
  test('are those of one import or of all, and the imports add up to all', async () => {
    const all = await read(null);
    const [a, b] = [await read(first), await read(second)];
    expect(a.set.sessionIds).toHaveLength(12);
    expect(b.set.sessionIds).toHaveLength(5);
    expect([...a.set.sessionIds, ...b.set.sessionIds].sort()).toEqual(
      [...all.set.sessionIds].sort(),
    );
    expect(a.set.price.length + b.set.price.length).toBe(all.set.price.length);
  });

  test('have a hash of their own that stays while nothing changes', async () => {
    const hashes = [await read(null), await read(first), await read(second), await read(null)].map(
      ({ inputHash }) => inputHash,
    );
    expect(new Set(hashes).size).toBe(3);
    expect(hashes[3]).toBe(hashes[0]);
  });

  test('of an import that is not there, or is of another project, are not found', async () => {
    const other = await api.createProject({ name: 'Other replays' });
    const missing = { code: 'not_found' };
    await expect(api.getReplaySet(projectId, 'no-such-import')).rejects.toMatchObject(missing);
    await expect(api.getReplaySet(other.projectId, first)).rejects.toMatchObject(missing);
  });
});
