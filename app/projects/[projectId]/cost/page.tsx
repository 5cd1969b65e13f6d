import type { Metadata } from 'next';
import { CostView } from './cost-view';

/** Title of the cost page. */
export const metadata: Metadata = { title: 'Cost' };

interface CostPageProps {
  readonly params: Promise<{ readonly projectId: string }>;
}

/** What does a session cost, and how does that grow? */
export default async function CostPage({ params }: CostPageProps) {
  const { projectId } = await params;
  return <CostView projectId={projectId} />;
}
