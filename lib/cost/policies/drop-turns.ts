import type { ThreadScratch } from '../replay/thread-scratch';

/** How much history is still sent, and what is sent in place of the rest. */
export interface TurnWindow {
  readonly turns: number; //             the current one among them; at least 1
  readonly retrievedTokens: number; //   never more than what they replace
}

/** Turn of a call; where turns are not recorded each call is one. */
function turnAt(thread: ThreadScratch, k: number, before: number): number {
  const turn = thread.set.turn[thread.first + k];
  return Math.max(before, turn < 0 ? before + 1 : turn);
}

/**
 * Drops the turns of a thread that lie before a window.
 *
 * Where turns drop out, the prompt has only the standing prefix in common with the one before it;
 * the calls that follow within the same turn share it again.
 *
 * @returns how many prompts are shorter
 */
export function dropTurns(thread: ThreadScratch, window: TurnWindow): number {
  const { shared, added, output, content, standing, set, first } = thread;
  let turn = -1;
  let oldest = 0; //       first call whose content is still sent
  let oldestTurn = -1;
  let dropped = 0;
  let shortened = 0;
  for (let k = 0; k < thread.calls; k++) {
    const prompt = shared[k] + added[k];
    turn = turnAt(thread, k, turn);
    content[k] =
      prompt === 0 ? 0 : (k === thread.firstPrompt ? prompt - standing : added[k]) + output[k];
    if (prompt === 0) continue;
    if (k === thread.firstPrompt || thread.isReset[k] !== 0) {
      oldest = k;
      oldestTurn = turn;
      dropped = 0;
    }
    let isCut = false;
    while (oldest < k && oldestTurn <= turn - window.turns) {
      dropped += content[oldest];
      oldest++;
      const recorded = set.turn[first + oldest];
      oldestTurn = Math.max(oldestTurn, recorded < 0 ? oldestTurn + 1 : recorded);
      isCut = true;
    }
    if (dropped === 0) continue;
    const kept = Math.max(prompt - dropped, Math.min(prompt, standing + added[k]));
    const sent = kept + Math.min(window.retrievedTokens, prompt - kept);
    shared[k] = isCut ? Math.min(standing, sent) : Math.max(0, sent - added[k]);
    added[k] = sent - shared[k];
    if (isCut) thread.isReset[k] = 2;
    shortened++;
  }
  return shortened;
}
