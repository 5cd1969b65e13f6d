import { formatCounted } from '../../../format';
import {
  blocksEveryLaunch,
  type CheckOutcome,
  noSessionsOutcome,
  observedFrom,
  type ReadinessCheck,
} from '../../check';
import { fact } from '../../facts';
import { maxEvidenceAgeDays } from '../../max-age';
import { writeValue } from '../../write-fact';

const minSessions = 200;
const minSpanHours = 24;

/**
 * LOAD-01. A file does not say whether it was sampled, so that it has to be declared: until then
 * enough traces decide the other checks, with sampling as a condition of the launch. A sample that
 * is known to be one is as good as all sessions, because the checks are about shares and quantiles.
 */
export const sampleSize: ReadinessCheck = {
  id: 'LOAD-01',
  version: '1.0.0',
  area: 'load',
  question: 'Are there enough sessions, over long enough, to decide anything?',
  titles: {
    pass: 'The traces hold enough sessions to decide on',
    warn: 'The traces hold enough sessions, but not how they were sampled',
    fail: 'The traces hold too little to decide on',
    unknown: 'There are no sessions to decide on',
  },
  severity: blocksEveryLaunch,
  threshold: 'At least 200 sessions over at least 24 h, sampling known',
  remedy:
    'Import more traces: at least 200 sessions over a day or more that includes a peak hour, failed sessions kept, and declare whether they are all sessions or a sample.',
  isTraceDerived: true,
  assess: (facts) => {
    const { traces, sessionsInStore, spanHours, evidenceAgeDays, system } = facts;
    if (traces === null) return noSessionsOutcome();
    const { size } = traces;
    const sessions = fact('trace.session.count', 'Sessions', sessionsInStore, 'count');
    const evidence = [
      sessions,
      fact('trace.session.span', 'From first to last call', spanHours, 'hours'),
      fact('trace.session.task_types', 'Agents seen', size.agentNames, 'count'),
      fact('trace.session.failed', 'Sessions that ended in an error', size.failedSessions, 'count'),
      fact('trace.quality.age', 'Age of the last call', evidenceAgeDays, 'days'),
    ];
    const found = `${formatCounted(sessionsInStore, 'session')} over ${writeValue(spanHours, 'hours')}`;
    const common = { basis: 'measured', observed: observedFrom(sessions), evidence } as const;
    if (sessionsInStore < minSessions || spanHours === null || spanHours < minSpanHours) {
      return {
        ...common,
        status: 'fail',
        reason: 'sample_too_small',
        detail: `${found}; at least ${minSessions} over ${minSpanHours} h are needed.`,
      };
    }
    return { ...common, ...judgeProvenance(found, evidenceAgeDays, system.tracesAreComplete) };
  },
};

function judgeProvenance(
  found: string,
  ageDays: number | null,
  tracesAreComplete: boolean | null | undefined,
): Pick<CheckOutcome, 'status' | 'reason' | 'title' | 'detail'> {
  const isOld = ageDays !== null && ageDays > maxEvidenceAgeDays;
  const age = isOld
    ? `, the last of them ${writeValue(ageDays, 'days')} ago (${maxEvidenceAgeDays} at most)`
    : '';
  if (tracesAreComplete === null || tracesAreComplete === undefined) {
    return {
      status: 'warn',
      reason: 'not_declared',
      detail: `${found}${age}; whether the traces are all sessions or a sample is not declared.`,
    };
  }
  const detail = `${found}${age}, declared to be ${tracesAreComplete ? 'all sessions' : 'a sample'}; at least ${minSessions} over ${minSpanHours} h are needed.`;
  if (isOld) {
    const title = 'The traces hold enough sessions, but are old';
    return { status: 'warn', reason: 'near_threshold', title, detail };
  }
  return { status: 'pass', reason: 'met', detail };
}
