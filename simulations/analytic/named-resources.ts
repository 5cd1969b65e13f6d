import { stepLists } from '@/simulations/compile/held-resources';
import type { Scenario, SessionClass } from '@/simulations/scenario/scenario';
import type { Step } from '@/simulations/scenario/step';

/** Every resource that a class names, also by way of the queues that it publishes to. */
export function namedResources(scenario: Scenario, { program }: SessionClass): Set<string> {
  const names = new Set<string>();
  if ('kind' in program) {
    for (const name of [program.query, program.model, program.tool]) {
      if (name !== undefined) names.add(name);
    }
    return names;
  }
  const lists: (readonly Step[])[] = [program];
  for (let list = lists.pop(); list !== undefined; list = lists.pop()) {
    for (const step of list) {
      const name = nameOf(step);
      const isNew = name !== null && !names.has(name);
      if (name !== null) names.add(name);
      const resource = name === null || !isNew ? undefined : scenario.resources[name];
      if (resource?.kind === 'queue') lists.push(resource.program);
      lists.push(...stepLists(step));
    }
  }
  return names;
}

function nameOf(step: Step): string | null {
  if ('use' in step) return step.use;
  if ('acquire' in step) return step.acquire;
  if ('model' in step) return step.model;
  if ('publish' in step) return step.publish;
  if ('read' in step) return step.read;
  if ('write' in step) return step.write;
  if ('get' in step) return step.get;
  return null;
}
