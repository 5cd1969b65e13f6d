import type { Scenario } from '../scenario/scenario';
import type { Step } from '../scenario/step';
import type { ScenarioIssue } from './scenario-issue';
import { innerLists, listPrograms, type Path } from './session-programs';

/** Finds entries that are fetched by asking the same cache, which is filling them. */
export function checkCaches(scenario: Scenario): ScenarioIssue[] {
  const resources = new Map(Object.entries(scenario.resources));
  const find = (steps: readonly Step[], path: Path, filling: readonly string[]): ScenarioIssue[] =>
    steps.flatMap((step, i) => {
      const at = [...path, i];
      const cache = 'get' in step ? step.get : null;
      const inside = cache === null ? filling : [...filling, cache];
      const deeper = innerLists(step, at).flatMap((inner) => find(inner.steps, inner.path, inside));
      if (cache === null || !filling.includes(cache)) return deeper;
      const resource = resources.get(cache);
      const waits = resource?.kind === 'cache' && resource.singleFlight === true;
      const message = waits
        ? `A miss of \`${cache}\` asks \`${cache}\` again, which waits for the fetch that is under way: for the same key it waits for itself for ever.`
        : `A miss of \`${cache}\` asks \`${cache}\` again before the entry is there: this misses, too.`;
      return [{ severity: waits ? 'error' : 'warning', path: [...at, 'get'], message }, ...deeper];
    });
  return listPrograms(scenario).flatMap(({ steps, path }) => find(steps, path, []));
}
