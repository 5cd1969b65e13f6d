import type { CostModel } from '../cost/cost-model';
import type { SystemDescription } from '../system/system-description';
import type { FactBasis } from './assessment';
import { type FieldCompleteness, measureCompleteness } from './measure-completeness';
import { type HoldingMeasure, measureConnectionHolding } from './measure-connection-holding';
import { type ContextUseMeasure, measureContextUse } from './measure-context-use';
import { type DependencyMeasure, measureDependencies } from './measure-dependencies';
import { measurePoolRun, type PoolRunMeasure } from './measure-pool-run';
import { measureRepeats, type RepeatMeasure } from './measure-repeats';
import { measureSessions, type SessionMeasure } from './measure-sessions';
import { measureUnpricedTokenShare } from './measure-unpriced-tokens';
import type { ReadinessEvidence } from './readiness-evidence';

/** Unit of a fact; it decides how the fact is written. */
export type FactUnit = 'count' | 'ratio' | 'usd' | 'agents' | 'hours' | 'sec' | 'days' | 'number';

/** One number with its sample, its interval and how it came to be known. */
export interface Fact {
  readonly id: string; //                  'trace.session.count'
  readonly label: string;
  readonly value: number | null;
  readonly unit: FactUnit;
  readonly sample: number | null; //       observations behind the value
  readonly interval95: readonly [number, number] | null;
  readonly basis: FactBasis;
}

/** What the traces say; there is none of it without sessions. */
export interface TraceFacts {
  readonly size: SessionMeasure;
  readonly dependencies: readonly DependencyMeasure[];
  readonly contextUse: ContextUseMeasure;
  readonly holding: HoldingMeasure;
  readonly repeats: RepeatMeasure;
  readonly fields: readonly FieldCompleteness[];
  readonly unpricedTokenShare: number | null; // of tokens of calls with usage
}

/** Everything that checks read. Measured once, so that two checks cannot see two values. */
export interface ReadinessFacts {
  /** Null where no session with a call is there. */
  readonly traces: TraceFacts | null;
  readonly sessionsInStore: number;
  readonly spanHours: number | null; //    over the whole store, not only the sample
  readonly evidenceAgeDays: number | null; // since the last call
  /** Null where no session is there. */
  readonly cost: CostModel | null;
  readonly priceAgeDays: number | null;
  readonly pool: PoolRunMeasure;
  readonly system: SystemDescription;
}

const msPerDay = 86_400_000;

/** Whole days between two times; null where one of them cannot be read. */
function daysBetween(from: string | null, to: Date): number | null {
  if (from === null) return null;
  const days = (to.getTime() - new Date(from).getTime()) / msPerDay;
  return Number.isNaN(days) ? null : Math.max(0, Math.floor(days));
}

function spanHoursOf(evidence: ReadinessEvidence, size: SessionMeasure | null): number | null {
  const { firstCallAt, lastCallAt } = evidence.dataQuality;
  const stored =
    firstCallAt === null || lastCallAt === null
      ? Number.NaN
      : (new Date(lastCallAt).getTime() - new Date(firstCallAt).getTime()) / 3_600_000;
  const measured = size?.spanHours ?? Number.NaN;
  if (Number.isNaN(stored)) return Number.isNaN(measured) ? null : measured;
  return Number.isNaN(measured) ? stored : Math.max(stored, measured);
}

/** Measures every fact that a check reads, from the evidence as of `now`. */
export function measureFacts(evidence: ReadinessEvidence, now: Date): ReadinessFacts {
  const { set, system } = evidence;
  const overrides = new Map(Object.entries(system.contextWindowTokens));
  const traces: TraceFacts | null =
    set === null || set.sessionIds.length === 0 || set.calls.length === 0
      ? null
      : {
          size: measureSessions(set),
          dependencies: measureDependencies(set, system.declaredTimeoutsSec),
          contextUse: measureContextUse(
            set,
            (model) => overrides.get(model) ?? evidence.contextWindowTokens(model),
          ),
          holding: measureConnectionHolding(set),
          repeats: measureRepeats(set),
          fields: measureCompleteness(set),
          unpricedTokenShare: measureUnpricedTokenShare(set),
        };
  const hasCost = evidence.cost !== null && evidence.cost.coverage.sessions > 0;
  return {
    traces,
    sessionsInStore: traces === null ? 0 : (set?.sessionsInStore ?? 0),
    spanHours: traces === null ? null : spanHoursOf(evidence, traces.size),
    evidenceAgeDays: daysBetween(evidence.dataQuality.lastCallAt, now),
    cost: hasCost ? evidence.cost : null,
    priceAgeDays: daysBetween(evidence.cost?.coverage.priceBook.date ?? null, now),
    pool: measurePoolRun(evidence.run, evidence.isRunStale, system),
    system,
  };
}

/** A fact counted or computed over the traces or another evidence; estimates say their interval. */
export function fact(
  id: string,
  label: string,
  value: number | null,
  unit: FactUnit,
  more: Partial<Pick<Fact, 'sample' | 'interval95' | 'basis'>> = {},
): Fact {
  return { id, label, value, unit, sample: null, interval95: null, basis: 'measured', ...more };
}
