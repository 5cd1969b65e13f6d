import type { ImportIssueGroup } from '../contracts/import';
import type { ImportIssue } from '../traces/call-record';

const groupsMax = 1_000;

/** Issues counted by kind and file; beyond a thousand groups, by kind over all other files. */
export class IssueGroups {
  readonly #groups = new Map<string, ImportIssueGroup>();
  readonly #overflow = new Map<string, ImportIssueGroup>();

  /** Counts one issue of a file. */
  add(issue: ImportIssue, fileName: string): void {
    const key = `${issue.fileIndex}:${issue.kind}`;
    if (this.#groups.has(key) || this.#groups.size < groupsMax) {
      count(this.#groups, key, { ...groupOf(issue), fileName });
    } else {
      count(this.#overflow, issue.kind, { ...groupOf(issue), firstLine: null });
    }
  }

  /** The groups in the order in which they were first seen, those of other files last. */
  list(): ImportIssueGroup[] {
    return [...this.#groups.values(), ...this.#overflow.values()];
  }
}

function groupOf({ kind, count, line, message }: ImportIssue): ImportIssueGroup {
  return { kind, count, fileName: 'other files', firstLine: line, example: message };
}

function count(groups: Map<string, ImportIssueGroup>, key: string, next: ImportIssueGroup): void {
  const group = groups.get(key);
  groups.set(key, group === undefined ? next : { ...group, count: group.count + next.count });
}
