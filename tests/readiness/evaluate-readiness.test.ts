import { describe, expect, test } from 'vitest';
import { Assessment, type CheckResult, type LaunchProfile } from '@/lib/readiness/assessment';
import { checklist } from '@/lib/readiness/checklist';
import { evaluateChecks, evaluateReadiness } from '@/lib/readiness/evaluate-readiness';
import type { ReadinessEvidence } from '@/lib/readiness/readiness-evidence';
import {
  fixtureNow,
  makeEvidence,
  makeNoEvidence,
  makeSessionSet,
  soundSession,
} from './evidence-fixture';

const assess = (evidence: ReadinessEvidence, profile: LaunchProfile = 'external') =>
  evaluateReadiness(evidence, { profile, now: fixtureNow });

const tenSessions = () =>
  makeEvidence({
    set: makeSessionSet(Array.from({ length: 10 }, () => soundSession)),
    dataQuality: { sessions: 10, firstCallAt: null, lastCallAt: null },
  });

describe('a check never passes on no data', () => {
  test.each(checklist.map((check) => check.id))('%s is unknown without evidence', (id) => {
    for (const evidence of [makeNoEvidence(), { ...makeNoEvidence(), set: null }]) {
      const result = assess(evidence).results.find(({ checkId }) => checkId === id);
      expect(result?.status).toBe('unknown');
      expect(result?.observed).toBeNull();
      expect(result?.basis).toBe('none');
      expect(result?.remedy).not.toBe('');
    }
  });

  test('a cost model of no sessions is no evidence either', () => {
    const { cost } = makeEvidence();
    if (cost === null) throw new Error('The fixture has a cost model.');
    const empty = { ...cost, coverage: { ...cost.coverage, sessions: 0, modelCalls: 0 } };
    const { results } = assess({ ...makeNoEvidence(), cost: empty });
    expect(new Set(results.map((result) => result.status))).toEqual(new Set(['unknown']));
  });

  test('the headline says that nothing was imported', () => {
    const assessment = assess(makeNoEvidence());
    expect(assessment.verdict).toBe('no_go');
    expect(assessment.headline).toBe('Not assessed: no session has been imported');
    expect(assessment.coverage).toEqual({ decided: 0, applicable: 13, inChecklist: 13 });
    expect(assessment.envelope.constraints).toEqual([]);
  });
});

describe('sound evidence', () => {
  test('passes everything except that sampling is not declared', () => {
    const assessment = assess(makeEvidence());
    const open = assessment.results.filter((result) => result.status !== 'pass');
    expect(open.map(({ checkId, status, reason }) => [checkId, status, reason])).toEqual([
      ['LOAD-01', 'warn', 'not_declared'],
    ]);
    expect(assessment.verdict).toBe('conditional');
    expect(assessment.conditionIds).toEqual(['LOAD-01']);
    expect(assessment.headline).toBe('Ready with one condition, up to 400 concurrent agents');
    expect(Assessment.parse(assessment)).toEqual(assessment);
  });

  test.each([true, false])('with sampling declared as complete: %s, it is a go', (complete) => {
    const system = { ...makeEvidence().system, tracesAreComplete: complete };
    const assessment = assess(makeEvidence({ system }));
    expect(new Set(assessment.results.map(({ status }) => status))).toEqual(new Set(['pass']));
    expect(assessment.verdict).toBe('go');
    expect(assessment.headline).toBe('Ready, up to 400 concurrent agents');
  });

  test('the same evidence at the same time gives the same bytes', () => {
    expect(JSON.stringify(assess(makeEvidence()))).toBe(JSON.stringify(assess(makeEvidence())));
  });
});

describe('a sample of ten sessions', () => {
  test('lets no check that rests on traces pass', () => {
    const { results } = assess(tenSessions());
    expect(results.filter(({ status }) => status === 'pass')).toEqual([]);
    const capped = results.find(({ checkId }) => checkId === 'OBS-01');
    expect(capped).toMatchObject({
      status: 'warn',
      reason: 'capped_by_sample',
      title: 'The record of every call is complete',
    });
  });

  test('blocks a launch to customers and is a condition of a pilot', () => {
    expect(assess(tenSessions(), 'external').blockingIds).toContain('LOAD-01');
    expect(assess(tenSessions(), 'limited').blockingIds).toContain('LOAD-01');
    const pilot = assess(tenSessions(), 'pilot');
    expect(pilot.blockingIds).not.toContain('LOAD-01');
    expect(pilot.conditionIds).toContain('LOAD-01');
  });
});

