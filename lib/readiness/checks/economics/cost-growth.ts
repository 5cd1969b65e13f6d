import type { GrowthFit } from '../../../cost/cost-model';
import { formatCounted } from '../../../format';
import { wilsonInterval } from '../../../stats/wilson';
import {
  blocksCustomerLaunch,
  type CheckOutcome,
  noSessionsOutcome,
  observedFrom,
  type ReadinessCheck,
  unknownOutcome,
} from '../../check';
import { type Fact, fact } from '../../facts';
import { doubtOf, judgeAtMost } from '../../judge';
import { writeFact, writeValue } from '../../write-fact';

const maxExponent = 1.2;

/**
 * Share of long sessions whose history was cut back from which compaction counts as at work. A
 * judgement: below one half, the usual long session pays for its whole history.
 */
const minCompactedShare = 0.5;

/**
 * ECON-03. The exponent b of cumulative cost ~ n^b: 1 is linear, full replay of history tends to 2.
 *
 * Compaction that was seen at work in most long sessions is enough whatever the exponent, decided by
 * the lower end of that share. Compaction that is only declared is not, since a measured exponent
 * speaks against it; it is a doubt only where no session was long enough to see it in.
 */
export const costGrowth: ReadinessCheck = {
  id: 'ECON-03',
  version: '1.0.0',
  area: 'economics',
  question: 'Does the cost of a session stay close to linear in its length?',
  titles: {
    pass: 'The cost of a session grows in proportion to its length',
    warn: 'The cost of a session may grow faster than its length',
    fail: 'The cost of a session grows faster than its length',
    unknown: 'How cost grows with the length of a session is not known',
  },
  severity: blocksCustomerLaunch,
  threshold: 'Exponent of cumulative cost at most 1.2, or compaction in half of the long sessions',
  remedy:
    'Compact history at a threshold, cap tool results, or start sub-agents on a fresh context.',
  isTraceDerived: true,
  assess: ({ cost, system }) => {
    if (cost === null) return noSessionsOutcome();
    if (cost.growth === null || cost.growth.exponent === null) {
      return unknownOutcome(
        'sample_too_small',
        'No session has enough calls with a cost to fit how cost grows.',
        'Import longer sessions: at least three model calls with usage in each.',
      );
    }
    return judge(cost.growth, system.hasCompaction);
  },
};

function judge(growth: GrowthFit, hasCompaction: boolean | null): CheckOutcome {
  const exponent = fact(
    'cost.growth.exponent',
    'Exponent of cumulative cost',
    growth.exponent,
    'number',
    { sample: growth.calls, interval95: growth.exponentInterval95, basis: 'modelled' },
  );
  const compacted = compactedShareOf(growth);
  const evidence = [
    exponent,
    fact('trace.llm.tokens_per_call', 'Tokens added per call', growth.tokensPerCall, 'count', {
      sample: growth.calls,
      interval95: growth.interval95,
    }),
    fact('trace.llm.context_resets', 'Context resets seen', growth.contextResets, 'count'),
    compacted,
  ];
  const common = { basis: 'modelled', observed: observedFrom(exponent), evidence } as const;
  const found = `Cost grows as length to the power ${writeFact({ ...exponent, sample: null })}, against ${writeValue(maxExponent, 'number')}`;
  const judgement = judgeAtMost(exponent, maxExponent, true);
  if (judgement.status === 'pass') return { ...common, ...judgement, detail: `${found}.` };
  const share = hasCompaction === false ? null : compacted.value;
  if (share !== null && share >= minCompactedShare) {
    return { ...common, ...judgeCompacted(compacted, found) };
  }
  if (judgement.status === 'fail' && hasCompaction === true && compacted.value === null) {
    return {
      ...common,
      status: 'warn',
      reason: 'not_observable',
      title: 'Compaction is declared, but was not seen at work',
      detail: `${found}; compaction is declared, but no session was long enough to see it in.`,
    };
  }
  const seen =
    growth.contextResets === 0
      ? ''
      : `; history was cut back ${formatCounted(growth.contextResets, 'time')}, ${describeShare(compacted)}`;
  return { ...common, ...judgement, detail: `${found}${doubtOf(judgement, exponent)}${seen}.` };
}

function compactedShareOf({ longSessions = 0, longSessionsWithReset = 0 }: GrowthFit): Fact {
  const isKnown = longSessions > 0;
  return fact(
    'trace.llm.compacted_share',
    'Long sessions whose history was cut back',
    isKnown ? longSessionsWithReset / longSessions : null,
    'ratio',
    {
      sample: isKnown ? longSessions : null,
      interval95: isKnown ? wilsonInterval(longSessionsWithReset, longSessions) : null,
    },
  );
}

function judgeCompacted(
  compacted: Fact,
  found: string,
): Pick<CheckOutcome, 'status' | 'reason' | 'title' | 'detail'> {
  const detail = `${found}, and history was cut back ${describeShare(compacted)}`;
  if ((compacted.interval95?.[0] ?? 0) >= minCompactedShare) {
    return {
      status: 'pass',
      reason: 'met',
      title: 'Compaction bounds the cost of long sessions',
      detail: `${detail}.`,
    };
  }
  return {
    status: 'warn',
    reason: 'inconclusive',
    title: 'Compaction may bound the cost of long sessions',
    detail: `${detail}; too few to be sure that it is half of them.`,
  };
}

function describeShare(compacted: Fact): string {
  if (compacted.value === null) return 'but no session has ten calls';
  return `in ${writeFact({ ...compacted, sample: null })} of ${formatCounted(compacted.sample ?? 0, 'long session')}`;
}
