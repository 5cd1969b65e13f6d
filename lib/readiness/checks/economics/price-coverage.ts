import type { CostModel } from '../../../cost/cost-model';
import { formatCount, formatCounted } from '../../../format';
import {
  blocksCustomerLaunch,
  type CheckOutcome,
  noSessionsOutcome,
  observedFrom,
  type ReadinessCheck,
  unknownOutcome,
} from '../../check';
import { fact, type ReadinessFacts } from '../../facts';
import { maxPriceAgeDays } from '../../max-age';
import { writeValue } from '../../write-fact';

const maxUsageMissingShare = 0.01;

/** ECON-06. A call without usage has no price either, whatever the price book holds. */
export const priceCoverage: ReadinessCheck = {
  id: 'ECON-06',
  version: '1.0.0',
  area: 'economics',
  question: 'Is every token priced, at prices of today?',
  titles: {
    pass: 'Every token is priced at current prices',
    warn: 'Every known token is priced, but usage is missing on some calls',
    fail: 'Tokens are unpriced, or prices are out of date',
    unknown: 'Whether every token is priced is not known',
  },
  severity: blocksCustomerLaunch,
  threshold: 'No unpriced token, price book at most 90 days old',
  remedy: 'Add prices for the models that are unpriced, and update the price book.',
  isTraceDerived: true,
  assess: (facts) =>
    facts.cost === null || facts.cost.coverage.modelCalls === 0
      ? noSessionsOutcome()
      : judge(facts, facts.cost),
};

function judge({ traces, priceAgeDays }: ReadinessFacts, { coverage }: CostModel): CheckOutcome {
  const share = coverage.unpricedTokens === 0 ? 0 : (traces?.unpricedTokenShare ?? null);
  const unpriced = fact(
    'cost.unpriced_share',
    'Share of tokens that are unpriced',
    share,
    'ratio',
    {
      sample: coverage.modelCalls,
    },
  );
  const evidence = [
    unpriced,
    fact('cost.unpriced_tokens', 'Unpriced tokens', coverage.unpricedTokens, 'count'),
    fact('cost.usage_missing', 'Calls without usage', coverage.usageMissingCalls, 'count', {
      sample: coverage.modelCalls,
    }),
    fact('cost.price_age', `Age of ${coverage.priceBook.name}`, priceAgeDays, 'days', {
      basis: 'declared',
    }),
  ];
  const common = { basis: 'measured', observed: observedFrom(unpriced), evidence } as const;
  const age = `prices are ${writeValue(priceAgeDays, 'days')} old, against ${maxPriceAgeDays} at most`;
  if (coverage.unpricedTokens > 0) {
    const part = share === null ? '' : ` (${writeValue(share, 'ratio')})`;
    return {
      ...common,
      status: 'fail',
      reason: 'not_met',
      title: 'Some tokens are unpriced',
      detail: `${formatCounted(coverage.unpricedTokens, 'token')}${part} ${coverage.unpricedTokens === 1 ? 'is' : 'are'} unpriced, against none; ${age}.`,
    };
  }
  if (coverage.usageMissingCalls >= coverage.modelCalls) {
    return unknownOutcome(
      'no_evidence',
      'No model call records its token usage.',
      'Export token usage on every model call.',
      { evidence },
    );
  }
  if (priceAgeDays === null) {
    return unknownOutcome(
      'no_evidence',
      'The date of the price book is not known.',
      'Update the price book.',
      { evidence },
    );
  }
  if (priceAgeDays > maxPriceAgeDays) {
    return {
      ...common,
      status: 'fail',
      reason: 'not_met',
      title: 'Prices are out of date',
      detail: `Every token is priced, but ${age}.`,
    };
  }
  if (coverage.usageMissingCalls > maxUsageMissingShare * coverage.modelCalls) {
    return {
      ...common,
      status: 'warn',
      reason: 'inconclusive',
      detail: `${formatCount(coverage.usageMissingCalls)} of ${formatCount(coverage.modelCalls)} model calls record no usage; ${age}.`,
    };
  }
  return { ...common, status: 'pass', reason: 'met', detail: `Every token is priced; ${age}.` };
}
