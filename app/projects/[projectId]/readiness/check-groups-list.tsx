import type { ReactNode } from 'react';
import { Band } from '@/app/_ui/section';
import { formatCount } from '@/lib/format';
import type { CheckResult } from '@/lib/readiness/assessment';
import { CheckItem } from '../_checks/check-item';
import type { CheckGroups } from '../_checks/check-tone';

/** Checks in the order in which they need attention; what has passed is folded away. */
export function CheckGroupsList({ groups }: { readonly groups: CheckGroups }) {
  return (
    <>
      <CheckGroup
        title="Blocking"
        note="The launch waits for these."
        results={groups.blocking}
        none="Nothing blocks."
      />
      <CheckGroup
        title="Conditions"
        note="Launch is possible with these known and accepted."
        results={groups.conditions}
        none="No conditions."
      />
      <CheckGroup
        title="Not assessed"
        note="No evidence is not a pass. Each says how to provide it."
        results={groups.unknown}
      />
      <FoldedGroup title="Passed" results={groups.passed} />
      <FoldedGroup title="Does not apply" results={groups.notApplicable} />
    </>
  );
}

interface CheckGroupProps {
  readonly title: string;
  readonly note: string;
  readonly results: readonly CheckResult[];
  /** Said where the group is empty; without it an empty group is left out. */
  readonly none?: string;
}

function CheckGroup({ title, note, results, none }: CheckGroupProps) {
  if (results.length === 0 && none === undefined) return null;
  return (
    <Band>
      <section>
        <h2 className="text-body font-semibold">
          {title} <span className="font-normal text-ink-3">{formatCount(results.length)}</span>
        </h2>
        {results.length === 0 ? (
          <p className="text-ink-2">{none}</p>
        ) : (
          <>
            <p className="mb-3 text-ink-2">{note}</p>
            <CheckList results={results} />
          </>
        )}
      </section>
    </Band>
  );
}

function FoldedGroup({
  title,
  results,
}: {
  readonly title: string;
  readonly results: readonly CheckResult[];
}): ReactNode {
  if (results.length === 0) return null;
  return (
    <Band className="pb-5">
      <details>
        <summary className="min-h-6">
          {title} <span className="font-normal text-ink-3">{formatCount(results.length)}</span>
        </summary>
        <CheckList results={results} />
      </details>
    </Band>
  );
}

function CheckList({ results }: { readonly results: readonly CheckResult[] }) {
  return (
    <ul>
      {results.map((result) => (
        <CheckItem key={result.checkId} result={result} />
      ))}
    </ul>
  );
}
