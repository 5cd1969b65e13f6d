import { describe, expect, test } from 'vitest';
import { evaluateReadiness } from '@/lib/readiness/evaluate-readiness';
import { buildReport, type ReportParts } from '@/lib/report/build-report';
import { canonicalJson } from '@/lib/report/canonical-json';
import { Report } from '@/lib/report/report';
import {
  fixtureNow,
  makeCost,
  makeEvidence,
  makeRun,
  soundSystem,
} from '../readiness/evidence-fixture';

const makeParts = (change: Partial<ReportParts> = {}): ReportParts => ({
  reportId: 'report-1',
  projectName: 'Support agent',
  createdAt: fixtureNow,
  appVersion: '0.1.0',
  system: soundSystem,
  dataQuality: {
    imports: [],
    sessions: 200,
    modelCalls: 400,
    unpricedCalls: 0,
    usageMissingCalls: 0,
    duplicatesDropped: 0,
    issues: 0,
    firstCallAt: '2026-11-01T00:00:00.000Z',
    lastCallAt: '2026-11-09T07:00:10.000Z',
  },
  cost: makeCost(),
  run: makeRun(),
  isRunStale: false,
  assessment: evaluateReadiness(makeEvidence(), { profile: 'external', now: fixtureNow }),
  ...change,
});

describe('buildReport', () => {
  test('equal parts freeze to equal bytes, and survive storage', () => {
    const text = canonicalJson(buildReport(makeParts()));
    expect(canonicalJson(buildReport(makeParts()))).toBe(text);
    expect(canonicalJson(Report.parse(JSON.parse(text)))).toBe(text);
  });

  test('a later change of a part does not reach the report', () => {
    const parts = makeParts();
    const report = buildReport(parts);
    parts.assessment.results.length = 0;
    expect(report.assessment.results).toHaveLength(13);
  });

  test('a stale run is not shown, since it decided nothing', () => {
    expect(buildReport(makeParts({ isRunStale: true })).simulation).toBeNull();
    expect(buildReport(makeParts()).simulation).not.toBeNull();
  });

  test('a number that is not finite is refused', () => {
    expect(() => buildReport(makeParts({ cost: makeCost({ listCostUsd: Number.NaN }) }))).toThrow();
  });

  test('without a title it is named after project and day', () => {
    expect(buildReport(makeParts()).title).toBe('Support agent, 2026-11-11');
    expect(buildReport(makeParts({ title: 'Autumn launch' })).title).toBe('Autumn launch');
  });
});
