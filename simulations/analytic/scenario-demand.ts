import { lawMoments } from '@/simulations/analytic/law-moments';
import { lruHitRatio } from '@/simulations/analytic/lru-cache';
import { type Branch, elapsedSec, sessionStart } from '@/simulations/analytic/session-branch';
import type { Ask, AskMark } from '@/simulations/analytic/session-ledger';
import { SessionWalk } from '@/simulations/analytic/session-walk';
import { solveTtlCache } from '@/simulations/analytic/ttl-cache';
import { zipfShares } from '@/simulations/analytic/zipf';
import { arrivalRatePerSec } from '@/simulations/checks/offered-load';
import type { Law } from '@/simulations/scenario/law';
import type { CacheResource } from '@/simulations/scenario/resource';
import type { Scenario } from '@/simulations/scenario/scenario';

/** What a mean session of a class asks of one resource, with nobody in its way. */
export interface ResourceDemand {
  readonly visitsPerSession: number;
  readonly serviceTimeSec: number; //    mean; NaN: not known
  readonly serviceVariance: number; //   s²; NaN: not known
  readonly isExponential: boolean;
  readonly marks: ReadonlySet<AskMark>;
  readonly inputTokens: number; //       per request
  readonly outputTokens: number;
}

/** What a mean session of a class asks for. */
export interface ClassDemand {
  readonly name: string;
  /** Sessions per second; null: closed, or no rate of its own. */
  readonly ratePerSec: number | null;
  readonly byResource: ReadonlyMap<string, ResourceDemand>;
  readonly unknown: ReadonlyMap<string, string>; // resource → reason
  /** Mean session without any waiting, well or not, in s; NaN: not known. */
  readonly sessionSec: number;
  readonly canFail: boolean;
  readonly timeReason: string | null;
  readonly lostReason: string | null; // why nothing is known
}

/** Demands of all classes, and how often caches miss. */
export interface ScenarioDemand {
  readonly classes: readonly ClassDemand[];
  readonly missShares: ReadonlyMap<string, number>;
}

const maxPasses = 12;

/**
 * Works out what a mean session of each class asks of each resource: visits, mean and variance of the
 * time that a slot is taken.
 *
 * Loops, alternatives, attempts that fail by a stated probability and jumps (by traffic equations) are
 * exact; what is held over other steps is taken for as long as they last with nobody in the way. Caches
 * are asked at the rate of the open classes; misses follow from it in a few passes. What cannot be
 * worked out is named with a reason, and its numbers are left out.
 */
export function measureDemand(scenario: Scenario): ScenarioDemand {
  let missShares: ReadonlyMap<string, number> = new Map();
  for (let pass = 0; ; pass++) {
    const walks = walkClasses(scenario, missShares);
    const next = findMissShares(scenario, walks);
    const isSettled = [...next].every(
      ([name, missShare]) =>
        Number.isNaN(missShare) || Math.abs(missShare - (missShares.get(name) ?? 1)) < 1e-9,
    );
    if (next.size === 0 || (isSettled && pass > 0) || pass === maxPasses) {
      return { classes: walks.map(({ demand }) => demand), missShares };
    }
    missShares = next;
  }
}

interface Walked {
  readonly demand: ClassDemand;
  readonly asks: readonly Ask[];
}

function walkClasses(scenario: Scenario, missShares: ReadonlyMap<string, number>): Walked[] {
  const resources = new Map(Object.entries(scenario.resources));
  return Object.entries(scenario.classes).map(([name, { arrivals, program, atDeadline }]) => {
    const ratePerSec = arrivalRatePerSec(arrivals, scenario.horizonSec);
    if ('kind' in program) {
      const reason = 'Its sessions are played from traces, step by step.';
      return { demand: { ...noDemand(name, ratePerSec), lostReason: reason }, asks: [] };
    }
    const walk = new SessionWalk(resources, missShares);
    const { go, failed, ended } = walk.walk(
      program,
      atDeadline === 'cancelled' ? ['timeouts'] : [],
    );
    const demand: ClassDemand = {
      name,
      ratePerSec,
      byResource: sumAsks(walk.ledger.asks),
      unknown: walk.ledger.unknown,
      sessionSec: meanSec([go, ended, failed]),
      canFail: failed !== null || walk.ledger.endsBadly,
      timeReason: walk.ledger.timeReason,
      lostReason: walk.ledger.lostReason,
    };
    return { demand, asks: walk.ledger.asks };
  });
}

