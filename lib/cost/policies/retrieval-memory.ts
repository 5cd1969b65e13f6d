import type { ReplayContext } from '../replay/replay-context';
import type { ThreadStep } from '../replay/thread-scratch';
import { CallShare } from './call-share';
import { dropTurns } from './drop-turns';
import type { PolicyOf } from './policy-of';
import { unsentSentence } from './unsent-sentence';

/**
 * Retrieved passages in place of older turns, and a share of calls whose work is found and not done
 * again.
 *
 * What is retrieved follows the standing prefix and is another for each turn, so the prompt cache
 * breaks there at every turn. No more is retrieved than the history that it replaces. A call that is
 * not made leaves its result in the history as if it had been, and nothing in the prompt cache.
 */
export function prepareRetrievalMemory(
  policy: PolicyOf<'retrieval_memory'>,
  context: ReplayContext,
): ThreadStep {
  const skipped = new CallShare(
    context.set,
    context.nextSalt('retrieval_memory'),
    policy.skippedShare,
  );
  const window = { turns: policy.keptTurns + 1, retrievedTokens: policy.retrievedTokens };
  context.assume(
    () =>
      'What is retrieved is taken to be as good as the history that it replaces; storing and searching it costs extra.',
  );
  context.assume(() =>
    context.set.turn.some((turn) => turn >= 0)
      ? null
      : 'No turns are recorded: each call counts as one.',
  );
  if (policy.skippedShare > 0) context.assume(() => unsentSentence);
  return (thread) => {
    dropTurns(thread, window);
    if (policy.skippedShare === 0) return;
    for (let k = 0; k < thread.calls; k++) if (skipped.has(thread, k)) thread.isUnsent[k] = 1;
  };
}
