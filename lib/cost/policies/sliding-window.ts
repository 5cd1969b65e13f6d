import type { ReplayContext } from '../replay/replay-context';
import type { ThreadStep } from '../replay/thread-scratch';
import { dropTurns } from './drop-turns';
import type { PolicyOf } from './policy-of';

/**
 * Only the last turns are sent, the current one among them; the standing prefix always is.
 *
 * The prompt cache breaks where turns drop out, and is charged so.
 */
export function prepareSlidingWindow(
  policy: PolicyOf<'sliding_window'>,
  context: ReplayContext,
): ThreadStep {
  let shortened = 0;
  const hasTurns = context.set.turn.some((turn) => turn >= 0);
  context.assume(() =>
    shortened === 0
      ? null
      : 'What agents forget is taken not to be asked for again: no call is repeated because of it.',
  );
  context.assume(() =>
    shortened === 0 || hasTurns ? null : 'No turns are recorded: each call counts as one.',
  );
  return (thread) => {
    shortened += dropTurns(thread, { turns: policy.turns, retrievedTokens: 0 });
  };
}
