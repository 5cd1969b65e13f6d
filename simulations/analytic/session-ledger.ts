import { type Branch, elapsedSec, meet, type Passage } from '@/simulations/analytic/session-branch';
import { exponentialLaw } from '@/simulations/analytic/step-time';
import type { Law } from '@/simulations/scenario/law';
import type { Resource } from '@/simulations/scenario/resource';

/** What is done around a request that closed forms do not know. */
export type AskMark = 'timeouts' | 'retries' | 'breakers' | 'forks' | 'waits' | 'apart';

/** Requests of one place in a program. */
export interface Ask {
  readonly resource: string;
  readonly visits: number; //     per session
  readonly meanSec: number; //    a slot is taken by one request; NaN: not known
  readonly variance: number;
  readonly isExponential: boolean;
  readonly marks: ReadonlySet<AskMark>;
  readonly tokens: { readonly input: number; readonly output: number } | null;
  readonly read: { readonly key: Law; readonly fetchSec: number } | null; // of a cache
}

/** What a walk through a program notes down: what is asked for, and what is not known and why. */
export class SessionLedger {
  asks: Ask[] = [];
  readonly unknown = new Map<string, string>(); // why what is asked of a resource is not known
  timeReason: string | null = null; //             why the time of a session is not known
  lostReason: string | null = null; //             why nothing that is asked for is known
  endsBadly = false; //                            whether some sessions end without success
  marks: ReadonlySet<AskMark> = new Set(); //      of what is asked for at present
  readonly resources: ReadonlyMap<string, Resource>;

  constructor(resources: ReadonlyMap<string, Resource>) {
    this.resources = resources;
  }

  /** Notes requests of one place. */
  ask(
    resource: string,
    visits: number,
    {
      mean,
      variance,
      law,
      tokens = null,
      read = null,
    }: {
      readonly mean: number;
      readonly variance: number;
      readonly law: Law | null;
      readonly tokens?: Ask['tokens'];
      readonly read?: Ask['read'];
    },
  ): void {
    this.asks.push({
      resource,
      visits,
      meanSec: mean,
      variance,
      isExponential: law !== null && exponentialLaw(law),
      marks: this.marks,
      tokens,
      read,
    });
  }

  /** Notes that a way gives back what it held: only then is known for how long. */
  giveBack(branch: Branch, name: string): void {
    const hold = branch.held.get(name);
    if (hold === undefined) return;
    const mean = elapsedSec({ epoch: hold.epoch, meanSec: hold.startMeanSec }, branch);
    const variance = Math.max(0, branch.variance - hold.startVariance);
    const marks = this.marks;
    if (hold.waits) this.marks = new Set([...marks, 'waits']);
    this.ask(name, branch.weight, { mean, variance, law: null });
    this.marks = marks;
  }

  /** A way after it gave a resource back. */
  release(branch: Branch, name: string): Branch {
    if (!branch.held.has(name)) return branch;
    this.giveBack(branch, name);
    const held = new Map(branch.held);
    held.delete(name);
    return { ...branch, held };
  }

  /** A branch that queues at a resource: whatever it holds is held meanwhile. */
  waitAt(resource: string, branch: Branch): Branch {
    const at = this.resources.get(resource);
    const isFree = at?.kind === 'pool' && at.slots === 'unlimited';
    if (isFree || branch.held.size === 0) return branch;
    const held = new Map(
      [...branch.held].map(([name, one]) => [name, { ...one, waits: true }] as const),
    );
    return { ...branch, held };
  }

  /** NaN with its reason where a time is not known, else 0. */
  noTimeIf(isUnknown: boolean, reason: string): number {
    return isUnknown ? this.noTime(reason) : 0;
  }

  /** NaN, with the reason why a time is not known. */
  noTime(reason: string): number {
    this.timeReason ??= reason;
    return Number.NaN;
  }

  /** Notes why what is asked of a resource is not known. */
  doubt(resource: string, reason: string): void {
    if (!this.unknown.has(resource)) this.unknown.set(resource, reason);
  }

  /** Two ways that meet and go on. */
  meet(one: Branch | null, other: Branch | null): Branch | null {
    return meet(one, other, (name) => {
      this.doubt(name, 'It is held on some ways through the program and not on others.');
    });
  }

  /** Ways that leave for good: what is held on one of them only is given back there. */
  meetLeaving(one: Branch | null, other: Branch | null): Branch | null {
    return meet(one, other, (name) => {
      for (const branch of [one, other]) if (branch !== null) this.giveBack(branch, name);
    });
  }

  /** Adds the ways out of one passage to those of another. */
  add(out: Passage, more: Passage): void {
    out.go = this.meet(out.go, more.go);
    out.failed = this.meetLeaving(out.failed, more.failed);
    out.ended = this.meetLeaving(out.ended, more.ended);
    for (const [name, branch] of more.jumps) {
      const met = this.meet(out.jumps.get(name) ?? null, branch);
      if (met !== null) out.jumps.set(name, met);
    }
  }
}
