import { callKindCode, type SessionSet } from '../sessions/session';

/** How complete one field of the execution record is. */
export interface FieldCompleteness {
  readonly field: string;
  readonly present: number;
  readonly expected: number;
}

const isKnownIndex = (value: number | undefined): boolean => value !== undefined && value >= 0;
const isKnownNumber = (value: number | undefined): boolean =>
  value !== undefined && !Number.isNaN(value);

/**
 * Counts how often each of the seven fields of an execution record is there: what was called,
 * its input, its output, its timing, its usage or cost, the identity it ran as and the agent that
 * delegated it. Usage and cost are expected of model calls only; agent spans are left out.
 */
export function measureCompleteness({ calls }: SessionSet): readonly FieldCompleteness[] {
  const counts = {
    name: 0,
    input: 0,
    output: 0,
    timing: 0,
    usage: 0,
    identity: 0,
    delegation: 0,
  };
  let all = 0;
  let models = 0;
  for (let row = 0; row < calls.length; row++) {
    const kind = calls.kind[row];
    if (kind === callKindCode.agent) continue;
    all += 1;
    const isModel = kind === callKindCode.model;
    const isNamed = isModel
      ? isKnownIndex(calls.model[row])
      : isKnownIndex(calls.tool[row]) || isKnownIndex(calls.dependency[row]);
    if (isNamed) counts.name += 1;
    if (calls.hasInput[row] === 1) counts.input += 1;
    if (calls.hasOutput[row] === 1) counts.output += 1;
    if (isKnownNumber(calls.startMs[row]) && isKnownNumber(calls.endMs[row])) counts.timing += 1;
    if (isKnownIndex(calls.principal[row])) counts.identity += 1;
    if (isKnownIndex(calls.agent[row])) counts.delegation += 1;
    if (!isModel) continue;
    models += 1;
    if (isKnownNumber(calls.output[row]) || isKnownNumber(calls.recordedCostUsd[row])) {
      counts.usage += 1;
    }
  }
  return [
    { field: 'what was called', present: counts.name, expected: all },
    { field: 'input', present: counts.input, expected: all },
    { field: 'output', present: counts.output, expected: all },
    { field: 'start and end', present: counts.timing, expected: all },
    { field: 'usage or cost', present: counts.usage, expected: models },
    { field: 'identity', present: counts.identity, expected: all },
    { field: 'delegating agent', present: counts.delegation, expected: all },
  ];
}
