import type { Resource } from '../scenario/resource';
import type { ObservedProgram, Scenario } from '../scenario/scenario';
import type { Step } from '../scenario/step';
import type { ScenarioIssue } from './scenario-issue';
import { innerLists, listPrograms, type Path, visitSteps } from './session-programs';

type Kind = Resource['kind'];

/** Resource kinds that each step can work with; the first is named as an example. */
const kindsOfStep = {
  use: ['pool', 'store', 'nodes', 'limiter'],
  acquire: ['pool', 'nodes'],
  release: ['pool', 'nodes'],
  model: ['provider'],
  publish: ['queue'],
  read: ['store'],
  write: ['store'],
  verify: ['store'],
  get: ['cache'],
} as const satisfies Readonly<Record<string, readonly Kind[]>>;

/** Finds names that nothing has, and resources that are not of the kind that a step works with. */
export function checkNames(scenario: Scenario): ScenarioIssue[] {
  const issues: ScenarioIssue[] = [];
  const names = new NameBook(scenario, issues);
  for (const { steps, path } of listPrograms(scenario)) {
    visitSteps(steps, path, (step, at) => checkStep(step, at, names));
    checkLabels(steps, path, new Set(), issues);
  }
  for (const [name, { program }] of Object.entries(scenario.classes)) {
    if ('kind' in program) checkObserved(program, ['classes', name, 'program'], names);
  }
  scenario.faults?.forEach((fault, i) => {
    names.resource(fault.resource, null, ['faults', i, 'resource']);
  });
  scenario.slos?.forEach((slo, i) => {
    if ('resource' in slo) names.resource(slo.resource, null, ['slos', i, 'resource']);
    else names.known('classes', slo.class, ['slos', i, 'class']);
  });
  return issues;
}

const nouns = {
  classes: 'class',
  breakers: 'circuit breaker',
  retryBudgets: 'retry budget',
} as const;

class NameBook {
  readonly #scenario: Scenario;
  readonly #resources: ReadonlyMap<string, Resource>;
  readonly #issues: ScenarioIssue[];

  constructor(scenario: Scenario, issues: ScenarioIssue[]) {
    this.#scenario = scenario;
    this.#resources = new Map(Object.entries(scenario.resources));
    this.#issues = issues;
  }

  known(section: keyof typeof nouns, name: string | undefined, path: Path): void {
    if (name === undefined) return;
    const names = Object.keys(this.#scenario[section] ?? {});
    if (names.includes(name)) return;
    const message = `There is no ${nouns[section]} \`${name}\` in \`${section}\`${listOf(names)}.`;
    this.#issues.push({ severity: 'error', path, message });
  }

  /** @param kinds kinds that will do; null: any */
  resource(name: string | undefined, kinds: readonly Kind[] | null, path: Path): void {
    if (name === undefined) return;
    const resource = this.#resources.get(name);
    if (resource === undefined) {
      const message = `There is no resource \`${name}\`${listOf([...this.#resources.keys()])}.`;
      this.#issues.push({ severity: 'error', path, message });
    } else if (kinds !== null && !kinds.includes(resource.kind)) {
      const step = String(path.at(-1));
      const fitting = Object.entries(kindsOfStep)
        .filter(([, of]) => of.some((kind) => kind === resource.kind))
        .map(([other]) => `\`${other}\``);
      const message = `\`${step}\` works with a ${kinds.join(', ')}, and \`${name}\` is a ${resource.kind}: use ${fitting.join(', ')}.`;
      this.#issues.push({ severity: 'error', path, message });
    }
  }
}

function listOf(names: readonly string[]): string {
  return names.length === 0
    ? ': none is described'
    : `; there are ${names.slice(0, 10).join(', ')}`;
}

function checkStep(step: Step, path: Path, names: NameBook): void {
  for (const [key, kinds] of Object.entries(kindsOfStep)) {
    const name: unknown = Object.hasOwn(step, key) ? Reflect.get(step, key) : undefined;
    if (typeof name === 'string') names.resource(name, kinds, [...path, key]);
  }
  if (!('attempt' in step)) return;
  names.known('breakers', step.breaker, [...path, 'breaker']);
  names.known('retryBudgets', step.retry?.budget, [...path, 'retry', 'budget']);
}

function checkObserved(program: ObservedProgram, path: Path, names: NameBook): void {
  names.resource(program.query, ['pool'], [...path, 'query']);
  names.resource(program.tool, ['pool'], [...path, 'tool']);
  names.resource(program.model, ['provider'], [...path, 'model']);
  names.known('retryBudgets', program.retry?.budget, [...path, 'retry', 'budget']);
}

/** A `goTo` leads to a label of its own list or of one around it, within one task. */
function checkLabels(
  steps: readonly Step[],
  path: Path,
  outer: ReadonlySet<string>,
  issues: ScenarioIssue[],
): void {
  const own = new Set<string>();
  steps.forEach((step, i) => {
    if (!('label' in step)) return;
    if (own.has(step.label)) {
      const message = `The label \`${step.label}\` stands twice in one list of steps.`;
      issues.push({ severity: 'error', path: [...path, i, 'label'], message });
    }
    own.add(step.label);
  });
  const inReach = own.size === 0 ? outer : new Set([...outer, ...own]);
  steps.forEach((step, i) => {
    const at = [...path, i];
    if ('goTo' in step && !inReach.has(step.goTo)) {
      const message = `There is no label \`${step.goTo}\` in this list of steps or in one around it${listOf([...inReach])}.`;
      issues.push({ severity: 'error', path: [...at, 'goTo'], message });
    }
    for (const inner of innerLists(step, at)) {
      checkLabels(inner.steps, inner.path, inner.isTask ? new Set() : inReach, issues);
    }
  });
}
