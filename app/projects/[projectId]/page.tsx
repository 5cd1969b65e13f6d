import type { Metadata } from 'next';
import { Overview } from './_overview/overview';

/** Title of the overview. */
export const metadata: Metadata = { title: 'Overview' };

interface OverviewPageProps {
  readonly params: Promise<{ readonly projectId: string }>;
}

/** Are we ready, and what will it cost? */
export default async function OverviewPage({ params }: OverviewPageProps) {
  const { projectId } = await params;
  return <Overview projectId={projectId} />;
}
