import type {
  CheckArea,
  CheckResult,
  CheckStatus,
  FactBasis,
  LaunchProfile,
  ReasonCode,
  Severity,
} from './assessment';
import type { Fact, ReadinessFacts } from './facts';

/** What a check found: a status with its reason, and the number that decided it. */
export interface CheckOutcome {
  readonly status: Exclude<CheckStatus, 'error'>;
  readonly reason: ReasonCode;
  readonly basis: FactBasis;
  readonly detail: string; //             one sentence with the number and the threshold
  readonly observed?: CheckResult['observed'];
  readonly evidence?: readonly Fact[];
  /** In place of the title of the status. */
  readonly title?: string;
  /** In place of the check's remedy: for missing evidence, how to provide it. */
  readonly remedy?: string;
}

/** A readiness check is data and one pure function; "unknown" is one of its answers. */
export interface ReadinessCheck {
  readonly id: string;
  readonly version: string;
  readonly area: CheckArea;
  readonly question: string;
  /** Findings in the words of the status; `warn` falls back to `fail`. */
  readonly titles: {
    readonly pass: string;
    readonly warn?: string;
    readonly fail: string;
    readonly unknown: string;
  };
  readonly severity: Readonly<Record<LaunchProfile, Severity>>;
  readonly threshold: string;
  readonly remedy: string;
  /** Its evidence is the traces, so that too small a sample caps a pass at warn. */
  readonly isTraceDerived: boolean;
  assess(facts: ReadinessFacts): CheckOutcome;
}

/** Blocks every launch, a pilot included. */
export const blocksEveryLaunch = {
  pilot: 'blocker',
  limited: 'blocker',
  external: 'blocker',
} as const satisfies Record<LaunchProfile, Severity>;

/** Blocks a launch to customers; in a pilot it is a condition. */
export const blocksCustomerLaunch = {
  pilot: 'major',
  limited: 'blocker',
  external: 'blocker',
} as const satisfies Record<LaunchProfile, Severity>;

/** Never blocks; it is a condition of a launch to customers. */
export const conditionsCustomerLaunch = {
  pilot: 'minor',
  limited: 'major',
  external: 'major',
} as const satisfies Record<LaunchProfile, Severity>;

/** The outcome of a check whose evidence is missing, with how to provide it. */
export function unknownOutcome(
  reason: ReasonCode,
  detail: string,
  howToProvide: string,
  more: Partial<Pick<CheckOutcome, 'observed' | 'evidence' | 'basis'>> = {},
): CheckOutcome {
  return { status: 'unknown', reason, basis: 'none', detail, remedy: howToProvide, ...more };
}

/** The unknown outcome of a check that reads traces when there are none. */
export function noSessionsOutcome(): CheckOutcome {
  return unknownOutcome(
    'no_evidence',
    'No session has been imported.',
    'Import trace files of the system under realistic traffic.',
  );
}

/** The observed number of a result, from the fact that decided it; null where the fact is unknown. */
export function observedFrom(fact: Fact): CheckResult['observed'] {
  if (fact.value === null) return null;
  return {
    value: fact.value,
    unit: fact.unit,
    sample: fact.sample,
    interval95: fact.interval95 === null ? null : [fact.interval95[0], fact.interval95[1]],
  };
}
