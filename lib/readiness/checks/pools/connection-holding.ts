import {
  blocksCustomerLaunch,
  type CheckOutcome,
  observedFrom,
  type ReadinessCheck,
  unknownOutcome,
} from '../../check';
import { fact, type ReadinessFacts } from '../../facts';
import { doubtOf, judgeAtMost } from '../../judge';
import { writeFact, writeValue } from '../../write-fact';

const maxShare = 0.01;

/** POOL-02. Database time that a model call of the same session overlaps is a held connection. */
export const connectionHolding: ReadinessCheck = {
  id: 'POOL-02',
  version: '1.0.0',
  area: 'pools',
  question: 'Do agents hold a connection while they think?',
  titles: {
    pass: 'No connection is held during model calls',
    warn: 'Connections may be held during model calls',
    fail: 'Connections are held during model calls',
    unknown: 'Whether connections are held during model calls is not known',
  },
  severity: blocksCustomerLaunch,
  threshold: 'At most 1 % of database time overlaps a model call of the same session',
  remedy: 'Commit and release the connection before each model call, and acquire it again after.',
  isTraceDerived: true,
  assess: (facts) => judge(facts),
};

function judge({ traces, pool }: ReadinessFacts): CheckOutcome {
  const measured = traces?.holding.heldWhileThinking ?? null;
  const share = measured?.share ?? pool.run?.basis.heldWhileThinkingShare ?? null;
  const spans = traces?.holding.databaseSpans ?? 0;
  const held = fact(
    'trace.pool.held_while_thinking',
    'Database time during which a model call ran',
    share,
    'ratio',
    {
      sample: measured === null ? (pool.run?.basis.databaseSpans ?? null) : spans,
      interval95: measured?.interval95 ?? null,
    },
  );
  if (share === null) {
    return unknownOutcome(
      traces === null ? 'no_evidence' : 'not_observable',
      'No database span with a duration was seen.',
      'Export database spans (transactions, or connections in use) with the session or trace id of the agent.',
      { evidence: [held] },
    );
  }
  const judgement = judgeAtMost(held, maxShare, true);
  const isSlight = judgement.status === 'pass' && share > 0;
  return {
    ...judgement,
    basis: 'measured',
    observed: observedFrom(held),
    evidence: [held],
    ...(isSlight ? { title: 'Connections are hardly ever held during model calls' } : {}),
    detail: `A model call ran during ${writeFact({ ...held, sample: null })} of database time, against ${writeValue(maxShare, 'ratio')} at most${doubtOf(judgement, held)}.`,
  };
}
