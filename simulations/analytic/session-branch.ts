import { lawMoments } from '@/simulations/analytic/law-moments';
import type { Law } from '@/simulations/scenario/law';

/** A resource that is held, since a moment of the session. */
export interface Hold {
  readonly startMeanSec: number;
  readonly startVariance: number;
  readonly epoch: number;
  readonly scope: 'release' | 'turn' | 'session';
  /** Whether its holder queues for something else meanwhile. */
  readonly waits: boolean;
}

/**
 * A way that sessions go, at one moment: how many per session, when, and what they hold.
 *
 * Times count from the start of the session and leave out all waiting. NaN is a time or a spread
 * that is not known.
 */
export interface Branch {
  readonly weight: number;
  readonly meanSec: number;
  readonly variance: number; // s²
  /** Times are counted anew, and this with them, where something is taken after an unknown time. */
  readonly epoch: number;
  readonly held: ReadonlyMap<string, Hold>;
}

/** Where sessions leave a list of steps. */
export interface Passage {
  go: Branch | null;
  failed: Branch | null;
  ended: Branch | null;
  readonly jumps: Map<string, Branch>;
}

/** The start of a session. */
export const sessionStart: Branch = {
  weight: 1,
  meanSec: 0,
  variance: 0,
  epoch: 0,
  held: new Map(),
};

/** A passage that nobody has left yet. */
export function emptyPassage(): Passage {
  return { go: null, failed: null, ended: null, jumps: new Map() };
}

/** A branch after a time that does not depend on what was before. */
export function advance(branch: Branch, law: Law): Branch {
  const { mean, variance } = lawMoments(law);
  return advanceBy(branch, { mean, variance });
}

/** As {@link advance}, by mean and variance. */
export function advanceBy(
  branch: Branch,
  { mean, variance }: { readonly mean: number; readonly variance: number },
): Branch {
  return {
    ...branch,
    meanSec: branch.meanSec + mean,
    variance: branch.variance + variance,
  };
}

/** Mean time between two moments of a way; NaN where it is not known. */
export function elapsedSec(
  from: { readonly epoch: number; readonly meanSec: number },
  to: Branch,
): number {
  return from.epoch === to.epoch ? to.meanSec - from.meanSec : Number.NaN;
}

/** Part of a branch; null for none of it. */
export function share(branch: Branch | null, part: number): Branch | null {
  return branch === null || !(part > 0) ? null : { ...branch, weight: branch.weight * part };
}

/**
 * Two ways that meet, as a mixture.
 *
 * @param onDiffer called with each resource that is held on one way only; it counts as given back
 */
export function meet(
  one: Branch | null,
  other: Branch | null,
  onDiffer: (resource: string) => void,
): Branch | null {
  if (one === null || other === null) return one ?? other;
  const weight = one.weight + other.weight;
  const p = one.weight / weight;
  const mixed = mix(p, [one.meanSec, one.variance], [other.meanSec, other.variance]);
  const held = new Map<string, Hold>();
  for (const [name, hold] of one.held) {
    const twin = other.held.get(name);
    if (twin === undefined) {
      onDiffer(name);
      continue;
    }
    const [startMeanSec, startVariance] = mix(
      p,
      [hold.startMeanSec, hold.startVariance],
      [twin.startMeanSec, twin.startVariance],
    );
    held.set(name, { ...hold, startMeanSec, startVariance, waits: hold.waits || twin.waits });
  }
  for (const name of other.held.keys()) if (!one.held.has(name)) onDiffer(name);
  const epoch = one.epoch === other.epoch ? one.epoch : Math.max(one.epoch, other.epoch) + 1;
  return { weight, meanSec: mixed[0], variance: mixed[1], epoch, held };
}

type Moments = readonly [mean: number, variance: number];

function mix(p: number, [mean1, variance1]: Moments, [mean2, variance2]: Moments): Moments {
  const mean = p * mean1 + (1 - p) * mean2;
  const between = p * (1 - p) * (mean1 - mean2) ** 2;
  return [mean, p * variance1 + (1 - p) * variance2 + between];
}

/**
 * E[sᴺ] of a number of rounds N, where s is the chance that a session is still there after a round.
 *
 * @returns null for laws without a short form, except s = 1
 */
export function survivalOfRounds(rounds: Law, s: number): number | null {
  if (s === 1) return 1;
  if (typeof rounds === 'number') return s ** Math.round(rounds);
  if (rounds.law === 'constant') return s ** Math.round(rounds.value);
  if (rounds.law === 'geometric') return s / (rounds.mean - (rounds.mean - 1) * s);
  if (rounds.law === 'poisson') return Math.exp(rounds.mean * (s - 1));
  return null;
}
