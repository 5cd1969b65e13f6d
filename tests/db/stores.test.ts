import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { closeDb, db } from '@/lib/db/client';
import { announceServer, uploadDir } from '@/lib/db/data-dir';
import {
  addImportFile,
  createImport,
  findRepeat,
  getImportOrThrow,
  listCompletedImports,
  moveImport,
  updateImport,
} from '@/lib/db/import-store';
import {
  claimJob,
  createJob,
  findJob,
  nextJob,
  requestCancel,
  requeueRunningJobs,
} from '@/lib/db/job-store';
import { findModelResult, saveModelResult } from '@/lib/db/model-result-store';
import {
  createProject,
  deleteProject,
  getProjectOrThrow,
  updateProject,
} from '@/lib/db/project-store';
import { defaultSystemDescription } from '@/lib/system/system-description';
import { openTestRoot, type TestRoot } from './test-root';

let root: TestRoot;
beforeAll(async () => {
  root = await openTestRoot();
});
afterAll(() => root.remove());

describe('the database', () => {
  test('is migrated once, and keeps its rows when it is opened again', async () => {
    const { projectId } = await createProject('kept');
    await closeDb();
    expect((await getProjectOrThrow(projectId)).name).toBe('kept');
    const applied = await (await db()).$queryRawUnsafe<unknown[]>(
      'SELECT migration_name FROM _prisma_migrations',
    );
    const folders = readdirSync('prisma/migrations', { withFileTypes: true });
    expect(applied).toHaveLength(folders.filter((entry) => entry.isDirectory()).length);
  });
});

describe('projects', () => {
  test('a change leaves what it does not name', async () => {
    const { projectId } = await createProject('changed');
    const system = { ...defaultSystemDescription, plannedPeakAgents: 12 };
    await updateProject(projectId, { system });
    await updateProject(projectId, { profile: 'external' });
    const project = await getProjectOrThrow(projectId);
    expect(project).toMatchObject({ name: 'changed', profile: 'external', system });
  });

  test('deleting one deletes what belongs to it, and a second time is not found', async () => {
    const { projectId } = await createProject('deleted');
    const { importId } = await createImport(projectId, 'files');
    await addImportFile(importId, { position: 0, name: 'a', bytes: 2 ** 40, sha256: 'x' });
    await deleteProject(projectId);
    expect(await (await db()).importFile.count({ where: { importId } })).toBe(0);
    await expect(deleteProject(projectId)).rejects.toMatchObject({ code: 'not_found' });
  });
});

describe('imports', () => {
  test('only one of two requests moves an import', async () => {
    const { projectId } = await createProject('moved');
    const { importId } = await createImport(projectId, 'files');
    const moves = await Promise.all(
      [1, 2].map(() => moveImport(importId, ['receiving'], 'queued')),
    );
    expect(moves.filter((moved) => moved)).toHaveLength(1);
  });

  test('only completed ones are read, and a failed one is no repeat', async () => {
    const { projectId } = await createProject('repeats');
    const failed = await createImport(projectId, 'failed');
    const done = await createImport(projectId, 'done');
    await updateImport(failed.importId, { contentHash: 'h', status: 'failed' });
    expect(await findRepeat(projectId, 'h', 'another')).toBeNull();
    await updateImport(done.importId, { contentHash: 'h', status: 'completed' });
    expect((await findRepeat(projectId, 'h', 'another'))?.importId).toBe(done.importId);
    expect(await findRepeat(projectId, 'h', done.importId)).toBeNull();
    const read = await listCompletedImports(projectId);
    expect(read.map((one) => one.importId)).toEqual([done.importId]);
  });

  test('a file is taken while files are received and not afterwards', async () => {
    const { projectId } = await createProject('closing');
    const { importId } = await createImport(projectId, 'files');
    const file = { position: 0, name: "a'b", bytes: 2 ** 40, sha256: 'x' };
    expect(await addImportFile(importId, file)).toBe(true);
    await moveImport(importId, ['receiving'], 'queued');
    expect(await addImportFile(importId, { ...file, position: 1 })).toBe(false);
    expect((await getImportOrThrow(projectId, importId)).files).toEqual([file]);
  });

  test('an id that could leave the upload directory is refused', () => {
    expect(() => uploadDir('../other')).toThrow(TypeError);
  });
});

describe('jobs', () => {
  test('are taken oldest first, and a running one is queued again after a stop', async () => {
    const first = await createJob('simulation', 'first');
    await createJob('simulation', 'second');
    expect((await nextJob(['simulation']))?.subjectId).toBe('first');
    expect(await claimJob(first.jobId)).toBe(true);
    expect((await nextJob(['simulation']))?.subjectId).toBe('second');
    expect(await requeueRunningJobs()).toBe(1);
    expect((await findJob('first'))?.status).toBe('queued');
  });

  test('are taken by one only, and not at all once they are asked to stop', async () => {
    const { jobId } = await createJob('import', 'claimed');
    const claims = await Promise.all([claimJob(jobId), claimJob(jobId)]);
    expect(claims.filter((isClaimed) => isClaimed)).toHaveLength(1);
    const stopped = await createJob('import', 'stopped');
    await requestCancel('stopped');
    expect(await claimJob(stopped.jobId)).toBe(false);
    expect((await findJob('stopped'))?.status).toBe('queued');
  });
});

test('a kept model is shown for the inputs it was made from and for no others', async () => {
  const { projectId } = await createProject('models');
  await saveModelResult(projectId, 'cost', 'one', { value: 1 });
  expect(await findModelResult(projectId, 'cost', 'one')).toEqual({ value: 1 });
  expect(await findModelResult(projectId, 'cost', 'two')).toBeNull();
  await saveModelResult(projectId, 'cost', 'two', { value: 2 });
  expect(await findModelResult(projectId, 'cost', 'one')).toBeNull();
});

test('a server says where it answers, to the owner of the directory only', () => {
  announceServer('http://127.0.0.1:3000');
  const path = join(root.dataDir, 'server.json');
  expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual({
    url: 'http://127.0.0.1:3000',
    pid: process.pid,
  });
  expect(statSync(path).mode & 0o077).toBe(0);
});
