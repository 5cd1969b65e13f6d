import { lawMoments } from '@/simulations/analytic/law-moments';
import {
  type OpenTraffic,
  type Solved,
  solvedBy,
  solveOpenResource,
  unsolved,
} from '@/simulations/analytic/open-resource';
import { type Capacity, capacityOf } from '@/simulations/analytic/resource-capacity';
import type { ClassDemand, ResourceDemand } from '@/simulations/analytic/scenario-demand';
import { exponentialLaw } from '@/simulations/analytic/step-time';
import { tokenBucketRejectProbability } from '@/simulations/analytic/token-bucket';
import { quotaLoad, solveLimiter } from '@/simulations/analytic/token-limits';
import { resolveProvider } from '@/simulations/providers/resolve-provider';
import type { ProviderResource, Resource } from '@/simulations/scenario/resource';
import type { Scenario } from '@/simulations/scenario/scenario';
import type { BrokenAssumption } from '@/simulations/scenario-twin';

type Code = BrokenAssumption['code'];

/** A class that asks for a resource, with the sessions per second that it starts. */
export interface Asking {
  readonly demand: ClassDemand;
  readonly ratePerSec: number;
  readonly asked: ResourceDemand;
}

/** Requests of all classes together. */
export interface Together {
  readonly requestsPerSec: number;
  readonly serviceTimeSec: number;
  readonly serviceTimeScv: number; // NaN: not known
  readonly isExponential: boolean;
}

/** Adds the requests of classes up, their service times as a mixture. */
export function askTogether(askings: readonly Asking[]): Together {
  let rate = 0;
  let load = 0;
  let squares = 0;
  for (const { ratePerSec, asked } of askings) {
    const perSec = ratePerSec * asked.visitsPerSession;
    rate += perSec;
    load += perSec * asked.serviceTimeSec;
    squares += perSec * (asked.serviceVariance + asked.serviceTimeSec ** 2);
  }
  const serviceTimeSec = rate === 0 ? 0 : load / rate;
  const variance = rate === 0 ? 0 : squares / rate - serviceTimeSec ** 2;
  const scv = serviceTimeSec === 0 ? 0 : variance / serviceTimeSec ** 2;
  return {
    requestsPerSec: rate,
    serviceTimeSec,
    serviceTimeScv: Math.abs(scv) < 1e-12 ? 0 : scv,
    isExponential: askings.every(
      ({ asked }) =>
        asked.isExponential && asked.serviceTimeSec === askings[0].asked.serviceTimeSec,
    ),
  };
}

/** Closed form of a resource that open classes ask for, and what it takes for granted. */
export function describeOpen(
  scenario: Scenario,
  resource: Resource,
  askings: readonly Asking[],
): { readonly solved: Solved; readonly together: Together; readonly broken: readonly Code[] } {
  const together = askTogether(askings);
  const broken: Code[] = askings.flatMap((asking) => brokenByArrivals(scenario, asking));
  if (resource.kind === 'limiter') {
    return { solved: solveLimiter(resource, together.requestsPerSec), together, broken };
  }
  if (resource.kind === 'cache') {
    return {
      solved: { ...unsolved(''), reason: null, method: cacheMethod(resource) },
      together,
      broken,
    };
  }
  const capacity = capacityOf(resource);
  if (typeof capacity === 'string') return { solved: unsolved(capacity), together, broken };
  if (!Number.isFinite(together.serviceTimeSec)) {
    const reason = 'How long it is taken for is not known, or has no finite mean.';
    return { solved: unsolved(askings[0].demand.timeReason ?? reason), together, broken };
  }
  const traffic = trafficOf(scenario, capacity, askings, together);
  const solved = solveOpenResource(traffic);
  // Where nobody waits only the rate of arrivals counts, not how they are spaced.
  const spacing = new Set<Code>(['arrivals_not_poisson', 'arrivals_fork']);
  const isFree = capacity.slots === Number.POSITIVE_INFINITY;
  const kept = isFree ? broken.filter((code) => !spacing.has(code)) : broken;
  kept.push(...brokenByService(solved, together, traffic));
  if (resource.kind !== 'provider') return { solved, together, broken: kept };
  return { ...limitByQuotas(resource, { solved, traffic, askings, broken: kept }), together };
}

function cacheMethod({ ttlSec }: Extract<Resource, { kind: 'cache' }>): string {
  return ttlSec === undefined ? 'LRU (Che)' : 'TTL cache (renewal)';
}

function trafficOf(
  scenario: Scenario,
  capacity: Capacity,
  askings: readonly Asking[],
  together: Together,
): OpenTraffic {
  return {
    ...capacity,
    arrivalRatePerSec: together.requestsPerSec,
    serviceTimeSec: together.serviceTimeSec,
    serviceTimeScv: together.serviceTimeScv,
    isExponential: together.isExponential,
    arrivalScv: arrivalScv(scenario, askings),
    byClass: askings
      .map(({ demand, ratePerSec, asked }) => ({
        name: demand.name,
        priority: scenario.classes[demand.name].priority ?? 0,
        arrivalRatePerSec: ratePerSec * asked.visitsPerSession,
        serviceTimeSec: asked.serviceTimeSec,
        serviceTimeScv:
          asked.serviceTimeSec === 0 ? 0 : asked.serviceVariance / asked.serviceTimeSec ** 2,
      }))
      .toSorted((a, b) => a.priority - b.priority),
  };
}

