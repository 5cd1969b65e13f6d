import type { ReplayContext } from '../replay/replay-context';
import { followContext, type ThreadScratch, type ThreadStep } from '../replay/thread-scratch';
import type { PolicyOf } from './policy-of';

/** Tokens at which a context is summarised, and those of the summary, in tokens as measured. */
interface Limits {
  readonly threshold: number;
  readonly summary: number;
}

/** Whether a context is summarised before call k; one that would not shrink is not. */
function isDue(thread: ThreadScratch, k: number, context: number, limits: Limits): boolean {
  const ratio = thread.tokenRatio[k];
  return (
    (context + thread.added[k]) * ratio >= limits.threshold &&
    context > thread.standing + limits.summary / ratio
  );
}

/** Summarises the context before call k, and lets the call begin a new one. */
function summarize(thread: ThreadScratch, k: number, context: number, summary: number): void {
  thread.summaryCalls[k]++;
  thread.summaryPrompt[k] += context;
  thread.summaryOutput[k] += summary;
  thread.shared[k] = Math.min(thread.standing, context);
  thread.added[k] += summary;
  thread.isReset[k] = 2;
}

/**
 * Lets the context before a measured reset go on where this policy has changed it, or summarises it
 * now: what the reset has kept is no new content then.
 */
function continueReset(
  thread: ThreadScratch,
  k: number,
  { was, is, limits }: { was: number; is: number; limits: Limits },
): void {
  const kept = thread.added[k];
  thread.added[k] = 0;
  if (was === is && !isDue(thread, k, is, limits)) {
    thread.added[k] = kept;
    return;
  }
  thread.isReset[k] = 0;
  thread.shared[k] = is;
}

/** Whether a prompt reaches the threshold in a thread that has calls without unit prices. */
function isUnpriced(thread: ThreadScratch, { threshold }: Limits): boolean {
  let reaches = false;
  let lacksPrice = false;
  for (let k = 0; k < thread.calls; k++) {
    const prompt = thread.shared[k] + thread.added[k];
    if (prompt === 0) continue;
    reaches ||= k > thread.firstPrompt && prompt * thread.tokenRatio[k] >= threshold;
    lacksPrice ||= thread.price[k] < 0;
  }
  return reaches && lacksPrice;
}

/** @returns how often this thread was summarised */
function compactThread(thread: ThreadScratch, limits: Limits, context: ReplayContext): number {
  let was = -1;
  let is = -1;
  let compactions = 0;
  for (let k = 0; k < thread.calls; k++) {
    const found = thread.shared[k] + thread.added[k];
    if (found === 0) continue;
    const isFirst = was < 0;
    if (!isFirst && thread.isReset[k] === 1) continueReset(thread, k, { was, is, limits });
    else if (!isFirst) thread.shared[k] = followContext(thread, k, was, is);
    // An answer out of a store is no call that a summary could be charged with.
    const isCharged = !context.isFree(thread.price[k]);
    if (!isFirst && isCharged && isDue(thread, k, thread.shared[k], limits)) {
      summarize(thread, k, thread.shared[k], limits.summary / thread.tokenRatio[k]);
      compactions++;
    }
    was = found + thread.output[k];
    is = thread.shared[k] + thread.added[k] + thread.output[k];
  }
  return compactions;
}

/**
 * Before a call whose prompt would reach the threshold, the context is summarised: a call with the
 * whole context as prompt and the summary as output is charged, and the context restarts with the
 * standing prefix and the summary. From there it grows by what was measured.
 *
 * A reset in the trace stands until this policy has acted; from then on the context that it would
 * have cut back goes on growing, because it is smaller already. So a threshold above all prompts
 * changes nothing, and the threshold at which a session was really compacted gives its own prompts
 * again.
 */
export function prepareCompaction(
  policy: PolicyOf<'compaction'>,
  context: ReplayContext,
): ThreadStep {
  const limits = { threshold: policy.thresholdTokens, summary: policy.summaryTokens };
  let compactions = 0;
  let unpriced = 0;
  context.assume(() =>
    compactions === 0
      ? null
      : 'A summary is taken to be as good as the history that it replaces: no call is repeated because of it.',
  );
  context.assume(() =>
    compactions === 0 && unpriced === 0
      ? 'No context reached the threshold of the compaction: nothing was summarised.'
      : null,
  );
  context.assume(() =>
    unpriced === 0
      ? null
      : `The summaries of ${unpriced} threads could not be priced, since calls there have no unit prices: these threads are not compacted.`,
  );
  return (thread) => {
    if (isUnpriced(thread, limits)) unpriced++;
    else compactions += compactThread(thread, limits, context);
  };
}
