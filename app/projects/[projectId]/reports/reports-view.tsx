'use client';

import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { reportsQuery } from '@/app/_queries/evidence-queries';
import { ButtonLink } from '@/app/_ui/button';
import { EmptyState } from '@/app/_ui/empty-state';
import { PageHead } from '@/app/_ui/page-head';
import { QueryFailure } from '@/app/_ui/query-failure';
import { Skeleton } from '@/app/_ui/skeleton';
import { StatusMark } from '@/app/_ui/status-mark';
import type { ReportSummary } from '@/lib/contracts/report';
import { formatCounted, formatUtc } from '@/lib/format';
import { verdictWord } from '../_checks/check-tone';

/** Frozen reports of a project, the newest first. */
export function ReportsView({ projectId }: { readonly projectId: string }) {
  const { data, error, refetch } = useQuery(reportsQuery(projectId));
  const readiness = `/projects/${encodeURIComponent(projectId)}/readiness`;
  if (data === undefined) {
    return error === null ? (
      <>
        <PageHead title={null} loadingLabel="Reading the reports" />
        <Skeleton className="mt-6 h-40" />
      </>
    ) : (
      <>
        <PageHead title="Reports could not be read" />
        <QueryFailure
          title="The list of reports is missing"
          error={error}
          onRetry={() => void refetch()}
        />
      </>
    );
  }
  const [newest] = data.reports;
  if (newest === undefined) {
    return (
      <>
        <PageHead title="No report has been frozen yet" />
        <EmptyState
          title="A report is a snapshot that does not change"
          text="It holds the verdict with its evidence, cost and saturation, and can be shared at a link that expires."
          actions={
            <ButtonLink href={readiness} variant="primary">
              Go to readiness
            </ButtonLink>
          }
        />
      </>
    );
  }
  return (
    <>
      <PageHead
        title={`${formatCounted(data.reports.length, 'report')}, the last of ${formatUtc(newest.createdAt)}`}
        lede="Reports do not change: what they say is what was known when they were frozen."
        actions={<ButtonLink href={readiness}>Freeze another</ButtonLink>}
      />
      <ul>
        {data.reports.map((report) => (
          <ReportRow key={report.reportId} projectId={projectId} report={report} />
        ))}
      </ul>
    </>
  );
}

interface ReportRowProps {
  readonly projectId: string;
  readonly report: ReportSummary;
}

function ReportRow({ projectId, report }: ReportRowProps) {
  const href = `/projects/${encodeURIComponent(projectId)}/reports/${encodeURIComponent(report.reportId)}`;
  return (
    <li className="grid gap-x-8 gap-y-1 border-b border-rule py-4 md:grid-cols-[9.5rem_minmax(0,1fr)_11rem]">
      <StatusMark tone={report.verdict}>{verdictWord[report.verdict]}</StatusMark>
      <div className="min-w-0">
        <Link href={href} className="link font-semibold [overflow-wrap:anywhere]">
          {report.title}
        </Link>
        <p className="text-pretty text-ink-2">{report.headline}</p>
      </div>
      <p className="text-ink-2 md:text-right">
        {formatUtc(report.createdAt)}
        <br />
        <code className="text-note text-ink-3">{report.sha256.slice(0, 12)}</code>
      </p>
    </li>
  );
}
