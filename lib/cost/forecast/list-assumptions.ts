import type { ForecastBasis, ForecastPlan } from './forecast';

/** What a forecast takes for granted, one sentence each; numbers of the plan are not repeated. */
export function listAssumptions(plan: ForecastPlan, basis: ForecastBasis): string[] {
  const sentences = [
    'Sessions to come cost what the imported ones would: their prices, agents and users stay as they are.',
    'A range is read as lognormal, with one chance in ten below it and one in ten above it.',
    'Sessions arrive independently of each other; busier and quieter spells belong into the range.',
    basis.length.source,
    basis.load.source,
  ];
  if (basis.policyNote !== null) sentences.push(basis.policyNote);
  if (plan.mix !== null) {
    sentences.push(`Sessions are mixed by the planned shares of each ${plan.mix.by}.`);
  }
  if (basis.unpricedSessions > 0) {
    sentences.push(
      `${basis.unpricedSessions} imported sessions have no priced call and count for nothing here.`,
    );
  }
  const read = (basis.all?.sessions ?? 0) + basis.unpricedSessions;
  if (read < basis.sessionsInStore) {
    sentences.push(`Costs rest on a sample of ${read} of ${basis.sessionsInStore} sessions.`);
  }
  return sentences;
}
