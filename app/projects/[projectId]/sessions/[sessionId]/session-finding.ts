import type { SessionCall, SessionDetail } from '@/lib/contracts/session';
import { formatCount, formatCounted, formatPercent, formatUsd } from '@/lib/format';

/** The finding of a session's page: its cost and what drives it. */
export function sessionFinding(detail: SessionDetail): { title: string; lede: string } {
  const { session } = detail;
  const calls = formatCounted(session.modelCalls, 'model call');
  if (session.modelCalls === 0) {
    return { title: 'This session made no model call', lede: 'Nothing of it can be priced.' };
  }
  const share = resentShare(detail.calls);
  const history =
    share === null ? '' : `; ${formatPercent(share)} of their prompt tokens were sent before`;
  if (session.listCostUsd === null) {
    return {
      title: `${calls}, none of which has a price`,
      lede: 'Their models are not in the price book, or their usage is missing.',
    };
  }
  return {
    title: `${calls} cost ${formatUsd(session.listCostUsd)}${history}`,
    lede: ledeOf(detail),
  };
}

function resentShare(calls: readonly SessionCall[]): number | null {
  let prompt = 0;
  let resent = 0;
  for (const call of calls) {
    if (call.kind !== 'model' || call.promptTokens === null || call.resentTokens === null) continue;
    prompt += call.promptTokens;
    resent += call.resentTokens;
  }
  return prompt === 0 ? null : resent / prompt;
}

function ledeOf({ session, calls }: SessionDetail): string {
  const models = calls.filter((call) => call.kind === 'model');
  const dearestIndex = models.reduce(
    (best, call, index) =>
      (call.listCostUsd ?? -1) > (models[best]?.listCostUsd ?? -1) ? index : best,
    0,
  );
  const dearest = models[dearestIndex];
  const sentences: string[] = [];
  if (dearest?.listCostUsd !== null && dearest?.listCostUsd !== undefined && models.length > 1) {
    sentences.push(
      `Call ${formatCount(dearestIndex + 1)} is the dearest at ${formatUsd(dearest.listCostUsd, 'exact')}.`,
    );
  }
  if (session.unpricedCalls > 0) {
    sentences.push(`${formatCounted(session.unpricedCalls, 'call')} without a price not counted.`);
  }
  if (session.errors > 0) sentences.push(`${formatCounted(session.errors, 'call')} failed.`);
  return sentences.join(' ');
}
