import type { CheckResult } from '@/lib/readiness/assessment';
import { evaluateReadiness } from '@/lib/readiness/evaluate-readiness';
import type { ReadinessEvidence } from '@/lib/readiness/readiness-evidence';
import type { SessionSet } from '@/lib/sessions/session';
import type { SystemDescription } from '@/lib/system/system-description';
import {
  type FixtureCall,
  fixtureNow,
  makeEvidence,
  makeSessionSet,
  soundSystem,
} from '../evidence-fixture';

/** The result of one check on sound evidence with a change, for a launch to customers. */
export function check(id: string, change: Partial<ReadinessEvidence>): CheckResult {
  const { results } = evaluateReadiness(makeEvidence(change), {
    profile: 'external',
    now: fixtureNow,
  });
  const result = results.find(({ checkId }) => checkId === id);
  if (result === undefined) throw new Error(`There is no check ${id}.`);
  return result;
}

/** The same session again and again, an hour apart. */
export function sessionsOf(session: readonly FixtureCall[], count = 200): SessionSet {
  return makeSessionSet(Array.from({ length: count }, () => session));
}

/** The sound system with a change. */
export function withSystem(change: Partial<SystemDescription>): { system: SystemDescription } {
  return { system: { ...soundSystem, ...change } };
}
