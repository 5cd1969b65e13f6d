import type { ScenarioIssue } from './checks/scenario-issue';
import type { Scenario } from './scenario/scenario';

/** Finds what is impossible. */
export function checkScenario(_scenario: Scenario): readonly ScenarioIssue[] {
  return [];
}
