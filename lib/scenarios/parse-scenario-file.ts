import { checkScenario } from '@/simulations/check-scenario';
import { Scenario } from '@/simulations/scenario/scenario';
import type { ValuePath } from './describe-place';
import { describeSchemaIssues } from './describe-schema-issues';
import type { LocatedValue } from './grow-tree';
import { type ParsedTree, parseTree } from './parse-tree';
import type { ScenarioFileIssue } from './scenario-file-issue';

/** A scenario with what is doubtful about it, or everything that keeps it from being run. */
export type ScenarioFileResult =
  | {
      readonly kind: 'scenario';
      readonly scenario: Scenario;
      readonly warnings: readonly ScenarioFileIssue[];
    }
  | { readonly kind: 'issues'; readonly issues: readonly ScenarioFileIssue[] };

const maxIssues = 50;

/**
 * Reads a scenario from YAML or JSON: its form by the schema, then what is impossible,
 * contradictory or endless in it.
 *
 * @returns the scenario with its defaults left out, or issues in the order of their lines, 50 at
 *   most; no content of a text makes it throw
 */
export function parseScenarioFile(text: string): ScenarioFileResult {
  const parsed = parseTree(text);
  const { tree } = parsed;
  if (parsed.kind === 'faults') {
    const issues = parsed.faults.map(({ at, message }) => issueAt(tree, at, [], message));
    return { kind: 'issues', issues: inOrder(issues) };
  }
  const { root } = tree;
  const { data, error } = Scenario.safeParse(withoutSchemaName(root.value));
  if (error !== undefined) {
    const issues = describeSchemaIssues(Scenario, root.value, error.issues).map((sentence) => {
      const { path, key, message } = sentence;
      return key === null
        ? issueAt(tree, placeOf(root, path), path, message)
        : issueAt(tree, placeOf(root, path, key), [...path, key], message);
    });
    return { kind: 'issues', issues: inOrder(issues) };
  }
  const checked = checkScenario(data).map(({ severity, path, message }) =>
    issueAt(tree, placeOf(root, path), path, message, severity),
  );
  const isError = ({ severity }: ScenarioFileIssue) => severity === 'error';
  return checked.some(isError)
    ? { kind: 'issues', issues: inOrder(checked) }
    : { kind: 'scenario', scenario: data, warnings: inOrder(checked) };
}

/** Without `$schema`, by which editors find the form of a JSON file. */
function withoutSchemaName(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, '$schema')) return value;
  return Object.fromEntries(Object.entries(value).filter(([key]) => key !== '$schema'));
}

function issueAt(
  tree: ParsedTree,
  at: number,
  path: ValuePath,
  message: string,
  severity: ScenarioFileIssue['severity'] = 'error',
): ScenarioFileIssue {
  return { severity, ...tree.positionOf(at), path: path.join('.'), message };
}

/**
 * Where a path leads in the text: to a single value, else to the key of the last one that is there;
 * or to a key of the mapping at the path.
 */
function placeOf(root: LocatedValue, path: ValuePath, ofKey?: string): number {
  let node = root;
  let at = root.at;
  for (const key of path) {
    const entry = node.entries?.get(String(key));
    const next = entry?.node ?? (typeof key === 'number' ? node.items?.[key] : undefined);
    if (next === undefined) return at;
    const isSingle = next.entries === null && next.items === null;
    at = entry === undefined || (isSingle && next.value !== null) ? next.at : entry.keyAt;
    node = next;
  }
  return (ofKey === undefined ? undefined : node.entries?.get(ofKey)?.keyAt) ?? at;
}

function inOrder(issues: readonly ScenarioFileIssue[]): readonly ScenarioFileIssue[] {
  return issues.toSorted((a, b) => a.line - b.line || a.column - b.column).slice(0, maxIssues);
}
