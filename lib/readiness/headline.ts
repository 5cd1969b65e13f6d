import { formatCount } from '../format';
import type { CheckResult, OperatingEnvelope, VerdictKind } from './assessment';

const words = [
  'no',
  'one',
  'two',
  'three',
  'four',
  'five',
  'six',
  'seven',
  'eight',
  'nine',
  'ten',
  'eleven',
  'twelve',
];

const countOf = (count: number, one: string, many: string): string =>
  `${words[count] ?? formatCount(count)} ${count === 1 ? one : many}`;

/** The finding of the readiness page, computed from the results and honest about missing evidence. */
export function writeHeadline(
  verdict: VerdictKind,
  results: readonly CheckResult[],
  envelope: OperatingEnvelope,
  hasSessions: boolean,
): string {
  if (verdict === 'no_go') {
    return hasSessions ? notReady(results) : 'Not assessed: no session has been imported';
  }
  const limit =
    envelope.maxConcurrentAgents === null
      ? '; how many agents it carries is not known'
      : `, up to ${formatCount(envelope.maxConcurrentAgents)} concurrent agents`;
  if (verdict === 'go') return `Ready${limit}`;
  const conditions = results.filter((result) => result.isCondition).length;
  return `Ready with ${countOf(conditions, 'condition', 'conditions')}${limit}`;
}

function notReady(results: readonly CheckResult[]): string {
  const blocking = results.filter((result) => result.isBlocking);
  const failed = blocking.filter((result) => result.status === 'fail').length;
  const open = blocking.length - failed;
  const verb = blocking.length === 1 ? 'check blocks' : 'checks block';
  if (failed === 0) {
    return `Not ready: ${formatCount(open)} blocking ${open === 1 ? 'check lacks' : 'checks lack'} evidence`;
  }
  const doubt = open === 0 ? '' : `, ${formatCount(open)} of them for want of evidence`;
  return `Not ready: ${formatCount(blocking.length)} ${verb} the launch${doubt}`;
}
