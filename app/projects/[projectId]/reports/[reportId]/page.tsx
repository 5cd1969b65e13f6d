import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { buttonClass } from '@/app/_ui/button';
import { AppError } from '@/lib/errors';
import { loadReport } from '@/lib/queries/load-report';
import { renderMarkdown } from '@/lib/report/render-markdown';
import { ReportSheet } from '../_sheet/report-sheet';
import { PrintButton } from './print-button';
import { ShareLinks } from './share-links';

/** Title of a report. */
export const metadata: Metadata = { title: 'Report' };

/** A report is read on each visit: its share links change although it does not. */
export const dynamic = 'force-dynamic';

interface ReportPageProps {
  readonly params: Promise<{ readonly projectId: string; readonly reportId: string }>;
}

/** A frozen report with its share links. */
export default async function ReportPage({ params }: ReportPageProps) {
  const { projectId, reportId } = await params;
  const { report, sha256, shares } = await loadReportOrNotFound(projectId, reportId);
  return (
    <>
      <ReportSheet
        report={report}
        sha256={sha256}
        actions={
          <>
            <a
              className={buttonClass('secondary')}
              download={`plimsoll-${reportId}.md`}
              href={`data:text/markdown;charset=utf-8,${encodeURIComponent(renderMarkdown(report))}`}
            >
              Markdown
            </a>
            <PrintButton />
            <a className={buttonClass('primary')} href="#share">
              Share
            </a>
          </>
        }
      />
      <ShareLinks projectId={projectId} reportId={reportId} initialShares={shares} />
    </>
  );
}

async function loadReportOrNotFound(projectId: string, reportId: string) {
  try {
    return await loadReport(projectId, reportId);
  } catch (error) {
    if (error instanceof AppError && error.code === 'not_found') notFound();
    throw error;
  }
}
