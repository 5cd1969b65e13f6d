import Link from 'next/link';
import { Section } from '@/app/_ui/section';
import { Skeleton } from '@/app/_ui/skeleton';
import { formatCount } from '@/lib/format';
import type { Assessment } from '@/lib/readiness/assessment';
import { CheckLine } from '../_checks/check-item';
import { describeGroups, groupChecks } from '../_checks/check-tone';

interface BeforeLaunchProps {
  readonly projectId: string;
  readonly assessment: Assessment | undefined;
}

const linesMax = 5;

/** What stands between the project and its launch: what blocks, then conditions, then unknowns. */
export function BeforeLaunch({ projectId, assessment }: BeforeLaunchProps) {
  if (assessment === undefined) {
    return (
      <Section title="Before launch" note="Assessing">
        {['a', 'b', 'c', 'd'].map((key) => (
          <Skeleton key={key} className="mb-4 h-12" />
        ))}
      </Section>
    );
  }
  const groups = groupChecks(assessment.results);
  const { blocking, conditions, unknown } = groups;
  const ordered = [...blocking, ...conditions, ...unknown];
  const shown = ordered.slice(0, linesMax);
  const href = `/projects/${encodeURIComponent(projectId)}/readiness`;
  return (
    <Section title="Before launch" note={describeGroups(groups)}>
      {shown.length === 0 ? (
        <p className="text-ink-2">Every check that applies has passed.</p>
      ) : (
        <ul>
          {shown.map((result) => (
            <CheckLine key={result.checkId} result={result} />
          ))}
        </ul>
      )}
      <p className="mt-3">
        <Link href={href} className="link">
          {ordered.length > shown.length
            ? `${formatCount(ordered.length - shown.length)} more on the readiness page`
            : 'All checks with their evidence'}
        </Link>
      </p>
    </Section>
  );
}
