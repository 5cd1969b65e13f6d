/** An error keeps a scenario from being run; a warning says what to doubt about its results. */
export type IssueSeverity = 'error' | 'warning';

/** Something impossible, contradictory, endless or doubtful in a scenario that its schema allows. */
export interface ScenarioIssue {
  readonly severity: IssueSeverity;
  /** Keys and indexes from the root of the scenario to the value that is meant. */
  readonly path: readonly (string | number)[];
  /** A sentence that says what is wrong and what would do. */
  readonly message: string;
}
