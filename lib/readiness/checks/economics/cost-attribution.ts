import {
  conditionsCustomerLaunch,
  noSessionsOutcome,
  observedFrom,
  type ReadinessCheck,
  unknownOutcome,
} from '../../check';
import { fact } from '../../facts';
import { writeValue } from '../../write-fact';

const minAttributed = 0.95;

/** ECON-13. Spend of calls whose agent, user, turn and step are all known. */
export const costAttribution: ReadinessCheck = {
  id: 'ECON-13',
  version: '1.0.0',
  area: 'economics',
  question: 'Can spend be attributed to agent, user, turn and step?',
  titles: {
    pass: 'Spend can be attributed to agent, user, turn and step',
    fail: 'Too much spend cannot be attributed',
    unknown: 'How much spend can be attributed is not known',
  },
  severity: conditionsCustomerLaunch,
  threshold: 'At least 95 % of spend attributed',
  remedy: 'Record agent name, user identity and turn on every model call.',
  isTraceDerived: true,
  assess: ({ cost }) => {
    if (cost === null) return noSessionsOutcome();
    const share = fact('cost.attribution', 'Spend attributed', cost.attributedShare, 'ratio', {
      sample: cost.coverage.modelCalls,
    });
    const { value } = share;
    if (value === null || Number.isNaN(value)) {
      return unknownOutcome(
        'no_evidence',
        'No call has a price, so that there is no spend to attribute.',
        'Add prices for the models in use, or export token usage where it is missing.',
      );
    }
    const isMet = value >= minAttributed;
    return {
      status: isMet ? 'pass' : 'fail',
      reason: isMet ? 'met' : 'not_met',
      basis: 'measured',
      observed: observedFrom(share),
      evidence: [share],
      detail: `${writeValue(value, 'ratio')} of spend is attributed to agent, user, turn and step, against ${writeValue(minAttributed, 'ratio')}.`,
    };
  },
};
