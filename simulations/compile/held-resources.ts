import type { Step } from '../scenario/step';

/** The lists of steps within a step. */
export function stepLists(step: Step): readonly (readonly Step[])[] {
  if ('turn' in step) return [step.turn];
  if ('choose' in step) return step.choose.map(({ steps }) => steps);
  if ('repeat' in step) return [step.steps];
  if ('parallel' in step) return step.parallel;
  if ('attempt' in step) {
    return step.fallback === undefined ? [step.steps] : [step.steps, step.fallback];
  }
  if ('get' in step) return [step.miss];
  return [];
}

/** Adds the names of resources that steps hold beyond one use. */
export function collectHeld(steps: readonly Step[], held: Set<string>): void {
  for (const step of steps) {
    if ('acquire' in step) held.add(step.acquire);
    else if ('use' in step && (step.hold === 'turn' || step.hold === 'session')) held.add(step.use);
    for (const list of stepLists(step)) collectHeld(list, held);
  }
}
