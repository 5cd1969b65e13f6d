import type { Resource } from '../scenario/resource';
import type { Scenario } from '../scenario/scenario';
import type { Step } from '../scenario/step';
import { drawFlow, type FlowEdge, type FlowGraph, type FlowNode, retryLaws } from './flow-graph';
import { isAlwaysZero, lawBounds } from './law-bounds';
import type { ScenarioIssue } from './scenario-issue';
import {
  innerLists,
  listPrograms,
  type Path,
  type PlacedProgram,
  visitSteps,
} from './session-programs';

/** Finds what would go on for ever, most of all without time moving on. */
export function checkEndless(scenario: Scenario): ScenarioIssue[] {
  const issues = listPrograms(scenario).flatMap((program) => [
    ...checkStandstill(scenario, program),
    ...checkRetries(scenario, program),
  ]);
  return [...issues, ...checkArrivals(scenario), ...checkQueueCycles(scenario)];
}

/** Moments that can be reached from the entry, nearest first. */
function reachable({ entry }: FlowGraph): FlowNode[] {
  const seen = new Set([entry]);
  for (const node of seen) for (const { to } of node.next) seen.add(to);
  return [...seen];
}

/** Finds moments from which neither an end nor any moment that takes time can be reached. */
function checkStandstill(
  scenario: Scenario,
  { steps, path, owner }: PlacedProgram,
): ScenarioIssue[] {
  const graph = drawFlow(steps, path, scenario);
  const arrivals = owner.kind === 'class' ? scenario.classes[owner.name].arrivals : null;
  const comesAtOnce = arrivals?.kind === 'closed' && isAlwaysZero(arrivals.restSec);
  const ends = [graph.end, graph.failure];
  if (comesAtOnce) for (const end of ends) end.next = [{ to: graph.entry, weight: 1 }];
  const nodes = reachable(graph);
  const before = new Map<FlowNode, FlowNode[]>(nodes.map((node) => [node, []]));
  for (const node of nodes) {
    for (const { to } of waysOn(node, scenario)) before.get(to)?.push(node);
  }
  const goesOn = new Set(
    nodes.filter((node) => node.takesTime || (ends.includes(node) && !comesAtOnce)),
  );
  for (const node of goesOn) for (const earlier of before.get(node) ?? []) goesOn.add(earlier);
  const stuck = nodes.filter((node) => !goesOn.has(node));
  if (stuck.length === 0) return [];
  if (comesAtOnce && !goesOn.has(graph.entry) && nodes.some((node) => ends.includes(node))) {
    const message = `A session of class \`${owner.name}\` takes no time and its agents rest for none, so the run would never leave its first moment: add a step that takes time, or \`restSec\`.`;
    return [{ severity: 'error', path: ['classes', owner.name, 'arrivals'], message }];
  }
  const place = stuck.find(({ step }) => step !== null && 'goTo' in step) ?? stuck[0];
  const message =
    'This goes round for ever without taking any time, so the run would never leave that moment: add a step that takes time, or a way out.';
  return [{ severity: 'error', path: place.path, message }];
}

/** Where a session can go from a moment at that moment: a use of no time leads on, unless it can be refused. */
function waysOn(node: FlowNode, scenario: Scenario): readonly FlowEdge[] {
  const { step, takesTime, next } = node;
  if (step === null || !('use' in step) || takesTime || canFailAtOnce(step, scenario, true)) {
    return next;
  }
  return next.filter(({ weight }) => weight > 0);
}

/** Unlimited retries that follow at once: endless in one moment where a failure takes no time. */
function checkRetries(scenario: Scenario, { steps, path }: PlacedProgram): ScenarioIssue[] {
  const issues: ScenarioIssue[] = [];
  visitSteps(steps, path, (step, at) => {
    if (!('attempt' in step) || step.retry?.attempts !== 'unlimited') return;
    if (!retryLaws(step.retry).every(isAlwaysZero)) return;
    const { retry, breaker, timeoutSec } = step;
    const isEndless =
      (breaker !== undefined && retry.on?.includes('circuit_open') === true) ||
      (timeoutSec !== undefined && isAlwaysZero(timeoutSec)) ||
      failsAtOnce(step.steps, at, scenario, retry.honourRetryAfter ?? true);
    issues.push({
      severity: isEndless ? 'error' : 'warning',
      path: [...at, 'retry', 'attempts'],
      message: isEndless
        ? `Retries of \`${step.attempt}\` are unlimited and follow at once, and what it does can fail at once: the run would never leave that moment. Give it a \`backoff\`, a \`delaySec\` or a number of attempts.`
        : `Retries of \`${step.attempt}\` are unlimited and follow at once: while what it calls is down, nothing slows them.`,
    });
  });
  return issues;
}

