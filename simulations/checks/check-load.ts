import { resolveProvider } from '../providers/resolve-provider';
import type { Resource } from '../scenario/resource';
import type { Scenario } from '../scenario/scenario';
import { arrivalRatePerSec, type OfferedLoad, offeredLoad } from './offered-load';
import type { ScenarioIssue } from './scenario-issue';

/**
 * Warns where open load is above what a resource can carry: overload is a fair question, and its
 * answer is no steady state. Classes that start no session are told, too.
 */
export function checkLoad(scenario: Scenario): ScenarioIssue[] {
  const idle = Object.entries(scenario.classes).flatMap(([name, { arrivals }]): ScenarioIssue[] => {
    if (arrivalRatePerSec(arrivals, scenario.horizonSec) !== 0) return [];
    const message = `No session of class \`${name}\` ever starts: its rate is 0.`;
    return [{ severity: 'warning', path: ['classes', name, 'arrivals'], message }];
  });
  const load = offeredLoad(scenario);
  const above = Object.entries(scenario.resources).flatMap(([name, resource]): ScenarioIssue[] => {
    const message = describeOverload(name, resource, load);
    return message === null ? [] : [{ severity: 'warning', path: ['resources', name], message }];
  });
  return [...idle, ...above];
}

function describeOverload(name: string, resource: Resource, load: OfferedLoad): string | null {
  const perSec = load.requestsPerSec.get(name) ?? 0;
  switch (resource.kind) {
    case 'pool': {
      const { slots, autoscaler, admission, acquireTimeoutSec } = resource;
      const isBounded = admission !== undefined || acquireTimeoutSec !== undefined;
      if (slots === 'unlimited' || isBounded) return null;
      const capacity = slots * (autoscaler?.max ?? 1);
      const utilization = (load.erlangs.get(name) ?? 0) / capacity;
      return utilization < 1
        ? null
        : `The open load keeps ${readable(utilization * capacity)} slots of \`${name}\` busy, and it has ${capacity}: at ${readable(100 * utilization)} % its queue grows as long as the load lasts.`;
    }
    case 'limiter':
      return resource.onLimit === 'wait' &&
        resource.maxWaiting === undefined &&
        perSec > resource.ratePerSec
        ? `${readable(perSec)} sessions a second ask \`${name}\`, which lets ${readable(resource.ratePerSec)} through: its queue grows as long as the load lasts.`
        : null;
    case 'provider': {
      const quota = resolveProvider(resource).quotas?.find(({ measure }) => measure === 'requests');
      return quota !== undefined && perSec * 60 > quota.perMinute
        ? `${readable(perSec * 60)} calls a minute are made to \`${name}\`, and its quota is ${readable(quota.perMinute)}: more are ${resource.onLimit === 'wait' ? 'delayed without end' : 'refused'}.`
        : null;
    }
    case 'queue':
    case 'cache':
    case 'store':
    case 'nodes':
      return null;
    default:
      return resource satisfies never;
  }
}

function readable(value: number): string {
  return String(Number(value.toPrecision(3)));
}
