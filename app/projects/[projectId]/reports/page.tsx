import type { Metadata } from 'next';
import { ReportsView } from './reports-view';

/** Title of the list of reports. */
export const metadata: Metadata = { title: 'Reports' };

interface ReportsPageProps {
  readonly params: Promise<{ readonly projectId: string }>;
}

/** What was said, and when? */
export default async function ReportsPage({ params }: ReportsPageProps) {
  const { projectId } = await params;
  return <ReportsView projectId={projectId} />;
}
