import { lawMoments } from '@/simulations/analytic/law-moments';
import {
  advance,
  advanceBy,
  type Branch,
  emptyPassage,
  type Passage,
  share,
} from '@/simulations/analytic/session-branch';
import type { SessionLedger } from '@/simulations/analytic/session-ledger';
import { modelCallTime } from '@/simulations/analytic/step-time';
import type { Step } from '@/simulations/scenario/step';

/** A way after a use, which asks for a slot unless it holds one. */
export function serveAt(
  ledger: SessionLedger,
  step: Extract<Step, { use: string }>,
  branch: Branch,
): Branch {
  if (branch.held.has(step.use)) return advance(branch, step.forSec);
  const holder = ledger.waitAt(step.use, branch);
  if (step.hold === 'turn' || step.hold === 'session') {
    return advance(hold(holder, step.use, step.hold), step.forSec);
  }
  const { mean, variance } = lawMoments(step.forSec);
  ledger.ask(step.use, branch.weight, { mean, variance, law: step.forSec });
  return advance(holder, step.forSec);
}

/** A way after it took a resource to hold. */
export function acquireResource(
  ledger: SessionLedger,
  step: Extract<Step, { acquire: string }>,
  branch: Branch,
): Branch {
  if ((step.units ?? 1) > 1) ledger.doubt(step.acquire, 'Several slots are taken at once.');
  if (branch.held.has(step.acquire)) {
    ledger.doubt(step.acquire, 'It is taken by a session that holds it already.');
    return branch;
  }
  return hold(ledger.waitAt(step.acquire, branch), step.acquire, 'release');
}

/** Ways after a model call: it goes well, or fails by the error rate of the provider. */
export function callModel(
  ledger: SessionLedger,
  step: Extract<Step, { model: string }>,
  branch: Branch,
): Passage {
  const time = modelCallTime(step, ledger.resources.get(step.model));
  if (time === null) ledger.doubt(step.model, 'The time of its calls is not described.');
  const { mean, variance, input, output, errorRate } = time ?? {
    mean: ledger.noTime('The time of a model call is not described.'),
    variance: Number.NaN,
    input: Number.NaN,
    output: Number.NaN,
    errorRate: 0,
  };
  const holder = ledger.waitAt(step.model, branch);
  ledger.ask(step.model, branch.weight, { mean, variance, law: null, tokens: { input, output } });
  const after = advanceBy(holder, { mean, variance });
  return {
    ...emptyPassage(),
    go: share(after, 1 - errorRate),
    failed: share(after, errorRate),
  };
}

/** A way after a read or write of a row. */
export function visitRow(
  ledger: SessionLedger,
  name: string,
  which: 'readSec' | 'writeSec',
  branch: Branch,
): Branch {
  const store = ledger.resources.get(name);
  const law = (store?.kind === 'store' ? store[which] : undefined) ?? 0;
  const { mean, variance } = lawMoments(law);
  const holder = ledger.waitAt(name, branch);
  ledger.ask(name, branch.weight, { mean, variance, law });
  return advanceBy(holder, { mean, variance });
}

function hold(branch: Branch, name: string, scope: 'release' | 'turn' | 'session'): Branch {
  const isLost = Number.isNaN(branch.meanSec);
  const from = isLost ? { ...branch, meanSec: 0, variance: 0, epoch: branch.epoch + 1 } : branch;
  const { meanSec: startMeanSec, variance: startVariance, epoch } = from;
  const held = new Map(branch.held);
  held.set(name, { startMeanSec, startVariance, epoch, scope, waits: false });
  return { ...from, held };
}
