import { StatusShape, type StatusTone } from '@/app/_ui/status-mark';
import type { ImportIssueGroup } from '@/lib/contracts/import';
import { formatCount } from '@/lib/format';
import { type IssueWeight, issueWords } from './import-words';

const toneOf = {
  file: 'no_go',
  record: 'conditional',
  assumption: 'unknown',
} as const satisfies Record<IssueWeight, StatusTone>;

const weightOrder = ['file', 'record', 'assumption'] as const satisfies readonly IssueWeight[];

/** What was not read, or not as it stands: by kind, with the first place and what was done about it. */
export function IssueList({ issues }: { readonly issues: readonly ImportIssueGroup[] }) {
  const sorted = issues.toSorted(
    (a, b) =>
      weightOrder.indexOf(issueWords[a.kind].weight) -
        weightOrder.indexOf(issueWords[b.kind].weight) || b.count - a.count,
  );
  return (
    <ul>
      {sorted.map((issue) => {
        const words = issueWords[issue.kind];
        return (
          <li
            key={`${issue.kind}:${issue.fileName}`}
            className="grid grid-cols-[16px_minmax(0,1fr)_auto] gap-x-3 border-b border-rule-2 py-3 last:border-b-0"
          >
            <span className="pt-0.5">
              <StatusShape tone={toneOf[words.weight]} />
            </span>
            <div className="min-w-0">
              <p className="font-semibold">{words.title}</p>
              <p className="text-pretty text-ink-2 [overflow-wrap:anywhere]">{issue.example}</p>
              <p className="mt-0.5 text-ink-3 [overflow-wrap:anywhere]">
                <code>
                  {issue.fileName}
                  {issue.firstLine !== null && `:${issue.firstLine}`}
                </code>
                {issue.count > 1 && ' is the first'}
              </p>
            </div>
            <p className="font-semibold">
              {formatCount(issue.count)}
              <span className="sr-only"> {issue.count === 1 ? 'time' : 'times'}</span>
            </p>
          </li>
        );
      })}
    </ul>
  );
}
