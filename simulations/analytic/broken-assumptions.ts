import type { AskMark } from '@/simulations/analytic/session-ledger';
import type { Resource } from '@/simulations/scenario/resource';
import type { Scenario } from '@/simulations/scenario/scenario';
import { assumptionCodes, type BrokenAssumption } from '@/simulations/scenario-twin';

type Code = BrokenAssumption['code'];

const texts: Record<Code, string> = {
  faults: 'Faults are planned for it, and the closed form takes it as sound all the time.',
  not_stationary: 'The load changes over time, and the closed form takes its long-run mean.',
  retries_feed_back:
    'Requests that fail here are made again, and the closed form does not count them twice.',
  held_while_waiting:
    'It is held while its holder queues elsewhere, and the closed form leaves that wait out.',
  slowdown_with_load: 'It slows down with its load, and the closed form takes its unloaded time.',
  timeouts: 'Work is broken off by timeouts, and the closed form takes all of it as done.',
  refusals_end_sessions:
    'Sessions that are refused ask for nothing further, and the closed form goes on with them.',
  capacity_changes: 'Its capacity changes with time, and the closed form takes it as fixed.',
  admission_rules: 'It sheds load by rules that the closed form does not know.',
  breakers: 'A circuit breaker keeps calls away that the closed form counts.',
  arrivals_fork: 'Requests come several at once, and the closed form takes them one by one.',
  arrivals_not_poisson:
    'Requests do not come at random (Poisson), and the closed form takes them so.',
  service_not_exponential:
    'Service times are not exponential, and the closed form takes them so, or knows two moments of them.',
  service_differs_by_class:
    'Service times differ by class or by step, and the closed form takes one law for all.',
  patience_not_exponential:
    'The time that waiters stay is neither exponential nor fixed, and the closed form takes it as one of these.',
  approximate_method: 'The closed form is an approximation of this queue.',
};

/** The assumptions with their sentences, the heaviest first, each once. */
export function listAssumptions(codes: ReadonlySet<Code>): BrokenAssumption[] {
  return assumptionCodes.flatMap((code) => (codes.has(code) ? [{ code, text: texts[code] }] : []));
}

/** Assumptions that a resource breaks by itself, whoever comes. */
export function brokenByResource(scenario: Scenario, name: string, resource: Resource): Code[] {
  const broken: Code[] = [];
  if (scenario.faults?.some((fault) => fault.resource === name) === true) broken.push('faults');
  if ('autoscaler' in resource && resource.autoscaler !== undefined)
    broken.push('capacity_changes');
  if (resource.kind === 'pool') {
    const { admission, breakdowns, slowdownPerInUse = 0 } = resource;
    if (slowdownPerInUse > 0) broken.push('slowdown_with_load');
    const isOpened = resource.connectSec ?? resource.maxLifetimeSec ?? resource.idleReleaseSec;
    if (breakdowns !== undefined || isOpened !== undefined) broken.push('capacity_changes');
    if (admission?.shedAgeSec ?? admission?.adaptiveLimit ?? admission?.dropExpired) {
      broken.push('admission_rules');
    }
    if (resource.mode === 'transaction') broken.push('held_while_waiting');
  }
  if (resource.kind === 'provider') {
    if ((resource.slowdownPerInFlight ?? 0) > 0) broken.push('slowdown_with_load');
    if (resource.overloadAt !== undefined) broken.push('admission_rules');
  }
  if (resource.kind === 'nodes' && resource.crashEverySec !== undefined) {
    broken.push('capacity_changes');
  }
  if (resource.kind === 'queue' && (resource.prefetch ?? 1) > 1) broken.push('approximate_method');
  return broken;
}

/** Assumptions that the steps around a request break. */
export function brokenByMarks(marks: ReadonlySet<AskMark>, refusedShare: number): Code[] {
  const broken: Code[] = [];
  if (marks.has('waits')) broken.push('held_while_waiting');
  if (marks.has('timeouts')) {
    broken.push('timeouts');
    if (marks.has('retries')) broken.push('retries_feed_back');
  }
  if (marks.has('breakers')) broken.push('breakers');
  if (marks.has('forks')) broken.push('arrivals_fork');
  if (refusedShare > 0)
    broken.push(marks.has('retries') ? 'retries_feed_back' : 'refusals_end_sessions');
  return broken;
}
