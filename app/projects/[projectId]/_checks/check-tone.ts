import type { StatusTone } from '@/app/_ui/status-mark';
import { formatCount, formatCounted } from '@/lib/format';
import type { CheckResult, FactBasis, VerdictKind } from '@/lib/readiness/assessment';

/** Shape and colour of a check's result. Missing evidence keeps its own shape, also where it blocks. */
export function checkTone(result: CheckResult): StatusTone {
  switch (result.status) {
    case 'pass':
      return 'go';
    case 'fail':
      return result.isBlocking ? 'no_go' : 'conditional';
    case 'warn':
      return 'conditional';
    case 'unknown':
    case 'error':
    case 'not_applicable':
      return 'unknown';
    default:
      return result.status satisfies never;
  }
}

/** Words of a check's status, as they are spoken and printed. */
export const statusWord = {
  pass: 'Passed',
  warn: 'With reservations',
  fail: 'Not met',
  unknown: 'Not assessed',
  error: 'Could not be evaluated',
  not_applicable: 'Does not apply',
} as const satisfies Record<CheckResult['status'], string>;

/** Words of a verdict. */
export const verdictWord = {
  go: 'Go',
  conditional: 'Conditional go',
  no_go: 'No go',
} as const satisfies Record<VerdictKind, string>;

/** How a fact came to be known, in a word. */
export const basisWord = {
  measured: 'measured',
  simulated: 'simulated',
  modelled: 'modelled',
  declared: 'declared',
  attested: 'attested',
  none: 'no evidence',
} as const satisfies Record<FactBasis, string>;

/** Results in the groups in which they are read: each result is in one of them. */
export interface CheckGroups {
  readonly blocking: readonly CheckResult[];
  readonly conditions: readonly CheckResult[];
  readonly unknown: readonly CheckResult[];
  readonly passed: readonly CheckResult[];
  readonly notApplicable: readonly CheckResult[];
}

/** Parts results by what has to be done about them. */
export function groupChecks(results: readonly CheckResult[]): CheckGroups {
  const groups: Record<keyof CheckGroups, CheckResult[]> = {
    blocking: [],
    conditions: [],
    unknown: [],
    passed: [],
    notApplicable: [],
  };
  for (const result of results) groups[groupOf(result)].push(result);
  return groups;
}

/** How many are blocking, conditions and not assessed, in words; one may be blocking for want of evidence. */
export function describeGroups(groups: CheckGroups): string {
  const wanting = groups.blocking.filter((result) => result.status !== 'fail').length;
  const reason = wanting === 0 ? '' : ` (${formatCount(wanting)} for want of evidence)`;
  const others = wanting === 0 ? '' : ' other';
  return `${formatCount(groups.blocking.length)} blocking${reason}, ${formatCounted(groups.conditions.length, 'condition')}, ${formatCount(groups.unknown.length)}${others} not assessed`;
}

function groupOf(result: CheckResult): keyof CheckGroups {
  if (result.status === 'not_applicable') return 'notApplicable';
  if (result.isBlocking) return 'blocking';
  if (result.status === 'pass') return 'passed';
  if (result.status === 'unknown' || result.status === 'error') return 'unknown';
  return 'conditions';
}
