import { deadlockFreePoolSize } from '../analytic/deadlock-free-pool';
import type { Scenario } from '../scenario/scenario';
import type { Step } from '../scenario/step';
import type { ScenarioIssue } from './scenario-issue';
import { innerLists, listPrograms, type Path } from './session-programs';

/** Slots that a task holds, by resource. */
type Held = ReadonlyMap<string, number>;

interface Taking {
  readonly resource: string;
  readonly path: Path;
  /** Slots of the resource that are held together once this is granted. */
  readonly together: number;
}

/** Resources that are waited for while another is held, and where first, by the one that is held. */
type Order = Map<string, Map<string, Path>>;

/** Finds slots that can never be granted, and holdings that can block one another for ever. */
export function checkHolding(scenario: Scenario): ScenarioIssue[] {
  const issues: ScenarioIssue[] = [];
  const order: Order = new Map();
  for (const { owner, steps, path } of listPrograms(scenario)) {
    const takings: Taking[] = [];
    const everTaken = new Set<string>();
    collectTaken(steps, path, everTaken);
    walk(steps, path, new Map(), { takings, order });
    const arrivals = owner.kind === 'class' ? scenario.classes[owner.name].arrivals : null;
    const sessions = arrivals?.kind === 'closed' ? arrivals.agents : null;
    issues.push(...checkPools(takings, scenario, sessions));
    issues.push(...checkReleases(steps, path, everTaken));
  }
  return [...issues, ...checkOrder(order)];
}

/** Slots of a pool with all its replicas; infinite where they are unlimited, null for other kinds. */
function slotsOf(scenario: Scenario, name: string): number | null {
  const resource = new Map(Object.entries(scenario.resources)).get(name);
  if (resource?.kind === 'nodes') return resource.nodes * resource.socketsPerNode;
  if (resource?.kind !== 'pool') return null;
  if (resource.slots === 'unlimited') return Number.POSITIVE_INFINITY;
  return resource.slots * (resource.autoscaler?.max ?? 1);
}

function checkPools(
  takings: readonly Taking[],
  scenario: Scenario,
  sessions: number | null,
): ScenarioIssue[] {
  const deepest = new Map<string, Taking>();
  for (const taking of takings) {
    const last = deepest.get(taking.resource);
    if (last === undefined || taking.together > last.together) deepest.set(taking.resource, taking);
  }
  return [...deepest.values()].flatMap(({ resource, together, path }): ScenarioIssue[] => {
    const slots = slotsOf(scenario, resource);
    if (slots === null || together === 1) return [];
    if (together > slots) {
      const message = `This session holds ${together} slots of \`${resource}\` at once, and there are ${slots}: it waits for itself for ever.`;
      return [{ severity: 'error', path, message }];
    }
    if (sessions === null) {
      const most = Math.floor((slots - 1) / (together - 1));
      if (path.at(-1) === 'units' || slots === Number.POSITIVE_INFINITY) return [];
      const message = `Each session holds ${together} slots of \`${resource}\` one after the other: with more than ${most} sessions at once they can block one another for ever.`;
      return [{ severity: 'warning', path, message }];
    }
    const needed = deadlockFreePoolSize(sessions, together);
    if (path.at(-1) === 'units' || slots >= needed) return [];
    const message = `${sessions} agents that each hold ${together} slots of \`${resource}\` can block one another for ever: ${needed} slots or more are safe, there are ${slots}.`;
    return [{ severity: 'warning', path, message }];
  });
}

interface Found {
  readonly takings: Taking[];
  readonly order: Order;
}

/** Follows a list of steps with what is held; returns what is held after it. */
function walk(steps: readonly Step[], path: Path, before: Held, found: Found): Held {
  let held = before;
  const take = (resource: string, units: number, at: Path) => {
    for (const [holding, count] of held) {
      if (count > 0 && holding !== resource) noteOrder(found.order, holding, resource, at);
    }
    const already = held.get(resource) ?? 0;
    const isOneStep = already === 0 && units > 1;
    const together = already + units;
    found.takings.push({ resource, path: isOneStep ? [...at, 'units'] : at, together });
    return new Map(held).set(resource, together);
  };
  steps.forEach((step, i) => {
    const at = [...path, i];
    if ('acquire' in step) held = take(step.acquire, step.units ?? 1, at);
    else if ('release' in step) held = new Map(held).set(step.release, 0);
    else if ('use' in step && (held.get(step.use) ?? 0) === 0) {
      const after = take(step.use, 1, at);
      if (step.hold === 'turn' || step.hold === 'session') held = after;
    }
    const inner = innerLists(step, at);
    const ends = inner.map((list) => walk(list.steps, list.path, held, found));
    // What a task of its own takes it gives back; a turn gives back all that it took.
    if ('choose' in step) for (const end of ends) held = mostOf(held, end);
    else if ('repeat' in step) held = ends[0];
  });
  return held;
}

function noteOrder(order: Order, holding: string, resource: string, path: Path): void {
  let after = order.get(holding);
  if (after === undefined) {
    after = new Map();
    order.set(holding, after);
  }
  if (!after.has(resource)) after.set(resource, path);
}

function mostOf(one: Held, other: Held): Held {
  const most = new Map(one);
  for (const [name, count] of other) most.set(name, Math.max(count, most.get(name) ?? 0));
  return most;
}

function collectTaken(steps: readonly Step[], path: Path, taken: Set<string>): void {
  for (const step of steps) {
    if ('acquire' in step) taken.add(step.acquire);
    if ('use' in step && (step.hold === 'turn' || step.hold === 'session')) taken.add(step.use);
    for (const inner of innerLists(step, path)) collectTaken(inner.steps, path, taken);
  }
}

function checkReleases(
  steps: readonly Step[],
  path: Path,
  taken: ReadonlySet<string>,
): ScenarioIssue[] {
  return steps.flatMap((step, i): ScenarioIssue[] => {
    const at = [...path, i];
    if ('release' in step && !taken.has(step.release)) {
      const message = `\`${step.release}\` is released here and never acquired in this program.`;
      return [{ severity: 'error', path: [...at, 'release'], message }];
    }
    return innerLists(step, at).flatMap((inner) => checkReleases(inner.steps, inner.path, taken));
  });
}

/** Two resources that are each waited for while the other is held. */
function checkOrder(order: Order): ScenarioIssue[] {
  const leadsTo = (from: string, to: string): boolean => {
    const seen = new Set([from]);
    for (const name of seen) for (const next of order.get(name)?.keys() ?? []) seen.add(next);
    return seen.has(to);
  };
  const told = new Set<string>();
  const issues: ScenarioIssue[] = [];
  for (const [holding, after] of order) {
    for (const [resource, path] of after) {
      if (told.has(`${resource}\n${holding}`) || !leadsTo(resource, holding)) continue;
      told.add(`${holding}\n${resource}`);
      const message = `\`${resource}\` is waited for here while \`${holding}\` is held, and elsewhere the other way round: sessions can block one another for ever. Take both in one order.`;
      issues.push({ severity: 'warning', path, message });
    }
  }
  return issues;
}
