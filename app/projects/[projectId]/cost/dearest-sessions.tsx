import Link from 'next/link';
import { CsvLink } from '@/app/_ui/csv-link';
import { Band, Section } from '@/app/_ui/section';
import { dearestCsv } from '@/lib/charts/cost-anatomy-csv';
import type { CostAnatomy, DearFactor, DearSession } from '@/lib/cost/cost-anatomy';
import { formatCounted, formatDecimal, formatUsd } from '@/lib/format';

interface DearestSessionsProps {
  readonly projectId: string;
  readonly anatomy: CostAnatomy;
}

/** The dearest sessions, each with why it costs more than the median session. */
export function DearestSessions({ projectId, anatomy }: DearestSessionsProps) {
  const { dearest, medianSession } = anatomy;
  if (dearest.length === 0 || medianSession === null) return null;
  return (
    <Band>
      <Section
        title={titleOf(anatomy)}
        note={`Each beside the median session of ${formatUsd(medianSession.costUsd)} and ${formatCounted(Math.round(medianSession.calls), 'call')}. Each reason is worked out alone: what the session would have cost less at the median. They overlap and do not add up.`}
        actions={
          <CsvLink
            fileName="dearest-sessions"
            what="The dearest sessions and why"
            rows={() => dearestCsv(anatomy)}
          />
        }
      >
        <ol>
          {dearest.map((session) => (
            <Dear key={session.sessionId} session={session} projectId={projectId} />
          ))}
        </ol>
      </Section>
    </Band>
  );
}

function titleOf({ dearest, sessions }: CostAnatomy): string {
  const [first] = dearest;
  if (first === undefined || first.timesMedian === null || sessions < 2) {
    return dearest.length === 1 ? 'The dearest session' : 'The dearest sessions';
  }
  return `The dearest session costs ${formatDecimal(first.timesMedian)} × the median one`;
}

interface DearProps {
  readonly session: DearSession;
  readonly projectId: string;
}

function Dear({ session, projectId }: DearProps) {
  return (
    <li className="grid gap-x-6 gap-y-1 border-t border-rule-2 py-2.5 sm:grid-cols-[13rem_minmax(0,1fr)]">
      <Link
        href={`/projects/${encodeURIComponent(projectId)}/sessions/${encodeURIComponent(session.sessionId)}`}
        className="truncate font-medium underline decoration-rule underline-offset-3 hover:decoration-ink"
        title={session.sessionId}
      >
        {session.sessionId}
      </Link>
      <div className="min-w-0">
        <p className="text-pretty [overflow-wrap:anywhere]">{session.sentence}</p>
        {session.factors.length > 0 && (
          <dl className="mt-1 grid gap-x-3 text-note text-ink-2 sm:grid-cols-[auto_minmax(0,1fr)]">
            {session.factors.slice(0, 3).map((factor) => (
              <Reason key={factor.factor} factor={factor} />
            ))}
          </dl>
        )}
      </div>
    </li>
  );
}

function Reason({ factor }: { readonly factor: DearFactor }) {
  return (
    <>
      <dt className="font-medium whitespace-nowrap text-ink sm:text-right">
        +{formatUsd(factor.aboveMedianUsd)}
      </dt>
      <dd className="text-pretty [overflow-wrap:anywhere]">{factor.text}</dd>
    </>
  );
}
