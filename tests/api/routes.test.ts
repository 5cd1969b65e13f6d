import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openInProcess } from '@/lib/cli/in-process-transport';
import { ErrorResponse } from '@/lib/contracts/error';
import type { ImportState } from '@/lib/contracts/import';
import type { Project } from '@/lib/contracts/project';
import type { ReportDetail } from '@/lib/contracts/report';
import { findSharedReport } from '@/lib/db/report-store';
import { type ApiClient, createApiClient, type Transport } from '@/lib/http/api-client';
import { jobRunner } from '@/lib/jobs/job-runner';
import { loadSharedReport } from '@/lib/queries/load-shared-report';
import { hashShareToken } from '@/lib/queries/share-report';
import { canonicalJson } from '@/lib/report/canonical-json';
import { openTestRoot, type TestRoot } from '../db/test-root';
import { generateFile } from '../jobs/import-files';

const trace = generateFile('support', 40);

let root: TestRoot;
let send: Transport;
let api: ApiClient;
let project: Project;
let imported: ImportState;
beforeAll(async () => {
  root = await openTestRoot();
  send = (await openInProcess(new AbortController().signal)).transport;
  api = createApiClient('http://localhost', send);
  project = await api.createProject({ name: 'API' });
  imported = await importText(project.projectId, trace.text);
});
afterAll(() => root.remove());

async function importText(projectId: string, text: string): Promise<ImportState> {
  const { importId } = await api.createImport(projectId, { label: 'first' });
  await api.uploadFile(projectId, importId, 'a b/ü.jsonl', new Blob([text]));
  await api.startImport(projectId, importId, {});
  await (await jobRunner()).whenIdle();
  return api.getImport(projectId, importId);
}

async function errorOf(request: Request) {
  const response = await send(request);
  return { status: response.status, ...ErrorResponse.parse(await response.json()).error };
}

const url = (path: string) => `http://localhost/api/v1${path}`;

describe('projects', () => {
  test('are created, listed, changed and deleted', async () => {
    const { projectId } = await api.createProject({ name: 'Short-lived' });
    const changed = await api.updateProject(projectId, { profile: 'pilot' });
    expect(changed).toMatchObject({ profile: 'pilot', name: 'Short-lived', sessions: 0 });
    const names = (await api.listProjects()).projects.map((one) => one.name);
    expect(names).toContain('Short-lived');
    await api.deleteProject(projectId);
    await expect(api.getProject(projectId)).rejects.toMatchObject({ code: 'not_found' });
  });

  test('two of one name are refused at the field', async () => {
    await expect(api.createProject({ name: 'API' })).rejects.toMatchObject({
      code: 'conflict',
      issues: [{ path: 'name' }],
    });
  });

  test('say which stages have evidence', async () => {
    const { stages, sessions, modelCalls } = await api.getProject(project.projectId);
    expect(sessions).toBe(40);
    expect(modelCalls).toBe(trace.modelSpans);
    expect(stages).toMatchObject({ import: 'ready', cost: 'ready', reports: 'empty' });
  });
});

describe('imports and sessions', () => {
  test('an import tells what was read, under the name that was sent', () => {
    expect(imported.status).toBe('completed');
    expect(imported.files.map((file) => file.name)).toEqual(['a b/ü.jsonl']);
    expect(imported.summary?.promptTokens).toBe(trace.inputTokens);
    expect(imported.progress.bytesRead).toBe(imported.progress.bytesTotal);
  });

  test('the same file again is a conflict', async () => {
    const { importId } = await api.createImport(project.projectId, {});
    await api.uploadFile(project.projectId, importId, 'again', new Blob([trace.text]));
    await expect(api.startImport(project.projectId, importId, {})).rejects.toMatchObject({
      code: 'conflict',
    });
    await api.deleteImport(project.projectId, importId);
    expect((await api.listImports(project.projectId)).imports).toHaveLength(1);
  });

  test('an import without a file is refused', async () => {
    const { importId } = await api.createImport(project.projectId, {});
    await expect(api.startImport(project.projectId, importId, {})).rejects.toMatchObject({
      code: 'invalid_input',
    });
    expect((await api.cancelImport(project.projectId, importId)).status).toBe('cancelled');
    await api.deleteImport(project.projectId, importId);
  });

  test('pages of sessions add up to all of them, and each opens', async () => {
    const first = await api.listSessions(project.projectId, { limit: 25 });
    const rest = await api.listSessions(project.projectId, { limit: 25, offset: 25 });
    const ids = [...first.rows, ...rest.rows].map((row) => row.sessionId);
    expect(first.total).toBe(40);
    expect(new Set(ids).size).toBe(40);
    const session = await api.getSession(project.projectId, ids[0] ?? '');
    const modelCalls = session.calls.filter((call) => call.kind === 'model');
    expect(modelCalls).toHaveLength(session.session.modelCalls);
    const prompt = modelCalls.reduce((sum, call) => sum + (call.promptTokens ?? 0), 0);
    expect(prompt).toBe(session.session.promptTokens);
    expect(session.calls[0]?.fileName).toBe('a b/ü.jsonl');
  });

  test('a session of another id is not found', async () => {
    const missing = api.getSession(project.projectId, '100%/../x');
    await expect(missing).rejects.toMatchObject({ code: 'not_found' });
  });
});

