import { providerPresetNames, resolveProvider } from '../providers/resolve-provider';
import type { Autoscaler } from '../scenario/policy';
import type { Resource } from '../scenario/resource';
import type { Scenario } from '../scenario/scenario';
import type { ScenarioIssue } from './scenario-issue';
import type { Path } from './session-programs';

type Severity = ScenarioIssue['severity'];

/** Finds contradictions in what resources, breakers and classes say of themselves. */
export function checkResources(scenario: Scenario): ScenarioIssue[] {
  const issues: ScenarioIssue[] = [];
  const tell = (severity: Severity, path: Path, message: string) => {
    issues.push({ severity, path, message });
  };
  for (const [name, resource] of Object.entries(scenario.resources)) {
    checkResource(resource, ['resources', name], tell, scenario);
  }
  for (const [name, breaker] of Object.entries(scenario.breakers ?? {})) {
    checkBreaker(breaker, ['breakers', name], tell, scenario.horizonSec);
  }
  return issues;
}

type Tell = (severity: Severity, path: Path, message: string) => void;

function checkResource(resource: Resource, path: Path, tell: Tell, scenario: Scenario): void {
  if ('autoscaler' in resource && resource.autoscaler !== undefined) {
    checkAutoscaler(resource.autoscaler, [...path, 'autoscaler'], tell);
  }
  if (resource.kind === 'pool') checkPool(resource, path, tell, scenario);
  if (resource.kind === 'provider') checkPreset(resource, path, tell);
  if (resource.kind === 'queue' && resource.autoscaler !== undefined) {
    const { partitions, autoscaler } = resource;
    if (partitions !== undefined && partitions < autoscaler.max) {
      const message = `${autoscaler.max} workers share ${partitions} partitions: more than ${partitions} never consume.`;
      tell('warning', [...path, 'autoscaler', 'max'], message);
    }
  }
}

function checkAutoscaler({ min, max, metric, target }: Autoscaler, path: Path, tell: Tell): void {
  if (min > max)
    tell(
      'error',
      [...path, 'min'],
      `The autoscaler has at least ${min} replicas and at most ${max}: \`min\` is not above \`max\`.`,
    );
  if (metric === 'utilization' && target > 1) {
    tell(
      'warning',
      [...path, 'target'],
      `A utilisation of ${target} is never reached, as it is a share of 1: the autoscaler never adds a replica.`,
    );
  }
}

function checkPool(
  pool: Extract<Resource, { kind: 'pool' }>,
  path: Path,
  tell: Tell,
  scenario: Scenario,
): void {
  const { slots, discipline, admission } = pool;
  if (slots === 'unlimited' && discipline === 'sharing') {
    tell(
      'error',
      [...path, 'discipline'],
      'Unlimited slots are never shared: give a number of slots, or leave `discipline` out.',
    );
  }
  if (slots === 'unlimited' && pool.autoscaler !== undefined) {
    tell(
      'error',
      [...path, 'autoscaler'],
      'Replicas of unlimited slots change nothing: give a number of slots, or leave `autoscaler` out.',
    );
  }
  const priorities = new Set(Object.values(scenario.classes).map(({ priority = 0 }) => priority));
  if ((discipline === 'priority' || discipline === 'preemptive') && priorities.size === 1) {
    tell(
      'warning',
      [...path, 'discipline'],
      `All classes have the same priority, so \`${discipline}\` is first in, first out: give classes a \`priority\`.`,
    );
  }
  if (admission?.dropExpired === true) {
    const hasDeadline = Object.values(scenario.classes).some(
      ({ deadlineSec }) => deadlineSec !== undefined,
    );
    if (!hasDeadline)
      tell(
        'warning',
        [...path, 'admission', 'dropExpired'],
        'No class has a `deadlineSec`, so no waiter expires.',
      );
  }
  const limit = admission?.adaptiveLimit;
  if (limit === undefined) return;
  const { min = 1, max = Number.POSITIVE_INFINITY, initial } = limit;
  if (min > max || initial < min || initial > max) {
    tell(
      'error',
      [...path, 'admission', 'adaptiveLimit'],
      `The adaptive limit starts at ${initial} and stays between ${min} and ${max === Number.POSITIVE_INFINITY ? 'any number' : max}, which cannot both hold.`,
    );
  }
}

function checkPreset(
  provider: Extract<Resource, { kind: 'provider' }>,
  path: Path,
  tell: Tell,
): void {
  const { preset } = provider;
  if (preset === undefined) return;
  if (!providerPresetNames.includes(preset)) {
    const known = providerPresetNames.join(', ');
    tell(
      'error',
      [...path, 'preset'],
      `There is no provider preset \`${preset}\`; there are ${known}.`,
    );
    return;
  }
  try {
    resolveProvider(provider);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    tell('error', [...path, 'preset'], error.message);
  }
}

type Breaker = NonNullable<Scenario['breakers']>[string];

function checkBreaker(breaker: Breaker, path: Path, tell: Tell, horizonSec: number): void {
  const { consecutiveFailures, failureRate, callsPerSession, openSec } = breaker;
  const conditions = [consecutiveFailures, failureRate, callsPerSession];
  if (conditions.every((one) => one === undefined)) {
    tell(
      'error',
      path,
      'This breaker never opens: give it `consecutiveFailures`, `failureRate` or `callsPerSession`.',
    );
  }
  if (failureRate === 0) {
    tell(
      'error',
      [...path, 'failureRate'],
      'A failure rate of 0 is reached without a failure, so this breaker never stays closed: give a share above 0.',
    );
  }
  if (openSec >= horizonSec) {
    tell(
      'warning',
      [...path, 'openSec'],
      `This breaker never closes again: it stays open for ${openSec} s, and the run ends after ${horizonSec} s.`,
    );
  }
}
