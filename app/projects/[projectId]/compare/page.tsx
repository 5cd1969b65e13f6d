import type { Metadata } from 'next';
import { CompareView } from './compare-view';

/** Title of the compare page. */
export const metadata: Metadata = { title: 'Compare' };

interface ComparePageProps {
  readonly params: Promise<{ readonly projectId: string }>;
}

/** What changes from one side to the other? */
export default async function ComparePage({ params }: ComparePageProps) {
  const { projectId } = await params;
  return <CompareView projectId={projectId} />;
}
