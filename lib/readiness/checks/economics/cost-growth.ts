import type { GrowthFit } from '../../../cost/cost-model';
import { formatCount } from '../../../format';
import {
  blocksCustomerLaunch,
  type CheckOutcome,
  noSessionsOutcome,
  observedFrom,
  type ReadinessCheck,
  unknownOutcome,
} from '../../check';
import { fact } from '../../facts';
import { doubtOf, judgeAtMost } from '../../judge';
import { writeFact, writeValue } from '../../write-fact';

const maxExponent = 1.2;

/**
 * ECON-03. The exponent b of cumulative cost ~ n^b: 1 is linear, full replay of history tends to 2.
 *
 * Compaction that was seen at work is enough whatever the exponent; compaction that is only
 * declared is not, since a measured exponent speaks against it.
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
  threshold: 'Exponent of cumulative cost at most 1.2, or compaction at work',
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
  const evidence = [
    exponent,
    fact('trace.llm.tokens_per_call', 'Tokens added per call', growth.tokensPerCall, 'count', {
      sample: growth.calls,
      interval95: growth.interval95,
    }),
    fact('trace.llm.context_resets', 'Context resets seen', growth.contextResets, 'count'),
  ];
  const common = { basis: 'modelled', observed: observedFrom(exponent), evidence } as const;
  const found = `Cost grows as length to the power ${writeFact({ ...exponent, sample: null })}, against ${writeValue(maxExponent, 'number')}`;
  const judgement = judgeAtMost(exponent, maxExponent, true);
  if (judgement.status === 'pass') return { ...common, ...judgement, detail: `${found}.` };
  if (growth.contextResets > 0 && hasCompaction !== false) {
    return {
      ...common,
      status: 'pass',
      reason: 'met',
      title: 'Compaction bounds the cost of long sessions',
      detail: `${found}, and history was cut back ${formatCount(growth.contextResets)} times in ${formatCount(growth.segments)} segments.`,
    };
  }
  if (judgement.status === 'fail' && hasCompaction === true) {
    return {
      ...common,
      status: 'warn',
      reason: 'not_observable',
      title: 'Compaction is declared, but was not seen at work',
      detail: `${found}; compaction is declared, but no context reset was seen.`,
    };
  }
  return { ...common, ...judgement, detail: `${found}${doubtOf(judgement, exponent)}.` };
}
