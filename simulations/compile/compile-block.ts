import type { CompiledBlock } from '../engine/compiled-scenario';
import { failureCause } from '../engine/failure-cause';
import type { Step } from '../scenario/step';
import type { LawSites } from './law-sites';
import type { StepNames } from './step-compiler';

/** What an attempt block says, without the steps in it. */
export type BlockSettings = Omit<Extract<Step, { attempt: string }>, 'steps' | 'fallback'>;

/** Lowers an attempt block; which causes it retries is filled in by {@link finishBlocks}. */
export function compileBlock(
  step: BlockSettings,
  key: string,
  { laws, names }: { readonly laws: LawSites; readonly names: StepNames },
): CompiledBlock {
  const { retry = null } = step;
  const backoff = retry?.backoff;
  return {
    name: step.attempt,
    timeout:
      step.timeoutSec === undefined ? null : laws.quantity(step.timeoutSec, `${key}/timeout`),
    continuesAfterTimeout: step.afterTimeout === 'continues',
    retry,
    retryDelay:
      retry?.delaySec === undefined ? null : laws.quantity(retry.delaySec, `${key}/delay`),
    retryExtra:
      backoff?.extraSec === undefined ? null : laws.quantity(backoff.extraSec, `${key}/extra`),
    retriedCauses: new Uint8Array(0),
    jitter: laws.uniform(`${key}/jitter`),
    budget: retry?.budget === undefined ? -1 : names.budget(retry.budget),
    breaker: step.breaker === undefined ? -1 : names.breaker(step.breaker),
    fallbackPc: -1,
  };
}

/** Blocks with the causes that each retries, once all causes of the scenario are known. */
export function finishBlocks(
  blocks: readonly CompiledBlock[],
  causes: readonly string[],
): CompiledBlock[] {
  const never = [failureCause.circuit_open, failureCause.deadline, failureCause.cancelled];
  return blocks.map((block) => {
    const retriedCauses = new Uint8Array(causes.length);
    const { on } = block.retry ?? {};
    for (let cause = 1; cause < retriedCauses.length; cause++) {
      const isRetried = on === undefined ? !never.includes(cause) : on.includes(causes[cause]);
      retriedCauses[cause] = isRetried ? 1 : 0;
    }
    return { ...block, retriedCauses };
  });
}
