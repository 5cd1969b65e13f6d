import { lawMoments } from '@/simulations/analytic/law-moments';
import {
  advance,
  advanceBy,
  type Branch,
  elapsedSec,
  emptyPassage,
  type Passage,
  sessionStart,
  share,
  survivalOfRounds,
} from '@/simulations/analytic/session-branch';
import { type AskMark, SessionLedger } from '@/simulations/analytic/session-ledger';
import { acquireResource, callModel, serveAt, visitRow } from '@/simulations/analytic/session-uses';
import { walkAttempt } from '@/simulations/analytic/walk-attempt';
import { walkJumps } from '@/simulations/analytic/walk-jumps';
import type { Law } from '@/simulations/scenario/law';
import type { Resource } from '@/simulations/scenario/resource';
import type { Step } from '@/simulations/scenario/step';

type Get = Extract<Step, { get: string }>;
type Parallel = Extract<Step, { parallel: unknown }>;

const stepsMost = 20_000;

/** Goes once through a program, with all its ways at the same time, and notes what it asks for. */
export class SessionWalk {
  readonly ledger: SessionLedger;
  readonly #missShares: ReadonlyMap<string, number>;
  #steps = 0;
  readonly #working = new Set<string>(); // queues whose work is being walked
  readonly #walkList = (steps: readonly Step[], from: Branch) => this.#list(steps, from);
  readonly #runSteps = (steps: readonly Step[], from: Branch, out: Passage) =>
    this.#run(steps, from, out);

  constructor(resources: ReadonlyMap<string, Resource>, missShares: ReadonlyMap<string, number>) {
    this.ledger = new SessionLedger(resources);
    this.#missShares = missShares;
  }

  /** Walks a whole program; all that is still held is given back at its end. */
  walk(steps: readonly Step[], marks: readonly AskMark[] = []): Passage {
    this.ledger.marks = new Set(marks);
    const out = this.#list(steps, sessionStart);
    for (const branch of [out.go, out.failed, out.ended]) {
      if (branch !== null)
        for (const name of branch.held.keys()) this.ledger.giveBack(branch, name);
    }
    return out;
  }

  #list(steps: readonly Step[], from: Branch): Passage {
    const labels = new Map<string, number>();
    steps.forEach((step, i) => {
      if ('label' in step) labels.set(step.label, i);
    });
    const out = emptyPassage();
    if (labels.size === 0) this.#run(steps, from, out);
    else walkJumps(this.ledger, this.#runSteps, steps, { labels, from, out });
    return out;
  }

