import type { CompiledBlock } from '../engine/compiled-scenario';
import type { Kernel } from '../engine/kernel';
import type { Backoff } from '../scenario/policy';

/** Delays grow no longer than the longest time that a scenario can state, in s. */
const longestSec = 1e9;

/** Least share of the delay that downward jitter leaves. */
const downwardSpread = 0.25;

/**
 * Draws the delay between two attempts of a task into `laws.drawn[0]`, in s.
 *
 * It is what the delay law or the backoff of the block gives, and at least what the refusal asks for
 * that is being handled, where the block honours that.
 */
export function drawRetryDelay(kernel: Kernel, task: number, block: CompiledBlock): void {
  const { retry, retryDelay } = block;
  const { drawn } = kernel.laws;
  drawn[0] = 0;
  if (retry === null) return;
  if (retryDelay !== null) kernel.draw(retryDelay);
  else if (retry.backoff !== undefined) drawBackoff(kernel, task, block, retry.backoff);
  if (retry.honourRetryAfter !== false && kernel.retryAfterSec[0] > drawn[0]) {
    drawn[0] = kernel.retryAfterSec[0];
  }
}

/**
 * Draws a backoff after failure number `attempt[task]` = 1, 2, …: with e = min(cap, base ·
 * factor^(failures − 1 + firstExponent)), the delay is e (none), e/2 + U(0, e/2) (equal), U(0, e)
 * (full), e · (1 − U(0, ¼)) (downward) or, whatever e, s ← min(cap, U(base, 3s)) from s = base on
 * (decorrelated).
 *
 * @see Brooker, Exponential Backoff And Jitter, AWS Architecture Blog (2015), for all but downward
 */
function drawBackoff(kernel: Kernel, task: number, block: CompiledBlock, backoff: Backoff): void {
  const { tasks, laws } = kernel;
  const { baseSec, capSec = longestSec, jitter = 'none' } = backoff;
  const failures = tasks.attempt[task];
  let delaySec = 0;
  if (jitter === 'decorrelated') {
    const lastSec = failures === 1 ? baseSec : tasks.backoffSec[task];
    laws.drawFloat(block.jitter);
    delaySec = Math.min(capSec, baseSec + laws.drawn[0] * Math.max(0, 3 * lastSec - baseSec));
    tasks.backoffSec[task] = delaySec;
  } else if (baseSec > 0) {
    const exponent = failures - 1 + (backoff.firstExponent ?? 0);
    const growth = (backoff.factor ?? 2) ** exponent;
    const fullSec = Math.min(capSec, longestSec, baseSec * growth);
    delaySec = fullSec;
    if (jitter !== 'none') {
      laws.drawFloat(block.jitter);
      const drawn = laws.drawn[0];
      if (jitter === 'full') delaySec = fullSec * drawn;
      else if (jitter === 'equal') delaySec = 0.5 * fullSec * (1 + drawn);
      else delaySec = fullSec * (1 - downwardSpread * drawn);
    }
  }
  laws.drawn[0] = 0;
  if (block.retryExtra !== null) kernel.draw(block.retryExtra);
  laws.drawn[0] += delaySec;
}
