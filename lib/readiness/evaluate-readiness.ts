import type { Assessment, CheckResult, LaunchProfile } from './assessment';
import type { CheckOutcome, ReadinessCheck } from './check';
import { checklist, checklistVersion, sampleCheckId } from './checklist';
import { stateEnvelope } from './envelope';
import { measureFacts, type ReadinessFacts } from './facts';
import { writeHeadline } from './headline';
import type { ReadinessEvidence } from './readiness-evidence';
import { decideVerdict, isBlocking, isCondition } from './verdict';
import { evidenceLine } from './write-fact';

/** Who the launch is for, and the time at which evidence is dated. */
export interface ReadinessOptions {
  readonly profile: LaunchProfile;
  readonly now: Date;
}

/**
 * Decides every check of the checklist from the evidence, and from those the verdict and the
 * envelope inside which it holds.
 *
 * A check that throws is an error and blocks like missing evidence. While the sample is too small,
 * no pass that rests on traces counts as more than a warning.
 */
export function evaluateReadiness(
  evidence: ReadinessEvidence,
  options: ReadinessOptions,
): Assessment {
  return evaluateChecks(checklist, evidence, options);
}

/** As {@link evaluateReadiness}, for a given list of checks. */
export function evaluateChecks(
  checks: readonly ReadinessCheck[],
  evidence: ReadinessEvidence,
  { profile, now }: ReadinessOptions,
): Assessment {
  const facts = measureFacts(evidence, now);
  const outcomes = checks.map((check) => ({ check, outcome: assess(check, facts) }));
  const sample = outcomes.find(({ check }) => check.id === sampleCheckId);
  const isSampleEnough = sample?.outcome?.status === 'pass' || sample?.outcome?.status === 'warn';
  const results = outcomes.map(({ check, outcome }) =>
    resultOf(check, isSampleEnough ? outcome : capBySample(check, outcome), profile),
  );

  const blockingIds = results.filter((result) => result.isBlocking).map(({ checkId }) => checkId);
  const conditionIds = results.filter((result) => result.isCondition).map(({ checkId }) => checkId);
  const verdict = decideVerdict(blockingIds.length, conditionIds.length);
  const envelope = stateEnvelope(facts, evidence.dataQuality.lastCallAt);
  const applicable = results.filter(({ status }) => status !== 'not_applicable');
  return {
    profile,
    assessedAt: now.toISOString(),
    checklistVersion,
    verdict,
    headline: writeHeadline(verdict, results, envelope, facts.traces !== null),
    results,
    blockingIds,
    conditionIds,
    envelope,
    coverage: {
      decided: applicable.filter(({ status }) => status !== 'unknown' && status !== 'error').length,
      applicable: applicable.length,
      inChecklist: checks.length,
    },
  };
}

/** Null where the check threw: what it threw may quote a trace and is not carried on. */
function assess(check: ReadinessCheck, facts: ReadinessFacts): CheckOutcome | null {
  try {
    return check.assess(facts);
  } catch {
    return null;
  }
}

function capBySample(check: ReadinessCheck, outcome: CheckOutcome | null): CheckOutcome | null {
  if (outcome === null || outcome.status !== 'pass') return outcome;
  if (!check.isTraceDerived || check.id === sampleCheckId) return outcome;
  return {
    ...outcome,
    status: 'warn',
    reason: 'capped_by_sample',
    title: outcome.title ?? check.titles.pass,
    detail: `${outcome.detail.replace(/\.$/, '')}; too few sessions to count as a pass.`,
    remedy: 'Import more traces, until the sample is large enough to decide on.',
  };
}

function resultOf(
  check: ReadinessCheck,
  outcome: CheckOutcome | null,
  profile: LaunchProfile,
): CheckResult {
  const severity = check.severity[profile];
  const judged = { checkId: check.id, severity, status: outcome?.status ?? 'error' } as const;
  return {
    ...judged,
    checkVersion: check.version,
    area: check.area,
    title: outcome?.title ?? titleOf(check, judged.status),
    question: check.question,
    isBlocking: isBlocking(judged, profile),
    isCondition: isCondition(judged, profile),
    reason: outcome?.reason ?? 'evaluator_failed',
    basis: outcome?.basis ?? 'none',
    detail: outcome?.detail ?? 'The check could not be evaluated because of an internal error.',
    observed: outcome?.observed ?? null,
    threshold: check.threshold,
    evidence: (outcome?.evidence ?? []).map(evidenceLine),
    remedy: outcome?.remedy ?? check.remedy,
    isTraceDerived: check.isTraceDerived,
  };
}

function titleOf({ titles, question }: ReadinessCheck, status: CheckResult['status']): string {
  switch (status) {
    case 'pass':
      return titles.pass;
    case 'warn':
      return titles.warn ?? titles.fail;
    case 'fail':
      return titles.fail;
    case 'unknown':
    case 'error':
      return titles.unknown;
    case 'not_applicable':
      return question;
    default:
      return status satisfies never;
  }
}
