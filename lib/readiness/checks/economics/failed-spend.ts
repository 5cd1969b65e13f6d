import type { CostModel } from '../../../cost/cost-model';
import { formatDecimal } from '../../../format';
import {
  type CheckOutcome,
  conditionsCustomerLaunch,
  noSessionsOutcome,
  observedFrom,
  type ReadinessCheck,
  unknownOutcome,
} from '../../check';
import { fact, type TraceFacts } from '../../facts';
import { doubtOf, judgeAtMost } from '../../judge';
import { writeFact, writeValue } from '../../write-fact';

const maxShare = 0.1;
const maxCostRatio = 2;

/** ECON-07. Where no call ever records an error, failures cannot be told from success. */
export const failedSpend: ReadinessCheck = {
  id: 'ECON-07',
  version: '1.0.0',
  area: 'economics',
  question: 'How much is spent on sessions that fail?',
  titles: {
    pass: 'Little is spent on sessions that fail',
    warn: 'The spend on sessions that fail may be too large',
    fail: 'Too much is spent on sessions that fail',
    unknown: 'How much is spent on sessions that fail is not known',
  },
  severity: conditionsCustomerLaunch,
  threshold: 'At most 10 % of spend, and a failed session at most twice as dear as another',
  remedy: 'Stop failing sessions sooner: cap retries and steps, and check preconditions first.',
  isTraceDerived: true,
  assess: ({ cost, traces }) => {
    if (cost === null || traces === null) return noSessionsOutcome();
    if (cost.failedCostShare === null) {
      return unknownOutcome(
        'no_evidence',
        'No session has a call with a price.',
        'Add prices for the models in use, or export token usage where it is missing.',
      );
    }
    return judge(cost, cost.failedCostShare, traces);
  },
};

function judge(cost: CostModel, failedCostShare: number, { size }: TraceFacts): CheckOutcome {
  const costRatio = cost.failedCostRatio ?? null;
  const share = fact('cost.wasted_share', 'Spend of failed sessions', failedCostShare, 'ratio', {
    sample: size.sessions,
    interval95: cost.failedCostInterval95 ?? null,
  });
  const evidence = [
    share,
    fact('cost.failed_ratio', 'Cost of a failed session ÷ another', costRatio, 'number'),
    fact('trace.session.failed', 'Sessions that ended in an error', size.failedSessions, 'count', {
      sample: size.sessions,
    }),
    fact('trace.quality.errors', 'Calls that record an error', size.callsWithError, 'count'),
  ];
  const common = { basis: 'measured', observed: observedFrom(share), evidence } as const;
  const found = `${writeFact({ ...share, sample: null })} of spend is on failed sessions, against ${writeValue(maxShare, 'ratio')}`;
  if (failedCostShare === 0 && size.callsWithError === 0) {
    return unknownOutcome(
      'not_observable',
      'No call records an error, so that failures cannot be told from success.',
      'Export the error type on calls that fail.',
      { evidence },
    );
  }
  const judgement = judgeAtMost(share, maxShare, true);
  if (judgement.status !== 'fail' && (costRatio ?? 0) > maxCostRatio) {
    return {
      ...common,
      status: 'warn',
      reason: 'near_threshold',
      title: 'A failed session is far dearer than another',
      detail: `${found}; a failed session costs ${formatDecimal(costRatio)} times another, against ${maxCostRatio}.`,
    };
  }
  return { ...common, ...judgement, detail: `${found}${doubtOf(judgement, share)}.` };
}
