import {
  blocksEveryLaunch,
  noSessionsOutcome,
  observedFrom,
  type ReadinessCheck,
} from '../../check';
import { fact } from '../../facts';
import { writeValue } from '../../write-fact';

const minCompleteness = 0.99;

/** OBS-01. Counts over the whole file, so that no interval is needed. */
export const recordCompleteness: ReadinessCheck = {
  id: 'OBS-01',
  version: '1.0.0',
  area: 'observability',
  question: 'Does the record of every call say what, with what, when, at what cost and for whom?',
  titles: {
    pass: 'The record of every call is complete',
    fail: 'The records of calls are incomplete',
    unknown: 'How complete the records of calls are is not known',
  },
  severity: blocksEveryLaunch,
  threshold: 'Each of the seven fields on at least 99 % of calls',
  remedy:
    'Record on every span what was called, input, output, start and end, usage, the identity it ran as and the agent that asked for it.',
  isTraceDerived: true,
  assess: ({ traces }) => {
    if (traces === null) return noSessionsOutcome();
    const fields = traces.fields
      .filter((field) => field.expected > 0)
      .map((field) =>
        fact(
          `trace.quality.field.${field.field.replaceAll(' ', '_')}`,
          `Calls with ${field.field}`,
          field.present / field.expected,
          'ratio',
          { sample: field.expected },
        ),
      )
      .sort((a, b) => (a.value ?? 0) - (b.value ?? 0));
    const weakest = fields[0];
    if (weakest === undefined) return noSessionsOutcome();
    const common = {
      basis: 'measured',
      observed: observedFrom(weakest),
      evidence: fields,
    } as const;
    const short = fields.filter((field) => (field.value ?? 0) < minCompleteness);
    if (short.length > 0) {
      const listed = short
        .slice(0, 3)
        .map(
          ({ label, value }) => `${label.replace('Calls with ', '')} ${writeValue(value, 'ratio')}`,
        );
      return {
        ...common,
        status: 'fail',
        reason: 'not_met',
        detail: `${short.length} of ${fields.length} fields are below 99 %: ${listed.join(', ')}${short.length > 3 ? ' and more' : ''}.`,
      };
    }
    return {
      ...common,
      status: 'pass',
      reason: 'met',
      detail: `The weakest field, ${weakest.label.replace('Calls with ', '')}, is on ${writeValue(weakest.value, 'ratio')} of calls, against 99 %.`,
    };
  },
};
