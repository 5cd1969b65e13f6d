import type { Scenario } from '../scenario/scenario';
import type { Step } from '../scenario/step';
import type { ScenarioIssue } from './scenario-issue';

/** Keys and indexes from the root of a scenario. */
export type Path = ScenarioIssue['path'];

/** Steps of a class or of the workers of a queue, with the place where they stand. */
export interface PlacedProgram {
  readonly owner: { readonly kind: 'class' | 'queue'; readonly name: string };
  readonly steps: readonly Step[];
  readonly path: Path;
}

/** A list of steps within a step. */
export interface InnerList {
  readonly steps: readonly Step[];
  readonly path: Path;
  /** It runs as a task of its own: no `goTo` in it leads out of it. */
  readonly isTask: boolean;
}

/** All programs that are written as steps. */
export function listPrograms(scenario: Scenario): PlacedProgram[] {
  const ofClasses = Object.entries(scenario.classes).flatMap(([name, { program }]) =>
    'kind' in program
      ? []
      : [
          {
            owner: { kind: 'class', name },
            steps: program,
            path: ['classes', name, 'program'],
          } as const,
        ],
  );
  const ofQueues = Object.entries(scenario.resources).flatMap(([name, resource]) =>
    resource.kind === 'queue'
      ? [
          {
            owner: { kind: 'queue', name },
            steps: resource.program,
            path: ['resources', name, 'program'],
          } as const,
        ]
      : [],
  );
  return [...ofClasses, ...ofQueues];
}

/** The lists of steps within a step, with their places. */
export function innerLists(step: Step, path: Path): InnerList[] {
  if ('turn' in step) return [{ steps: step.turn, path: [...path, 'turn'], isTask: false }];
  if ('choose' in step) {
    return step.choose.map(({ steps }, i) => ({
      steps,
      path: [...path, 'choose', i, 'steps'],
      isTask: false,
    }));
  }
  if ('repeat' in step) return [{ steps: step.steps, path: [...path, 'steps'], isTask: false }];
  if ('parallel' in step) {
    return step.parallel.map((steps, i) => ({
      steps,
      path: [...path, 'parallel', i],
      isTask: true,
    }));
  }
  if ('get' in step) return [{ steps: step.miss, path: [...path, 'miss'], isTask: true }];
  if (!('attempt' in step)) return [];
  const body = { steps: step.steps, path: [...path, 'steps'], isTask: true };
  const { fallback } = step;
  return fallback === undefined
    ? [body]
    : [body, { steps: fallback, path: [...path, 'fallback'], isTask: false }];
}

/** Visits every step of a program, each before those within it. */
export function visitSteps(
  steps: readonly Step[],
  path: Path,
  visit: (step: Step, path: Path) => void,
): void {
  steps.forEach((step, i) => {
    const at = [...path, i];
    visit(step, at);
    for (const inner of innerLists(step, at)) visitSteps(inner.steps, inner.path, visit);
  });
}
