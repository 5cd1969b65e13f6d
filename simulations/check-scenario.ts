import { checkCaches } from './checks/check-caches';
import { checkEndless } from './checks/check-endless';
import { checkHolding } from './checks/check-holding';
import { checkLoad } from './checks/check-load';
import { checkNames } from './checks/check-names';
import { checkResources } from './checks/check-resources';
import { checkTimes } from './checks/check-times';
import type { ScenarioIssue } from './checks/scenario-issue';
import type { Scenario } from './scenario/scenario';

/** What is known beside the scenario itself. */
export interface ScenarioSurroundings {
  /** Whether imported sessions are there to be played; left out: not known. */
  readonly hasWorkload?: boolean;
}

/**
 * Finds what is impossible, contradictory or endless in a scenario that fits its schema, and warns
 * of what makes its results doubtful. Overload is a warning: it may be the question.
 *
 * @returns issues with the path of the value that is meant; without an error the scenario can be run
 */
export function checkScenario(
  scenario: Scenario,
  { hasWorkload }: ScenarioSurroundings = {},
): readonly ScenarioIssue[] {
  const named = [
    ...(Object.keys(scenario.classes).length === 0 ? [noClass] : []),
    ...checkNames(scenario),
    ...(hasWorkload === false ? observedClasses(scenario) : []),
  ];
  const independent = [...checkResources(scenario), ...checkCaches(scenario)];
  // The ways through a program are known once every name in it is.
  if (named.some(({ severity }) => severity === 'error')) return [...named, ...independent];
  const flowing = [...checkEndless(scenario), ...checkHolding(scenario), ...checkTimes(scenario)];
  const all = [...named, ...independent, ...flowing];
  return all.some(({ severity }) => severity === 'error') ? all : [...all, ...checkLoad(scenario)];
}

const noClass: ScenarioIssue = {
  severity: 'error',
  path: ['classes'],
  message: 'There is no class, so no session ever starts: describe at least one.',
};

function observedClasses(scenario: Scenario): ScenarioIssue[] {
  return Object.entries(scenario.classes).flatMap(([name, { program }]): ScenarioIssue[] => {
    if (!('kind' in program)) return [];
    const message = `Class \`${name}\` plays imported sessions, and none are given: run it with a project that has some, or write its program as steps.`;
    return [{ severity: 'error', path: ['classes', name, 'program'], message }];
  });
}
