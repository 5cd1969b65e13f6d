import type { Metadata } from 'next';
import { PoliciesView } from './policies-view';

/** Title of the policies page. */
export const metadata: Metadata = { title: 'Policies' };

interface PoliciesPageProps {
  readonly params: Promise<{ readonly projectId: string }>;
}

/** What would sessions cost if agents were run otherwise? */
export default async function PoliciesPage({ params }: PoliciesPageProps) {
  const { projectId } = await params;
  return <PoliciesView projectId={projectId} />;
}
