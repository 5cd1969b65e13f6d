import { Band } from '@/app/_ui/section';
import { formatCount, formatCounted } from '@/lib/format';
import type { CheckResult } from '@/lib/readiness/assessment';
import { CheckItem, CheckLine } from '../../_checks/check-item';
import type { CheckGroups } from '../../_checks/check-tone';

/** What blocks, under which conditions a launch is possible, and what is not known. */
export function ChecksPart({ groups }: { readonly groups: CheckGroups }) {
  const blockingUnknown = groups.blocking.filter(({ status }) => status === 'unknown').length;
  return (
    <>
      <Group title="Blocking" results={groups.blocking} none="Nothing blocks." />
      <Group title="Conditions" results={groups.conditions} none="No conditions." />
      <Band>
        <h2 className="mb-3 text-body font-semibold">
          Not assessed{' '}
          <span className="font-normal text-ink-3">{formatCount(groups.unknown.length)}</span>
        </h2>
        {groups.unknown.length === 0 ? (
          <p className="text-ink-2">
            {blockingUnknown === 0
              ? 'Every check that applies was decided.'
              : `None besides the ${formatCounted(blockingUnknown, 'check')} without evidence that stand under Blocking.`}
          </p>
        ) : (
          <ul className="grid gap-x-10 md:grid-cols-2 md:[&>*:nth-child(2)]:border-t-0 md:[&>*:nth-child(2)]:pt-0">
            {groups.unknown.map((result) => (
              <CheckLine key={result.checkId} result={result} />
            ))}
          </ul>
        )}
      </Band>
    </>
  );
}

interface GroupProps {
  readonly title: string;
  readonly results: readonly CheckResult[];
  readonly none: string;
}

function Group({ title, results, none }: GroupProps) {
  return (
    <Band>
      <h2 className="text-body font-semibold">
        {title} <span className="font-normal text-ink-3">{formatCount(results.length)}</span>
      </h2>
      {results.length === 0 ? (
        <p className="text-ink-2">{none}</p>
      ) : (
        <ul>
          {results.map((result) => (
            <CheckItem key={result.checkId} result={result} isBrief />
          ))}
        </ul>
      )}
    </Band>
  );
}