describe('verdict', () => {
  test('counts what blocks and how much of it is for want of evidence', () => {
    const noRun = assess(makeEvidence({ run: null }));
    expect(noRun.blockingIds).toEqual(['POOL-01', 'POOL-03']);
    expect(noRun.headline).toBe('Not ready: 2 blocking checks lack evidence');
    const system = { ...makeEvidence().system, costTargetUsdP95: 0.001 };
    expect(assess(makeEvidence({ system })).headline).toBe('Not ready: 1 check blocks the launch');
    expect(assess(makeEvidence({ system, run: null })).headline).toBe(
      'Not ready: 3 checks block the launch, 2 of them for want of evidence',
    );
  });

  test('in a pilot, a blocker without evidence is a condition', () => {
    const pilot = assess(makeEvidence({ run: null }), 'pilot');
    expect(pilot.verdict).toBe('conditional');
    expect(pilot.headline).toBe(
      'Ready with three conditions; how many agents it carries is not known',
    );
  });

  test('an evaluator that throws is an error, blocks, and quotes nothing', () => {
    const [first, ...rest] = checklist;
    if (first === undefined) throw new Error('The checklist is not empty.');
    const broken = {
      ...first,
      severity: { pilot: 'blocker', limited: 'blocker', external: 'blocker' } as const,
      assess: () => {
        throw new Error('secret prompt text');
      },
    };
    for (const profile of ['pilot', 'external'] as const) {
      const assessment = evaluateChecks([broken, ...rest], makeEvidence(), {
        profile,
        now: fixtureNow,
      });
      expect(assessment.results[0]).toMatchObject({
        status: 'error',
        reason: 'evaluator_failed',
        isBlocking: true,
      });
      expect(assessment.verdict).toBe('no_go');
      expect(JSON.stringify(assessment)).not.toContain('secret');
    }
  });

  test('a check that does not apply leaves the denominator', () => {
    const [first, ...rest] = checklist;
    if (first === undefined) throw new Error('The checklist is not empty.');
    const outside = {
      ...first,
      assess: () => ({
        status: 'not_applicable' as const,
        reason: 'does_not_apply' as const,
        basis: 'none' as const,
        detail: 'Nothing of the kind is in use.',
      }),
    };
    const { coverage } = evaluateChecks([outside, ...rest], makeEvidence(), {
      profile: 'external',
      now: fixtureNow,
    });
    expect(coverage).toEqual({ decided: 12, applicable: 12, inChecklist: 13 });
  });

  test('no result is both blocking and a condition, and a pass is neither', () => {
    const all: readonly CheckResult[] = [makeEvidence(), makeNoEvidence(), tenSessions()].flatMap(
      (evidence) =>
        (['pilot', 'limited', 'external'] as const).flatMap(
          (profile) => assess(evidence, profile).results,
        ),
    );
    for (const result of all) {
      expect(result.isBlocking && result.isCondition).toBe(false);
      if (result.status === 'pass') expect(result.isBlocking || result.isCondition).toBe(false);
    }
  });
});

describe('operating envelope', () => {
  test('is the smaller of the wait limit and N* ÷ 1.5, and names which', () => {
    const { envelope } = assess(makeEvidence());
    expect(envelope.maxConcurrentAgents).toBe(400);
    expect(envelope.bindingConstraint).toBe('Database pool: reserve limit');
    expect(envelope.constraints.map(({ agents, isBinding }) => [agents, isBinding])).toEqual([
      [412, false],
      [400, true],
      [600, false],
    ]);
  });

  test('holds until the first of the evidence is too old', () => {
    expect(assess(makeEvidence()).envelope.validUntil).toBe('2027-01-30');
    const dataQuality = { sessions: 200, firstCallAt: null, lastCallAt: '2026-10-01T00:00:00Z' };
    expect(assess(makeEvidence({ dataQuality })).envelope.validUntil).toBe('2026-12-30');
  });

  test('a stale run states no limit', () => {
    const { envelope } = assess(makeEvidence({ isRunStale: true }));
    expect(envelope.maxConcurrentAgents).toBeNull();
    expect(envelope.bindingConstraint).toBeNull();
  });
});
