import {
  type Branch,
  emptyPassage,
  type Passage,
  sessionStart,
  share,
} from '@/simulations/analytic/session-branch';
import type { Ask, SessionLedger } from '@/simulations/analytic/session-ledger';
import { solveVisits } from '@/simulations/analytic/traffic-equations';
import type { Step } from '@/simulations/scenario/step';

type WalkSteps = (steps: readonly Step[], from: Branch, out: Passage) => void;

/** Steps with labels, as a chain whose states are the labels; visits by the traffic equations. */
export function walkJumps(
  ledger: SessionLedger,
  run: WalkSteps,
  steps: readonly Step[],
  {
    labels,
    from,
    out,
  }: {
    readonly labels: ReadonlyMap<string, number>;
    readonly from: Branch;
    readonly out: Passage;
  },
): void {
  const names = [...labels.keys()];
  const starts = [...labels.values()];
  const segment = (first: number, next: number, branch: Branch) => {
    const passage = emptyPassage();
    run(steps.slice(first, starts[next] ?? steps.length), branch, passage);
    if (next < names.length && passage.go !== null) {
      passage.jumps.set(
        names[next],
        ledger.meet(passage.jumps.get(names[next]) ?? null, passage.go) ?? passage.go,
      );
      passage.go = null;
    }
    return passage;
  };
  const entry = segment(0, 0, from);
  const unit: Branch = { ...sessionStart, weight: 1 };
  const outer = ledger.asks;
  const parts = starts.map((start, k) => {
    ledger.asks = [];
    const passage = segment(start, k + 1, unit);
    for (const branch of [passage.failed, passage.ended]) {
      for (const name of branch?.held.keys() ?? [])
        if (branch !== null) ledger.giveBack(branch, name);
    }
    return { passage, asks: ledger.asks };
  });
  ledger.asks = outer;
  const weightTo = (passage: Passage, k: number) => passage.jumps.get(names[k])?.weight ?? 0;
  const visits = solveVisits(
    names.map((_, k) => weightTo(entry, k)),
    parts.map(({ passage }) => names.map((_, k) => weightTo(passage, k))),
  );
  if (visits === null) {
    ledger.lostReason ??=
      'Some sessions go round a loop of jumps without end, or the loop is too large.';
    return;
  }
  for (const { jumps, go } of [entry, ...parts.map(({ passage }) => passage)]) {
    for (const branch of [go, ...jumps.values()]) {
      for (const name of branch?.held.keys() ?? []) ledger.doubt(name, 'It is held across a jump.');
    }
  }
  joinNetwork(ledger, { names, entry, parts, visits, from, out });
}

/** The ways out of a part that lead out of the whole list, so many times. */
function leaving(
  { go, failed, ended, jumps }: Passage,
  {
    own,
    times,
    from,
  }: { readonly own: ReadonlySet<string>; readonly times: number; readonly from: Branch },
): Passage {
  const scaled = (branch: Branch | null) => {
    const some = share(branch, times);
    return some === null ? null : { ...some, epoch: from.epoch, held: from.held };
  };
  const out: Passage = {
    go: scaled(go),
    failed: scaled(failed),
    ended: scaled(ended),
    jumps: new Map(),
  };
  for (const [name, branch] of jumps) {
    const some = own.has(name) ? null : scaled(branch);
    if (some !== null) out.jumps.set(name, some);
  }
  return out;
}

function joinNetwork(
  ledger: SessionLedger,
  {
    names,
    entry,
    parts,
    visits,
    from,
    out,
  }: {
    readonly names: readonly string[];
    readonly entry: Passage;
    readonly parts: readonly { readonly passage: Passage; readonly asks: readonly Ask[] }[];
    readonly visits: Float64Array;
    readonly from: Branch;
    readonly out: Passage;
  },
): void {
  let sumSec = sumOfSec(entry, from.epoch) - from.weight * from.meanSec;
  parts.forEach(({ passage, asks }, k) => {
    sumSec += visits[k] * sumOfSec(passage, 0);
    for (const ask of asks) ledger.asks.push({ ...ask, visits: ask.visits * visits[k] });
  });
  const whole = emptyPassage();
  const own = new Set(names);
  const keep = (passage: Passage, times: number) =>
    ledger.add(whole, leaving(passage, { own, times, from }));
  keep(entry, 1);
  parts.forEach(({ passage }, k) => {
    keep(passage, visits[k]);
  });
  // The mean is that of all who leave; by which way is only known where there is one.
  const exits = [whole.go, whole.failed, whole.ended, ...whole.jumps.values()].filter(
    (branch) => branch !== null,
  );
  const meanSec =
    exits.length === 1
      ? from.meanSec + sumSec / from.weight
      : ledger.noTime('Its ways out of a loop take different times.');
  const timed = (branch: Branch | null) =>
    branch === null ? null : { ...branch, meanSec, variance: Number.NaN };
  ledger.add(out, {
    go: timed(whole.go),
    failed: timed(whole.failed),
    ended: timed(whole.ended),
    jumps: new Map(
      [...whole.jumps].map(([name, b]) => [name, { ...b, meanSec, variance: Number.NaN }]),
    ),
  });
}

/** Σ weight · time over all ways out. */
function sumOfSec({ go, failed, ended, jumps }: Passage, epoch: number): number {
  let sum = 0;
  for (const branch of [go, failed, ended, ...jumps.values()]) {
    if (branch !== null)
      sum += branch.weight * (branch.epoch === epoch ? branch.meanSec : Number.NaN);
  }
  return sum;
}
