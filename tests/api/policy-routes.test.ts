import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openInProcess } from '@/lib/cli/in-process-transport';
import type { Policy } from '@/lib/cost/policies/policy';
import { type ApiClient, createApiClient, type Transport } from '@/lib/http/api-client';
import { openTestRoot, type TestRoot } from '../db/test-root';

const compaction: Policy = { kind: 'compaction', thresholdTokens: 120_000, summaryTokens: 2_000 };
const window: Policy = { kind: 'sliding_window', turns: 12 };

let root: TestRoot;
let send: Transport;
let api: ApiClient;
let projectId: string;
let otherId: string;
beforeAll(async () => {
  root = await openTestRoot();
  send = (await openInProcess(new AbortController().signal)).transport;
  api = createApiClient('http://localhost', send);
  projectId = (await api.createProject({ name: 'Policies' })).projectId;
  otherId = (await api.createProject({ name: 'Another' })).projectId;
});
afterAll(() => root.remove());

const namesOf = async (id: string) =>
  (await api.listPolicySets(id)).policySets.map((set) => set.name);

describe('policy sets', () => {
  test('keep their policies in order, and are listed by name', async () => {
    await api.createPolicySet(projectId, { name: 'Window', policies: [window] });
    const both = await api.createPolicySet(projectId, {
      name: 'Both',
      policies: [compaction, window],
    });
    const { policySets } = await api.listPolicySets(projectId);
    expect(policySets.map((set) => set.name)).toEqual(['Both', 'Window']);
    expect(policySets[0]).toEqual(both);
    expect(policySets[0]?.policies).toEqual([compaction, window]);
  });

  test('a change leaves what it does not name', async () => {
    const { policySetId } = await api.createPolicySet(projectId, { name: 'A', policies: [window] });
    const renamed = await api.updatePolicySet(projectId, policySetId, { name: 'Renamed' });
    expect(renamed).toMatchObject({ name: 'Renamed', policies: [window] });
    const changed = await api.updatePolicySet(projectId, policySetId, { policies: [compaction] });
    expect(changed).toMatchObject({ name: 'Renamed', policies: [compaction] });
    await api.deletePolicySet(projectId, policySetId);
    expect(await namesOf(projectId)).not.toContain('Renamed');
  });

  test('two of one name in a project are refused at the field; another project may have it', async () => {
    await api.createPolicySet(projectId, { name: 'Taken', policies: [] });
    const spare = await api.createPolicySet(projectId, { name: 'Spare', policies: [] });
    const taken = { code: 'conflict', issues: [{ path: 'name' }] };
    await expect(
      api.createPolicySet(projectId, { name: ' Taken ', policies: [] }),
    ).rejects.toMatchObject(taken);
    await expect(
      api.updatePolicySet(projectId, spare.policySetId, { name: 'Taken' }),
    ).rejects.toMatchObject(taken);
    await api.createPolicySet(otherId, { name: 'Taken', policies: [] });
    expect(await namesOf(otherId)).toEqual(['Taken']);
  });

  test('of another project are neither changed nor deleted', async () => {
    const { policySetId } = await api.createPolicySet(projectId, { name: 'Mine', policies: [] });
    const missing = { code: 'not_found' };
    await expect(api.updatePolicySet(otherId, policySetId, { name: 'X' })).rejects.toMatchObject(
      missing,
    );
    await expect(api.deletePolicySet(otherId, policySetId)).rejects.toMatchObject(missing);
    await expect(api.listPolicySets('no-such-project')).rejects.toMatchObject(missing);
    await expect(
      api.createPolicySet('no-such-project', { name: 'X', policies: [] }),
    ).rejects.toMatchObject(missing);
    expect(await namesOf(projectId)).toContain('Mine');
  });

  test('a hundred of a project are kept and no more', async () => {
    const full = (await api.createProject({ name: 'Full' })).projectId;
    const create = (name: string) => api.createPolicySet(full, { name, policies: [] });
    for (let i = 0; i < 100; i++) await create(`Set ${i}`);
    await expect(create('One more')).rejects.toMatchObject({ code: 'conflict', issues: [] });
    expect(await namesOf(full)).toHaveLength(100);
  });
});

describe('what the server refuses of a policy set', () => {
  const url = () => `http://localhost/api/v1/projects/${projectId}/policy-sets`;
  const post = (body: unknown) =>
    send(
      new Request(url(), {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }),
    );

  test.each([
    ['a name of spaces', { name: '   ', policies: [] }],
    ['a kind that is not known', { name: 'X', policies: [{ kind: 'magic' }] }],
    ['a field too many', { name: 'X', policies: [{ ...window, also: 1 }] }],
    ['a share above one', { name: 'X', policies: [{ kind: 'response_cache', hitShare: 1.1 }] }],
    [
      'more than twenty policies',
      { name: 'X', policies: Array.from({ length: 21 }, () => window) },
    ],
    ['no policies at all', { name: 'X' }],
  ])('%s', async (_, body) => {
    expect((await post(body)).status).toBe(400);
    expect(await namesOf(projectId)).not.toContain('X');
  });
});
