import type { CheckResult, LaunchProfile, VerdictKind } from './assessment';
import { sampleCheckId } from './checklist';

type Judged = Pick<CheckResult, 'checkId' | 'severity' | 'status'>;

/**
 * Whether a result keeps the launch from going: a blocker that failed, could not be evaluated or
 * lacks evidence.
 *
 * A pilot is there to gather evidence, so that a blocker without evidence, and too small a sample,
 * are conditions of it and do not block it.
 */
export function isBlocking(result: Judged, profile: LaunchProfile): boolean {
  if (result.severity !== 'blocker') return false;
  if (result.status === 'error') return true;
  if (result.status === 'unknown') return profile !== 'pilot';
  if (result.status !== 'fail') return false;
  return result.checkId !== sampleCheckId || profile !== 'pilot';
}

/**
 * Whether a result is a condition of the launch: a blocker that does not block and does not pass,
 * or a major check that failed, could not be evaluated or lacks evidence.
 */
export function isCondition(result: Judged, profile: LaunchProfile): boolean {
  if (isBlocking(result, profile)) return false;
  const isOpen =
    result.status === 'fail' || result.status === 'error' || result.status === 'unknown';
  if (result.severity === 'blocker') return isOpen || result.status === 'warn';
  return result.severity === 'major' && isOpen;
}

/** The verdict, from what blocks and what is a condition; never from a score. */
export function decideVerdict(blocking: number, conditions: number): VerdictKind {
  if (blocking > 0) return 'no_go';
  return conditions > 0 ? 'conditional' : 'go';
}