/** Whether steps can fail before any time has passed. */
function failsAtOnce(
  steps: readonly Step[],
  path: Path,
  scenario: Scenario,
  waitsAsAsked: boolean,
): boolean {
  for (const step of steps) {
    if (canFailAtOnce(step, scenario, waitsAsAsked)) return true;
    for (const inner of innerLists(step, path)) {
      if (failsAtOnce(inner.steps, inner.path, scenario, waitsAsAsked)) return true;
    }
    const pause = 'delay' in step ? step.delay : 'think' in step ? step.think : undefined;
    if (pause !== undefined && lawBounds(pause).min > 0) return false;
  }
  return false;
}

const requestNames = ['use', 'acquire', 'model', 'publish', 'read', 'write', 'get'] as const;

function canFailAtOnce(step: Step, scenario: Scenario, waitsAsAsked: boolean): boolean {
  if ('fail' in step) return step.probability !== 0;
  if ('verify' in step || ('write' in step && step.ifUnchanged === true)) return true;
  for (const name of requestNames) {
    const asked: unknown = Object.hasOwn(step, name) ? Reflect.get(step, name) : undefined;
    if (typeof asked !== 'string') continue;
    const isFaulty = scenario.faults?.some(
      (fault) => fault.resource === asked && (fault.outage === true || (fault.errorRate ?? 0) > 0),
    );
    const resource = new Map(Object.entries(scenario.resources)).get(asked);
    if (isFaulty === true || (resource !== undefined && canRefuse(resource, waitsAsAsked)))
      return true;
  }
  return false;
}

/** Whether a resource can refuse a request without any time passing until it is asked again. */
function canRefuse(resource: Resource, waitsAsAsked: boolean): boolean {
  switch (resource.kind) {
    case 'pool': {
      const { admission, acquireTimeoutSec } = resource;
      const refuses = [admission?.maxWaiting, admission?.shedAgeSec, admission?.adaptiveLimit];
      const timesOutAtOnce =
        acquireTimeoutSec !== undefined && lawBounds(acquireTimeoutSec).min === 0;
      return refuses.some((rule) => rule !== undefined) || timesOutAtOnce;
    }
    case 'provider': {
      const isLimited = resource.quotas !== undefined || resource.preset !== undefined;
      const refuses = isLimited && resource.onLimit !== 'wait' && !waitsAsAsked;
      return refuses || resource.overloadAt !== undefined || (resource.errorRate ?? 0) > 0;
    }
    case 'queue':
      return resource.maxMessages !== undefined;
    case 'limiter':
      return (resource.onLimit !== 'wait' && !waitsAsAsked) || resource.maxWaiting !== undefined;
    case 'nodes':
      return true;
    case 'cache':
    case 'store':
      return false;
    default:
      return resource satisfies never;
  }
}

function checkArrivals(scenario: Scenario): ScenarioIssue[] {
  return Object.entries(scenario.classes).flatMap(([name, { arrivals }]): ScenarioIssue[] => {
    if (arrivals.kind !== 'renewal' || !isAlwaysZero(arrivals.gapSec)) return [];
    const message = `Sessions of class \`${name}\` arrive without any gap, so the run would never leave its first moment: give \`gapSec\` a mean above 0.`;
    return [{ severity: 'error', path: ['classes', name, 'arrivals', 'gapSec'], message }];
  });
}

/** Queues whose workers publish, with every message, another that comes back to them. */
function checkQueueCycles(scenario: Scenario): ScenarioIssue[] {
  const published = new Map<string, { readonly to: string; readonly path: Path }[]>();
  for (const { owner, steps, path } of listPrograms(scenario)) {
    if (owner.kind === 'queue') published.set(owner.name, alwaysPublished(steps, path));
  }
  const comesBack = (from: string, to: string, seen: Set<string>): boolean => {
    if (to === from) return true;
    if (seen.has(to)) return false;
    seen.add(to);
    return (published.get(to) ?? []).some((next) => comesBack(from, next.to, seen));
  };
  return [...published].flatMap(([name, targets]) => {
    const back = targets.find(({ to }) => comesBack(name, to, new Set()));
    if (back === undefined) return [];
    const message = `Every message of queue \`${name}\` publishes another that comes back to it, so the queue never empties: publish in a \`choose\`, or to a queue that ends.`;
    return [{ severity: 'error' as const, path: back.path, message }];
  });
}

/** Queues that a run through the steps publishes to for certain. */
function alwaysPublished(steps: readonly Step[], path: Path) {
  const found: { to: string; path: Path }[] = [];
  for (const [i, step] of steps.entries()) {
    const at = [...path, i];
    if ('goTo' in step || 'end' in step) break;
    if ('publish' in step) found.push({ to: step.publish, path: [...at, 'publish'] });
    if ('turn' in step) found.push(...alwaysPublished(step.turn, [...at, 'turn']));
    if ('attempt' in step) found.push(...alwaysPublished(step.steps, [...at, 'steps']));
  }
  return found;
}
