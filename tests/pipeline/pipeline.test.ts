import { describe, expect, test } from 'vitest';
import { type PipelineInput, runPipeline } from '@/lib/pipeline';
import { canonicalJson } from '@/lib/report/canonical-json';
import { renderMarkdown } from '@/lib/report/render-markdown';
import type { PricedCallRow } from '@/lib/sessions/group-calls';
import { defaultSystemDescription } from '@/lib/system/system-description';

const startMs = Date.UTC(2026, 10, 1);
const sessions = 12;
const callsPerSession = 5;

const row = (session: number, call: number, kind: 'model' | 'database'): PricedCallRow => {
  const isModel = kind === 'model';
  const atMs = startMs + session * 3_600_000 + call * 4_000 + (isModel ? 0 : 2_000);
  return {
    sessionId: `session-${String(session).padStart(2, '0')}`,
    threadId: 'main',
    kind,
    agentName: 'assistant',
    model: isModel ? 'model-a' : null,
    toolName: isModel ? null : 'select',
    dependencyName: isModel ? null : 'postgres',
    principal: 'user-1',
    turnIndex: 0,
    startMs: atMs,
    endMs: atMs + (isModel ? 1_500 : 100),
    inputFresh: isModel ? 1_000 + 500 * call : null,
    cacheRead: isModel ? 0 : null,
    cacheWrite5m: isModel ? 0 : null,
    cacheWrite1h: isModel ? 0 : null,
    cacheWriteUnknownTtl: isModel ? 0 : null,
    output: isModel ? 100 : null,
    reasoning: null,
    listCostPicoUsd: isModel ? 3_000_000 * (1_000 + 500 * call) : null,
    inputCostPicoUsd: isModel ? 3_000_000 * (1_000 + 500 * call) : null,
    recordedCostUsd: null,
    hasError: false,
    hasInput: true,
    hasOutput: true,
    inputDigest: null,
  };
};

const makeInput = (): PipelineInput => ({
  rows: Array.from({ length: sessions }, (_, session) =>
    Array.from({ length: callsPerSession }, (__, call) => [
      row(session, call, 'model'),
      row(session, call, 'database'),
    ]),
  ).flat(2),
  sessionsInStore: sessions,
  system: { ...defaultSystemDescription, plannedPeakAgents: 4 },
  scenario: {
    load: { kind: 'closed', agents: 4, restSecMean: 0 },
    pool: defaultSystemDescription.pool,
    thinkTimeFactor: 1,
    horizonSec: 600,
    replications: 10,
    seed: 1,
  },
  profile: 'external',
  dataQuality: {
    imports: [],
    sessions,
    modelCalls: sessions * callsPerSession,
    unpricedCalls: 0,
    usageMissingCalls: 0,
    duplicatesDropped: 0,
    issues: 0,
    firstCallAt: new Date(startMs).toISOString(),
    lastCallAt: new Date(startMs + sessions * 3_600_000).toISOString(),
  },
  seed: 1,
  now: new Date(Date.UTC(2026, 10, 11)),
  reportId: 'report-1',
  projectName: 'Support agent',
  appVersion: '0.1.0',
});

describe('runPipeline', () => {
  const { set, cost, workload, run, assessment, report } = runPipeline(makeInput());

  test('every stage sees every session', () => {
    expect(set.sessionIds).toHaveLength(sessions);
    expect(cost.coverage.sessions).toBe(sessions);
    expect(workload.programCount).toBe(sessions);
    expect(run.basis.sessions).toBe(sessions);
  });

  test('no dollar is lost between calls and report: 12 sessions of Σ(1,000 + 500·k) tokens at $3/M', () => {
    const usd = (sessions * (5 * 1_000 + 500 * 10) * 3) / 1e6;
    expect(report.cost?.listCostUsd).toBeCloseTo(usd, 12);
  });

  test('twelve sessions are too few to be ready, and the report says so', () => {
    expect(assessment.verdict).toBe('no_go');
    expect(assessment.blockingIds).toContain('LOAD-01');
    expect(report.assessment).toEqual(assessment);
    expect(renderMarkdown(report)).toContain('The traces hold too little to decide on');
  });

  test('the same input gives the same report, byte for byte', () => {
    expect(canonicalJson(runPipeline(makeInput()).report)).toBe(canonicalJson(report));
  });
});
