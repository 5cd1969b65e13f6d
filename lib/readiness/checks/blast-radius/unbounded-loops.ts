import { formatCount, formatCounted } from '../../../format';
import {
  blocksEveryLaunch,
  type CheckOutcome,
  noSessionsOutcome,
  observedFrom,
  type ReadinessCheck,
  unknownOutcome,
} from '../../check';
import { fact, type TraceFacts } from '../../facts';
import { loopRepeats } from '../../measure-repeats';
import { shorten, writeValue } from '../../write-fact';

const minDigestCoverage = 0.99;

/** BLAST-10. A step is one model call of a session. */
export const unboundedLoops: ReadinessCheck = {
  id: 'BLAST-10',
  version: '1.0.0',
  area: 'blast_radius',
  question: 'Is every loop bounded?',
  titles: {
    pass: 'No session loops, and steps are capped',
    warn: 'No loop was seen where arguments were recorded',
    fail: 'Sessions repeat the same call without making progress',
    unknown: 'Whether loops are bounded is not known',
  },
  severity: blocksEveryLaunch,
  threshold: `No identical call or cycle ${loopRepeats} times in a row, a step cap declared, no session above it`,
  remedy:
    'Cap the steps of a session, and stop when the same call with the same arguments comes back unchanged.',
  isTraceDerived: true,
  assess: ({ traces, system }) =>
    traces === null ? noSessionsOutcome() : judge(traces, system.maxStepsPerSession),
};

function judge({ repeats, size }: TraceFacts, maxSteps: number | null): CheckOutcome {
  const looping = fact(
    'trace.tool.repeat_loop',
    `Sessions that repeat a call ${loopRepeats} times or more`,
    repeats.sessionsWithLoop,
    'count',
    { sample: size.sessions },
  );
  const coverage = repeats.toolCalls === 0 ? null : repeats.toolCallsWithDigest / repeats.toolCalls;
  const evidence = [
    looping,
    fact('trace.tool.repeat_max', 'Most repeats in a row', repeats.worstRepeats, 'count'),
    fact('trace.tool.digest_coverage', 'Tool calls with recorded arguments', coverage, 'ratio', {
      sample: repeats.toolCalls,
    }),
    fact(
      'trace.session.steps_max',
      'Most steps of a session',
      size.maxModelCallsPerSession,
      'count',
    ),
    fact('config.max_steps', 'Step cap', maxSteps, 'count', { basis: 'declared' }),
  ];
  const common = { basis: 'measured', observed: observedFrom(looping), evidence } as const;
  if (repeats.sessionsWithLoop > 0) {
    const tool = repeats.worstTool === null ? '' : ` of ${shorten(repeats.worstTool)}`;
    return {
      ...common,
      status: 'fail',
      reason: 'not_met',
      detail: `${formatCount(repeats.sessionsWithLoop)} of ${formatCounted(size.sessions, 'session')} repeat an identical call, up to ${formatCount(repeats.worstRepeats)} times in a row${tool}.`,
    };
  }
  if (maxSteps !== null && size.maxModelCallsPerSession > maxSteps) {
    return {
      ...common,
      status: 'fail',
      reason: 'not_met',
      title: 'Sessions run past the declared step cap',
      detail: `A session made ${formatCounted(size.maxModelCallsPerSession, 'step')}, above the declared cap of ${formatCount(maxSteps)}.`,
    };
  }
  if (coverage === 0) {
    return unknownOutcome(
      'not_observable',
      'No tool call records its arguments, so that repeats cannot be told from progress.',
      'Export the arguments of tool calls; only a hash of them is kept.',
      { evidence },
    );
  }
  if (maxSteps === null) {
    return unknownOutcome(
      'not_declared',
      `No loop was seen in ${formatCounted(size.sessions, 'session')}, but no step cap is declared.`,
      'Declare the largest number of steps of a session in the system description.',
      common,
    );
  }
  if (coverage !== null && coverage < minDigestCoverage) {
    return {
      ...common,
      status: 'warn',
      reason: 'inconclusive',
      detail: `No loop was seen, but only ${writeValue(coverage, 'ratio')} of tool calls record their arguments.`,
    };
  }
  return {
    ...common,
    status: 'pass',
    reason: 'met',
    detail: `No loop in ${formatCounted(size.sessions, 'session')}, and the longest made ${formatCounted(size.maxModelCallsPerSession, 'step')} of ${formatCount(maxSteps)} allowed.`,
  };
}