describe('models', () => {
  test('cost is fitted once and then shown from the store', async () => {
    const first = await api.getCost(project.projectId);
    expect(first.model?.coverage.modelCalls).toBe(trace.modelSpans);
    expect(await api.getCost(project.projectId)).toEqual(first);
  });

  test('a project without imports has no cost model and no workload', async () => {
    const { projectId } = await api.createProject({ name: 'Empty' });
    expect((await api.getCost(projectId)).model).toBeNull();
    await expect(api.getWorkload(projectId)).rejects.toMatchObject({ code: 'conflict' });
    const { assessment } = await api.getReadiness(projectId);
    expect(assessment.verdict).toBe('no_go');
    expect(assessment.results.some((result) => result.status === 'pass')).toBe(false);
    await expect(api.createReport(projectId, {})).rejects.toMatchObject({ code: 'conflict' });
  });

  test('a simulation runs to its end and goes stale with another import', async () => {
    const { projectId } = await api.createProject({ name: 'Stale' });
    await importText(projectId, trace.text);
    const scenario = {
      load: { kind: 'closed', agents: 10, restSecMean: 0 },
      pool: project.system.pool,
      thinkTimeFactor: 1,
      horizonSec: 300,
      replications: 10,
      seed: 1,
    } as const;
    const { runId } = await api.startSimulation(projectId, { scenario });
    await (await jobRunner()).whenIdle();
    const done = await api.getSimulation(projectId, runId);
    expect(done.error).toBeNull();
    expect(done).toMatchObject({ status: 'completed', isStale: false });
    const { waitTargetP95Sec } = project.system;
    expect(done.run?.scenario).toEqual({ ...scenario, waitTargetP95Sec });
    await importText(projectId, generateFile('support', 5, 99).text);
    expect((await api.getSimulation(projectId, runId)).isStale).toBe(true);
    expect((await api.getReadiness(projectId)).isSimulationStale).toBe(true);
  });
});

describe('reports', () => {
  let detail: ReportDetail;
  beforeAll(async () => {
    detail = await api.createReport(project.projectId, { title: 'Frozen' });
  });

  test('a report is frozen under the hash of its canonical JSON', async () => {
    const hash = createHash('sha256').update(canonicalJson(detail.report)).digest('hex');
    expect(detail.sha256).toBe(hash);
    await api.updateProject(project.projectId, { profile: 'external' });
    const again = await api.getReport(project.projectId, detail.report.reportId);
    expect(again.report).toEqual(detail.report);
    const { reports } = await api.listReports(project.projectId);
    expect(reports.map((one) => one.sha256)).toEqual([hash]);
  });

  test('a link opens it and counts views; unknown, revoked and expired ones are alike', async () => {
    const { reportId } = detail.report;
    const { share, token } = await api.createShare(project.projectId, reportId, {
      expiresInDays: 1,
    });
    expect(Buffer.from(token, 'base64url')).toHaveLength(32);
    expect((await loadSharedReport(token))?.sha256).toBe(detail.sha256);
    const seen = await api.getReport(project.projectId, reportId);
    expect(seen.shares[0]).toMatchObject({ views: 1, state: 'active' });
    expect(JSON.stringify(seen)).not.toContain(token);

    const nextWeek = new Date(Date.now() + 7 * 86_400_000);
    expect(await findSharedReport(hashShareToken(token), nextWeek)).toBeNull();
    const revoked = await api.revokeShare(project.projectId, reportId, share.shareId);
    expect(revoked.state).toBe('revoked');
    for (const one of [token, `${token}x`, '', '../..', 'a'.repeat(100_000)]) {
      expect(await loadSharedReport(one)).toBeNull();
    }
  });

  test('a report of another project is not found', async () => {
    const other = await api.createProject({ name: 'Other' });
    const request = api.getReport(other.projectId, detail.report.reportId);
    await expect(request).rejects.toMatchObject({ code: 'not_found' });
  });
});

describe('what the server refuses', () => {
  const post = (headers: Record<string, string>, body = '{"name":"x"}') =>
    new Request(url('/projects'), { method: 'POST', headers, body });
  const json = { 'content-type': 'application/json' };

  test.each([
    ['another name than its own', { ...json, host: 'evil.example' }],
    ['a page of another origin', { ...json, origin: 'http://evil.example' }],
    ['a page that hides its origin', { ...json, origin: 'null' }],
    ['a request across sites', { ...json, 'sec-fetch-site': 'cross-site' }],
    ['another port of this machine', { ...json, origin: 'http://localhost:9999' }],
  ])('%s', async (_, headers) => {
    expect(await errorOf(post(headers))).toMatchObject({ status: 403, code: 'forbidden' });
  });

  test('a body that is no JSON, and says nothing of it back', async () => {
    const error = await errorOf(post(json, '{"secret-text'));
    expect(error).toMatchObject({ status: 400, code: 'invalid_input' });
    expect(JSON.stringify(error)).not.toContain('secret');
  });

  test('a form, which needs no permission to be sent across origins', async () => {
    const error = await errorOf(post({ 'content-type': 'text/plain' }));
    expect(error).toMatchObject({ status: 400, code: 'invalid_input' });
  });

  test('a body larger than 1 MiB', async () => {
    const error = await errorOf(post(json, JSON.stringify({ name: 'x'.repeat(1_100_000) })));
    expect(error).toMatchObject({ status: 413, code: 'too_large' });
  });

  test('what the contract does not allow, field by field', async () => {
    const error = await errorOf(post(json, '{"name":"", "extra":1}'));
    expect(error.status).toBe(400);
    expect(error.issues?.length).toBeGreaterThan(0);
  });
});
