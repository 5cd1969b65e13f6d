import type { ReplayContext } from '../replay/replay-context';
import { followContext, type ThreadStep } from '../replay/thread-scratch';
import type { PolicyOf } from './policy-of';

/**
 * New content that came from tools is cut at its source, so that every later prompt is shorter too.
 *
 * The new content of a call counts as results of the tool calls that ended before it, each with the
 * cap to itself; the first prompt of a thread and what a reset has kept are none.
 */
export function prepareToolResultCap(
  policy: PolicyOf<'tool_result_cap'>,
  context: ReplayContext,
): ThreadStep {
  const { toolResults } = context.set;
  context.assume(() =>
    toolResults.some((results) => results > 0)
      ? 'The new content of a call after tool calls is taken to be their results; that a call needs what is cut is not looked at.'
      : 'No tool calls are recorded: there was nothing to cut.',
  );
  return (thread) => {
    let was = -1;
    let is = -1;
    for (let k = 0; k < thread.calls; k++) {
      const found = thread.shared[k] + thread.added[k];
      if (found === 0) continue;
      if (was >= 0) thread.shared[k] = followContext(thread, k, was, is);
      const results = toolResults[thread.first + k];
      if (was >= 0 && results > 0 && thread.isReset[k] === 0) {
        const cap = (policy.tokens * results) / thread.tokenRatio[k];
        if (thread.added[k] > cap) thread.added[k] = cap;
      }
      was = found + thread.output[k];
      is = thread.shared[k] + thread.added[k] + thread.output[k];
    }
  };
}
