import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { ReportSheet } from '@/app/projects/[projectId]/reports/_sheet/report-sheet';
import { loadSharedReport } from '@/lib/queries/load-shared-report';
import { ShareHead } from './share-head';

/** A shared report is not for search engines, and its address is not passed on. */
export const metadata: Metadata = {
  title: 'Launch readiness report',
  robots: { index: false, follow: false },
  referrer: 'no-referrer',
};

/** Read on each visit: a link can expire or be revoked at any time. */
export const dynamic = 'force-dynamic';

interface SharePageProps {
  readonly params: Promise<{ readonly token: string }>;
}

/** A frozen report as its link shows it. Unknown, expired and revoked links look alike. */
export default async function SharePage({ params }: SharePageProps) {
  const { token } = await params;
  const shared = await loadSharedReport(token);
  if (shared === null) notFound();
  return (
    <>
      <ShareHead />
      <main id="main" tabIndex={-1} className="page">
        <ReportSheet report={shared.report} sha256={shared.sha256} />
      </main>
    </>
  );
}