/** Squared CV of the gaps of one class that renews and visits once; 1 otherwise. */
function arrivalScv(scenario: Scenario, askings: readonly Asking[]): number {
  const [{ demand, asked }] = askings;
  const { arrivals } = scenario.classes[demand.name];
  if (askings.length > 1 || arrivals.kind !== 'renewal' || arrivals.batch !== undefined) return 1;
  if (asked.visitsPerSession !== 1 || exponentialLaw(arrivals.gapSec)) return 1;
  const { scv } = lawMoments(arrivals.gapSec);
  return Number.isFinite(scv) ? scv : 1;
}

function brokenByArrivals(scenario: Scenario, { demand, asked }: Asking): Code[] {
  const { arrivals } = scenario.classes[demand.name];
  const broken: Code[] = [];
  if ('batch' in arrivals && arrivals.batch !== undefined) broken.push('arrivals_fork');
  switch (arrivals.kind) {
    case 'poisson':
    case 'closed':
      break;
    case 'renewal':
      if (!exponentialLaw(arrivals.gapSec)) broken.push('arrivals_not_poisson');
      break;
    case 'modulated':
      broken.push('arrivals_not_poisson');
      break;
    default:
      broken.push('not_stationary');
  }
  // Jackson: only with exponential services do those who come again look like new ones.
  const others = [...demand.byResource].filter(
    ([name, one]) => one !== asked && isQueue(scenario.resources[name]),
  );
  const comesAgain = asked.visitsPerSession > 1 && !asked.isExponential;
  if (comesAgain || others.some(([, one]) => !one.isExponential)) {
    broken.push('arrivals_not_poisson');
  }
  return broken;
}

function isQueue(resource: Resource | undefined): boolean {
  if (resource === undefined) return false;
  const capacity = capacityOf(resource);
  return typeof capacity === 'string'
    ? resource.kind !== 'cache'
    : capacity.slots !== Number.POSITIVE_INFINITY;
}

const insensitive = /^(M\/G|M\/D|no load|fluid)/;

function brokenByService(solved: Solved, together: Together, traffic: OpenTraffic): Code[] {
  const broken: Code[] = [];
  if (solved.method === null) return broken;
  if (solved.method.startsWith('GI/G/c')) broken.push('approximate_method');
  else if (!together.isExponential && !insensitive.test(solved.method)) {
    broken.push('service_not_exponential');
  }
  const services = new Set(traffic.byClass.map(({ serviceTimeSec }) => serviceTimeSec));
  if (services.size > 1 && !insensitive.test(solved.method))
    broken.push('service_differs_by_class');
  if (traffic.patience !== null) {
    const isKnown = exponentialLaw(traffic.patience) || lawMoments(traffic.patience).variance === 0;
    if (!isKnown) broken.push('patience_not_exponential');
  }
  return broken;
}

interface QuotaCase {
  readonly solved: Solved;
  readonly traffic: OpenTraffic;
  readonly askings: readonly Asking[];
  readonly broken: readonly Code[];
}

/** What quotas leave of the calls: exact for one quota of requests, a fluid otherwise. */
function limitByQuotas(
  provider: ProviderResource,
  { solved, traffic, askings, broken }: QuotaCase,
): { readonly solved: Solved; readonly broken: readonly Code[] } {
  const { quotas = [], onLimit } = resolveProvider(provider);
  if (quotas.length === 0 || solved.method === null) return { solved, broken };
  const callsPerSec = traffic.arrivalRatePerSec;
  const mean = (pick: (asked: ResourceDemand) => number) =>
    askings.reduce(
      (sum, { ratePerSec, asked }) => sum + ratePerSec * asked.visitsPerSession * pick(asked),
      0,
    ) / callsPerSec;
  const load = quotaLoad(provider, {
    callsPerSec,
    inputTokens: mean(({ inputTokens }) => inputTokens),
    outputTokens: mean(({ outputTokens }) => outputTokens),
  });
  const isFree = traffic.slots === Number.POSITIVE_INFINITY;
  const [{ measure, perMinute, burst = perMinute }] = quotas;
  if (onLimit !== 'wait' && isFree && quotas.length === 1 && measure === 'requests') {
    const refusedShare = tokenBucketRejectProbability({
      arrivalRatePerSec: callsPerSec,
      refillPerSec: perMinute / 60,
      burst: Math.max(1, Math.floor(burst)),
    });
    return {
      solved: solvedBy('token bucket (M/D/1/b)', traffic, { waitSecMean: 0, refusedShare }),
      broken,
    };
  }
  const rules: Code[] = [...broken, 'admission_rules'];
  if (load < 1) return { solved, broken: rules };
  if (onLimit !== 'wait') {
    const refusedShare = 1 - 1 / load;
    return {
      solved: solvedBy('quota (fluid)', traffic, { waitSecMean: 0, refusedShare }),
      broken: rules,
    };
  }
  const growthPerSec = callsPerSec * (1 - 1 / load);
  return {
    solved: {
      ...unsolved(''),
      reason: null,
      method: 'fluid backlog',
      refusedShare: 0,
      overload:
        growthPerSec > 0 ? { growthPerSec, secondsToOneWaiterPerSlot: 1 / growthPerSec } : null,
    },
    broken: rules,
  };
}
