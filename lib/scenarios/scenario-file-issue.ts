import type { IssueSeverity } from '@/simulations/checks/scenario-issue';

/** One thing in a scenario file that cannot be run as it stands, or that is worth a second look. */
export interface ScenarioFileIssue {
  readonly severity: IssueSeverity;
  readonly line: number; //   from 1
  readonly column: number; // from 1
  /** Dotted path of the value, such as `resources.database.slots`; empty for the whole file. */
  readonly path: string;
  /** A sentence that a person can act on, without the line. */
  readonly message: string;
}

/** The sentence with its line: `` Line 12: `slots` of resource `database` is 0; … ``. */
export function describeFileIssue(issue: ScenarioFileIssue): string {
  return `Line ${issue.line}: ${issue.message}`;
}
