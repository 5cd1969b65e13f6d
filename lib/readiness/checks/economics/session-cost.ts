import type { CostModel } from '../../../cost/cost-model';
import { formatCount } from '../../../format';
import {
  blocksEveryLaunch,
  type CheckOutcome,
  noSessionsOutcome,
  observedFrom,
  type ReadinessCheck,
  unknownOutcome,
} from '../../check';
import { fact } from '../../facts';
import { doubtOf, judgeAtMost } from '../../judge';
import { writeFact, writeValue } from '../../write-fact';

const maxUncostedShare = 0.01;

/** ECON-01. Failed and abandoned sessions are in the distribution like any other. */
export const sessionCost: ReadinessCheck = {
  id: 'ECON-01',
  version: '1.0.0',
  area: 'economics',
  question: 'Does a session cost what it may?',
  titles: {
    pass: 'A session costs no more than its target',
    warn: 'A session may cost more than its target',
    fail: 'A session costs more than its target',
    unknown: 'Whether a session costs what it may is not known',
  },
  severity: blocksEveryLaunch,
  threshold: 'Upper end of the P95 of session cost within the declared target',
  remedy: 'Cut re-sent history, cache the standing prompt, or route steps to a cheaper model.',
  isTraceDerived: true,
  assess: ({ cost, system }) =>
    cost === null ? noSessionsOutcome() : judge(cost, system.costTargetUsdP95),
};

function judge(cost: CostModel, targetUsd: number | null): CheckOutcome {
  const perSession = cost.costPerSessionUsd;
  if (perSession === null) {
    return unknownOutcome(
      'no_evidence',
      'No session has a call with a price.',
      'Add prices for the models in use, or export token usage where it is missing.',
    );
  }
  const { coverage } = cost;
  const common = { sample: coverage.sessions, basis: 'modelled' } as const;
  const p95 = fact('cost.session.p95', 'Cost per session, P95', perSession.p95, 'usd', {
    ...common,
    interval95: perSession.p95Interval95,
  });
  const uncosted = coverage.unpricedCalls + coverage.usageMissingCalls;
  const evidence = [
    p95,
    fact('cost.session.p50', 'Cost per session, P50', perSession.p50, 'usd', common),
    fact('cost.session.mean', 'Cost per session, mean', perSession.mean, 'usd', {
      ...common,
      interval95: perSession.meanInterval95,
    }),
    fact('cost.uncosted_calls', 'Model calls without a cost', uncosted, 'count', {
      sample: coverage.modelCalls,
    }),
    fact('config.cost_target', 'Target, P95', targetUsd, 'usd', { basis: 'declared' }),
  ];
  const shared = { basis: 'modelled', observed: observedFrom(p95), evidence } as const;
  const found = `P95 of session cost is ${writeFact({ ...p95, sample: null })}`;
  if (targetUsd === null) {
    return unknownOutcome(
      'not_declared',
      `${found}; no target is declared.`,
      'Declare the cost target of a session in the system description.',
      shared,
    );
  }
  const target = writeValue(targetUsd, 'usd');
  const judgement = judgeAtMost(p95, targetUsd, true);
  if (judgement.status === 'pass' && uncosted > maxUncostedShare * coverage.modelCalls) {
    return {
      ...shared,
      status: 'warn',
      reason: 'inconclusive',
      detail: `${found}, against ${target}, but ${formatCount(uncosted)} of ${formatCount(coverage.modelCalls)} model calls have no cost.`,
    };
  }
  return {
    ...shared,
    ...judgement,
    detail: `${found}, against ${target}${doubtOf(judgement, p95)}.`,
  };
}
