import { deterministicServiceWaitSec } from '@/simulations/analytic/crommelin';
import { type Solved, unsolved } from '@/simulations/analytic/open-resource';
import { tokenBucketRejectProbability } from '@/simulations/analytic/token-bucket';
import { resolveProvider } from '@/simulations/providers/resolve-provider';
import type { LimiterResource, ProviderResource, Quota } from '@/simulations/scenario/resource';

/** Closed form of a limiter at the door: what it refuses, or how long requests are paced. */
export function solveLimiter(limiter: LimiterResource, arrivalRatePerSec: number): Solved {
  const { ratePerSec, burst, onLimit = 'refuse' } = limiter;
  if (onLimit === 'refuse') {
    const whole = Math.floor(burst);
    if (whole < 1) return unsolved('A bucket below one token lets nobody through.');
    const refusedShare = tokenBucketRejectProbability({
      arrivalRatePerSec,
      refillPerSec: ratePerSec,
      burst: whole,
    });
    return {
      ...unsolved(''),
      reason: null,
      method: 'token bucket (M/D/1/b)',
      waitSecMean: 0,
      refusedShare,
    };
  }
  if (limiter.maxWaiting !== undefined)
    return unsolved('A bounded line at a bucket has no closed form here.');
  const growthPerSec = arrivalRatePerSec - ratePerSec;
  if (growthPerSec > 0) {
    const overload = { growthPerSec, secondsToOneWaiterPerSlot: 1 / growthPerSec };
    return { ...unsolved(''), reason: null, method: 'fluid backlog', refusedShare: 0, overload };
  }
  if (burst !== 1)
    return unsolved('Waiting at a bucket of several tokens has no closed form here.');
  const queue = { servers: 1, arrivalRatePerSec, serviceTimeSec: 1 / ratePerSec };
  const waitSecMean = deterministicServiceWaitSec(queue);
  return {
    ...unsolved(''),
    reason: null,
    method: 'pacing (M/D/1)',
    waitSecMean,
    refusedShare: 0,
    waitingMean: waitSecMean === null ? null : waitSecMean * arrivalRatePerSec,
  };
}

/** Calls to a provider and what they weigh. */
export interface CallLoad {
  readonly callsPerSec: number;
  readonly inputTokens: number; //  per call
  readonly outputTokens: number; // per call
}

/** Largest share of a quota that is used, fluid; 0 without quotas. */
export function quotaLoad(provider: ProviderResource, load: CallLoad): number {
  const loads = (resolveProvider(provider).quotas ?? []).map(
    (quota) => (load.callsPerSec * 60 * perCall(quota, load)) / quota.perMinute,
  );
  return Math.max(0, ...loads);
}

function perCall({ measure }: Quota, { inputTokens, outputTokens }: CallLoad): number {
  switch (measure) {
    case 'requests':
      return 1;
    case 'inputTokens':
      return inputTokens;
    case 'outputTokens':
      return outputTokens;
    case 'tokens':
      return inputTokens + outputTokens;
    default:
      return measure satisfies never;
  }
}