function noDemand(name: string, ratePerSec: number | null): ClassDemand {
  return {
    name,
    ratePerSec,
    byResource: new Map(),
    unknown: new Map(),
    sessionSec: Number.NaN,
    canFail: true,
    timeReason: null,
    lostReason: null,
  };
}

function meanSec(branches: readonly (Branch | null)[]): number {
  let weight = 0;
  let sum = 0;
  for (const branch of branches) {
    weight += branch?.weight ?? 0;
    sum += branch === null ? 0 : branch.weight * elapsedSec(sessionStart, branch);
  }
  return sum / weight;
}

/** Adds the requests of a session up by resource, their times as a mixture. */
function sumAsks(asks: readonly Ask[]): Map<string, ResourceDemand> {
  const byResource = new Map<string, Ask[]>();
  for (const ask of asks) {
    const list = byResource.get(ask.resource);
    if (list === undefined) byResource.set(ask.resource, [ask]);
    else list.push(ask);
  }
  return new Map([...byResource].map(([name, list]) => [name, sumOf(list)]));
}

function sumOf(asks: readonly Ask[]): ResourceDemand {
  let visits = 0;
  let sum = 0;
  let squares = 0;
  let input = 0;
  let output = 0;
  const marks = new Set<AskMark>();
  for (const ask of asks) {
    visits += ask.visits;
    sum += ask.visits * ask.meanSec;
    squares += ask.visits * (ask.variance + ask.meanSec ** 2);
    input += ask.visits * (ask.tokens?.input ?? 0);
    output += ask.visits * (ask.tokens?.output ?? 0);
    for (const mark of ask.marks) marks.add(mark);
  }
  const mean = sum / visits;
  return {
    visitsPerSession: visits,
    serviceTimeSec: mean,
    serviceVariance: Math.max(0, squares / visits - mean ** 2),
    isExponential: asks.every((ask) => ask.isExponential && ask.meanSec === asks[0].meanSec),
    marks,
    inputTokens: input / visits,
    outputTokens: output / visits,
  };
}

/** Share of reads that miss, by cache. */
function findMissShares(scenario: Scenario, walks: readonly Walked[]): Map<string, number> {
  const found = new Map<string, number>();
  for (const [name, cache] of Object.entries(scenario.resources)) {
    if (cache.kind !== 'cache') continue;
    const reads = walks.flatMap(({ demand, asks }) =>
      asks.flatMap(({ resource, read, visits }) =>
        resource === name && read !== null
          ? [{ ...read, perSec: visits * (demand.ratePerSec ?? Number.NaN) }]
          : [],
      ),
    );
    const missShare = reads.length === 0 ? 1 : missShareOf(cache, reads);
    found.set(name, missShare);
  }
  return found;
}

interface CacheReads {
  readonly key: Law;
  readonly fetchSec: number;
  readonly perSec: number;
}

/** NaN where there is no closed form. */
function missShareOf(cache: CacheResource, reads: readonly CacheReads[]): number {
  const [{ key, fetchSec }] = reads;
  const perSec = reads.reduce((sum, read) => sum + read.perSec, 0);
  const isAlike = reads.every((read) => JSON.stringify(read.key) === JSON.stringify(key));
  const shares = isAlike ? sharesOfKeys(key) : null;
  if (shares === null || !(perSec > 0)) return Number.NaN;
  if (cache.ttlSec === undefined) {
    return cache.capacity === undefined ? 0 : 1 - lruHitRatio(shares, cache.capacity);
  }
  if (cache.capacity !== undefined && cache.capacity < shares.length) return Number.NaN;
  if (!(fetchSec >= 0)) return Number.NaN;
  const ttlSec = lawMoments(cache.ttlSec).mean;
  let misses = 0;
  for (const keyShare of shares) {
    const requestRatePerSec = keyShare * perSec;
    if (requestRatePerSec === 0) continue;
    const isSingleFlight = cache.singleFlight === true;
    const state = solveTtlCache({ requestRatePerSec, ttlSec, fetchSec, isSingleFlight });
    misses += state.originRatePerSec;
  }
  return misses / perSec;
}

/** Shares of the keys of a cache; null where their law is not among those worked out. */
function sharesOfKeys(key: Law): (ArrayLike<number> & Iterable<number>) | null {
  if (typeof key === 'number' || key.law === 'constant') return [1];
  return key.law === 'zipf' && key.items <= 10_000 ? zipfShares(key.items, key.exponent) : null;
}
