import { lawMoments } from '@/simulations/analytic/law-moments';
import {
  advanceBy,
  type Branch,
  elapsedSec,
  type Passage,
  share,
} from '@/simulations/analytic/session-branch';
import type { SessionLedger } from '@/simulations/analytic/session-ledger';
import type { Step } from '@/simulations/scenario/step';

type Attempt = Extract<Step, { attempt: string }>;
type WalkList = (steps: readonly Step[], from: Branch) => Passage;

/** Ways after attempts that fail by what is known of their steps, and are made again. */
export function walkAttempt(
  ledger: SessionLedger,
  list: WalkList,
  step: Attempt,
  branch: Branch,
): Passage {
  const outerMarks = ledger.marks;
  const { retry } = step;
  const most =
    retry === undefined
      ? 1
      : retry.attempts === 'unlimited'
        ? Number.POSITIVE_INFINITY
        : retry.attempts;
  const marks = new Set(outerMarks);
  if (step.timeoutSec !== undefined) marks.add('timeouts');
  if (step.breaker !== undefined) marks.add('breakers');
  if (most > 1) marks.add('retries');
  ledger.marks = marks;
  const outer = ledger.asks;
  ledger.asks = [];
  const body = list(step.steps, branch);
  const failing = Math.min(1, (body.failed?.weight ?? 0) / branch.weight);
  if (body.failed !== null) endAttempt(ledger, body.failed, branch, most);
  const inner = ledger.asks;
  ledger.asks = outer;
  ledger.marks = outerMarks;
  if (failing > 0 && retry?.on !== undefined) {
    ledger.lostReason ??= 'Which failures are retried depends on their cause.';
  }
  if (failing === 1 && most === Number.POSITIVE_INFINITY) {
    ledger.lostReason ??= 'Attempts that always fail are retried without end.';
    return { ...body, failed: null };
  }
  const attempts = failing === 1 ? most : (1 - failing ** most) / (1 - failing);
  for (const ask of inner) ledger.asks.push({ ...ask, visits: ask.visits * attempts });
  const isLate = failing > 0 && most > 1;
  const late = {
    mean: isLate ? retrySec(ledger, step, body, branch, { failing, most }) : 0,
    variance: isLate ? Number.NaN : 0,
  };
  const delayed = (part: Branch | null) => (part === null ? null : advanceBy(part, late));
  const out: Passage = {
    go: delayed(share(body.go, attempts)),
    ended: delayed(share(body.ended, attempts)),
    failed: null,
    jumps: new Map(),
  };
  const gone =
    body.failed === null
      ? null
      : share({ ...body.failed, weight: branch.weight, held: branch.held }, failing ** most);
  const given =
    gone === null
      ? null
      : isLate
        ? advanceBy(gone, {
            mean: ledger.noTime('The time of calls that fail after retries is not worked out.'),
            variance: Number.NaN,
          })
        : gone;
  if (given === null || step.fallback === undefined) return { ...out, failed: given };
  ledger.add(out, list(step.fallback, given));
  return out;
}

/** Gives back what a failed attempt took for itself. */
function endAttempt(ledger: SessionLedger, failed: Branch, before: Branch, most: number): void {
  for (const [name, { scope }] of failed.held) {
    if (before.held.has(name)) continue;
    if (scope === 'release') ledger.giveBack(failed, name);
    else if (most > 1) ledger.doubt(name, 'It is kept by attempts that fail and are made again.');
  }
}

/** Mean time of the failed attempts before one that goes well, with the delays between. */
function retrySec(
  ledger: SessionLedger,
  { retry }: Attempt,
  body: Passage,
  branch: Branch,
  { failing, most }: { readonly failing: number; readonly most: number },
): number {
  if (retry?.backoff !== undefined)
    return ledger.noTime('Delays between attempts follow a backoff.');
  const delaySec = retry?.delaySec === undefined ? 0 : lawMoments(retry.delaySec).mean;
  const failedSec = body.failed === null ? 0 : elapsedSec(branch, body.failed);
  // E[K] of a geometric number of failures K, given that K < most.
  const cut = failing ** most;
  const failures =
    failing / (1 - failing) - (most === Number.POSITIVE_INFINITY ? 0 : (most * cut) / (1 - cut));
  return failures * (failedSec + delaySec);
}