  #run(steps: readonly Step[], from: Branch, out: Passage): void {
    let branch: Branch | null = from;
    for (const step of steps) {
      const passage = this.#step(step, branch);
      this.ledger.add(out, { ...passage, go: null });
      branch = passage.go;
      if (branch === null) return;
    }
    out.go = this.ledger.meet(out.go, branch);
  }

  #step(step: Step, branch: Branch): Passage {
    if (++this.#steps > stepsMost) {
      this.ledger.lostReason ??= 'The program is too long for a closed form.';
      return { ...emptyPassage(), ended: branch };
    }
    const go = (next: Branch | null): Passage => ({ ...emptyPassage(), go: next });
    if ('think' in step) return go(advance(branch, step.think));
    if ('delay' in step) return go(advance(branch, step.delay));
    if ('use' in step) return go(serveAt(this.ledger, step, branch));
    if ('acquire' in step) return go(acquireResource(this.ledger, step, branch));
    if ('release' in step) return go(this.ledger.release(branch, step.release));
    if ('model' in step) return callModel(this.ledger, step, branch);
    if ('publish' in step) return go(this.#publish(step, branch));
    if ('read' in step) return go(visitRow(this.ledger, step.read, 'readSec', branch));
    if ('write' in step) return go(visitRow(this.ledger, step.write, 'writeSec', branch));
    if ('verify' in step) {
      this.ledger.lostReason ??= 'How often writes conflict has no closed form.';
      return go(branch);
    }
    if ('fail' in step) {
      const failing = step.probability ?? 1;
      return { ...go(share(branch, 1 - failing)), failed: share(branch, failing) };
    }
    if ('end' in step) {
      if (step.end !== 'success') this.ledger.endsBadly = true;
      return { ...emptyPassage(), ended: branch };
    }
    if ('goTo' in step) return { ...emptyPassage(), jumps: new Map([[step.goTo, branch]]) };
    if ('turn' in step) return this.#turn(step.turn, branch);
    if ('choose' in step) return this.#choose(step.choose, branch);
    if ('repeat' in step) return this.#repeat(step, branch);
    if ('parallel' in step) return go(this.#parallel(step, branch));
    if ('attempt' in step) return walkAttempt(this.ledger, this.#walkList, step, branch);
    if ('get' in step) return this.#get(step, branch);
    return go(branch); // label, checkpoint
  }

  #publish(step: Extract<Step, { publish: string }>, branch: Branch): Branch {
    const queue = this.ledger.resources.get(step.publish);
    if (queue?.kind !== 'queue' || this.#working.has(step.publish)) {
      this.ledger.doubt(step.publish, 'What its workers do is not known.');
      return branch;
    }
    const marks = this.ledger.marks;
    if (step.wait !== true) this.ledger.marks = new Set([...marks, 'apart']);
    this.#working.add(step.publish);
    const work = this.#list(queue.program, { ...sessionStart, weight: branch.weight });
    this.#working.delete(step.publish);
    const done =
      this.ledger.meet(this.ledger.meet(work.go, work.ended), work.failed) ?? sessionStart;
    for (const name of done.held.keys()) this.ledger.giveBack(done, name);
    if (work.failed !== null)
      this.ledger.doubt(step.publish, 'Messages whose work fails come again.');
    const time = { mean: elapsedSec(sessionStart, done), variance: done.variance };
    this.ledger.ask(step.publish, branch.weight, { ...time, law: this.#onlyLaw(queue.program) });
    this.ledger.marks = marks;
    return step.wait === true ? advanceBy(this.ledger.waitAt(step.publish, branch), time) : branch;
  }

  /** The law of a program that is one delay. */
  #onlyLaw(steps: readonly Step[]): Law | null {
    const [only] = steps;
    return steps.length === 1 && 'delay' in only ? only.delay : null;
  }

  #turn(steps: readonly Step[], branch: Branch): Passage {
    const passage = this.#list(steps, branch);
    for (const [name, { scope }] of passage.go?.held ?? []) {
      if (scope === 'turn' && passage.go !== null)
        passage.go = this.ledger.release(passage.go, name);
    }
    return passage;
  }

  #choose(
    choices: readonly { readonly weight: number; readonly steps: readonly Step[] }[],
    branch: Branch,
  ): Passage {
    const total = choices.reduce((sum, { weight }) => sum + weight, 0);
    const out = emptyPassage();
    for (const { weight, steps } of choices) {
      const part = share(branch, weight / total);
      if (part !== null) this.ledger.add(out, this.#list(steps, part));
    }
    return out;
  }

  #repeat(step: Extract<Step, { repeat: Law }>, branch: Branch): Passage {
    const { mean: rounds, variance: roundsVariance } = lawMoments(step.repeat);
    const outer = this.ledger.asks;
    this.ledger.asks = [];
    const body = this.#list(step.steps, branch);
    const inner = this.ledger.asks;
    this.ledger.asks = outer;
    const stayed = (body.go?.weight ?? 0) / branch.weight;
    const stay = stayed > 1 - 1e-12 ? 1 : stayed;
    const survival = survivalOfRounds(step.repeat, stay);
    const opened = [...(body.go?.held.keys() ?? [])].filter((name) => !branch.held.has(name));
    for (const name of opened)
      this.ledger.doubt(name, 'It is taken in a loop and kept beyond a round.');
    if (survival === null) {
      this.ledger.lostReason ??=
        'How many rounds a loop lasts that can be left early is not known.';
      return { ...emptyPassage(), go: branch };
    }
    const played = stay < 1 ? (1 - survival) / (1 - stay) : rounds;
    for (const ask of inner) this.ledger.asks.push({ ...ask, visits: ask.visits * played });
    const out = emptyPassage();
    const earlySec = played > 1 ? this.ledger.noTimeIf(stay < 1, 'A loop can be left early.') : 0;
    for (const key of ['failed', 'ended'] as const) {
      const part = share(body[key], played);
      out[key] = part === null ? null : advanceBy(part, { mean: earlySec, variance: Number.NaN });
    }
    for (const [name, jump] of body.jumps) {
      const part = share(jump, played);
      if (part !== null)
        out.jumps.set(name, advanceBy(part, { mean: earlySec, variance: Number.NaN }));
    }
    if (body.go === null) return { ...out, go: share(branch, survival) };
    const mean = elapsedSec(branch, body.go);
    const variance = body.go.variance - branch.variance;
    const going = stay < 1 ? earlySec + mean : rounds * mean;
    out.go = share(
      advanceBy(
        { ...branch, held: body.go.held },
        {
          mean: going,
          variance: stay < 1 ? Number.NaN : rounds * variance + roundsVariance * mean * mean,
        },
      ),
      survival,
    );
    return out;
  }

  #parallel(step: Parallel, branch: Branch): Branch | null {
    const copies = step.count === undefined ? 1 : lawMoments(step.count).mean;
    const outer = this.ledger.marks;
    const isOne = copies === 1 && step.parallel.length === 1;
    if (!isOne) this.ledger.marks = new Set([...outer, 'forks']);
    const ends = step.parallel.map((steps) => {
      const passage = this.#list(steps, { ...branch, weight: branch.weight * copies });
      if (passage.failed !== null || passage.ended !== null || passage.jumps.size > 0) {
        this.ledger.lostReason ??=
          'What becomes of parallel branches when one of them fails is not known.';
      }
      for (const name of passage.go?.held.keys() ?? []) {
        if (!branch.held.has(name))
          this.ledger.doubt(name, 'It is taken in a parallel branch and kept.');
      }
      return passage.go;
    });
    this.ledger.marks = outer;
    if (step.join !== undefined && step.join !== 'all') {
      this.ledger.lostReason ??=
        'How much of the branches is done that nobody waits for is not known.';
    }
    const isSure = ends.every((end) => end !== null && end.variance === branch.variance);
    const latest = Math.max(
      ...ends.map((end) => (end?.epoch === branch.epoch ? end.meanSec : Number.NaN)),
    );
    const meanSec =
      isOne || isSure
        ? latest
        : this.ledger.noTime('The last of parallel branches has no closed form.');
    return {
      ...branch,
      meanSec,
      variance: isOne ? (ends[0]?.variance ?? Number.NaN) : isSure ? branch.variance : Number.NaN,
    };
  }

  #get(step: Get, branch: Branch): Passage {
    const cache = this.ledger.resources.get(step.get);
    const known = this.#missShares.get(step.get) ?? 1;
    if (Number.isNaN(known))
      this.ledger.lostReason ??= 'How often a cache misses has no closed form here.';
    const missShare = Number.isNaN(known) ? 1 : known;
    const isSingle = cache?.kind === 'cache' && cache.singleFlight === true;
    const marks = this.ledger.marks;
    if (!isSingle) this.ledger.marks = new Set([...marks, 'forks']); // a stampede comes together
    const probe = this.ledger.asks;
    if (missShare === 0) this.ledger.asks = [];
    const body = this.#list(step.miss, {
      ...branch,
      weight: branch.weight * Math.max(missShare, 1e-12),
    });
    this.ledger.asks = probe;
    this.ledger.marks = marks;
    // Of many fetches at once the first to end fills the entry: known only where all take as long.
    const isFirstKnown = isSingle || body.go?.variance === branch.variance;
    const fetchSec = body.go === null || !isFirstKnown ? Number.NaN : elapsedSec(branch, body.go);
    const read = { key: step.key ?? 0, fetchSec };
    this.ledger.ask(step.get, branch.weight, { mean: 0, variance: 0, law: 0, read });
    if (missShare === 0) return { ...emptyPassage(), go: branch };
    const waits = isSingle && fetchSec > 0;
    const hit = share(branch, 1 - missShare);
    const go = this.ledger.meet(hit, body.go);
    const lateSec = this.ledger.noTimeIf(waits, 'Some requests wait for the fetch of another.');
    return {
      ...body,
      go: go === null ? null : advanceBy(go, { mean: lateSec, variance: lateSec }),
    };
  }
}
