import type { ImportIssueGroup } from '../contracts/import';
import type { ImportIssue } from '../traces/call-record';

/** Issues counted by kind and file; beyond a thousand groups only the counts of known ones go on. */
export class IssueGroups {
  readonly #groups = new Map<string, ImportIssueGroup>();
  readonly #groupsMax = 1_000;

  /** Counts one issue of a file. */
  add(issue: ImportIssue, fileName: string): void {
    const key = `${issue.fileIndex}:${issue.kind}`;
    const group = this.#groups.get(key);
    if (group !== undefined) {
      this.#groups.set(key, { ...group, count: group.count + issue.count });
    } else if (this.#groups.size < this.#groupsMax) {
      this.#groups.set(key, {
        kind: issue.kind,
        count: issue.count,
        fileName,
        firstLine: issue.line,
        example: issue.message,
      });
    }
  }

  /** The groups in the order in which they were first seen. */
  list(): ImportIssueGroup[] {
    return [...this.#groups.values()];
  }
}
