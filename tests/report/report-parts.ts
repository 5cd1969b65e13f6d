import { evaluateReadiness } from '@/lib/readiness/evaluate-readiness';
import type { ReportParts } from '@/lib/report/build-report';
import { fixtureNow, makeCost, makeEvidence, soundSystem } from '../readiness/evidence-fixture';

/** A report of a sound project, without any of the parts that a report may lack. */
export const plainParts: ReportParts = {
  reportId: 'report-1',
  projectName: 'Support agent',
  createdAt: fixtureNow,
  appVersion: '0.1.0',
  system: soundSystem,
  dataQuality: {
    imports: [],
    sessions: 200,
    modelCalls: 400,
    unpricedCalls: 2,
    usageMissingCalls: 0,
    duplicatesDropped: 0,
    issues: 0,
    firstCallAt: null,
    lastCallAt: null,
  },
  cost: makeCost(),
  run: null,
  isRunStale: false,
  assessment: evaluateReadiness(makeEvidence(), { profile: 'external', now: fixtureNow }),
};
