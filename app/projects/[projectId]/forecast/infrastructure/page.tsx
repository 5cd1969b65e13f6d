import type { Metadata } from 'next';
import { InfrastructureView } from './infrastructure-view';

/** Title of the page about memory and state. */
export const metadata: Metadata = { title: 'Cost of memory and state' };

interface InfrastructurePageProps {
  readonly params: Promise<{ readonly projectId: string }>;
}

/** What do memory and state cost beside the tokens, and when do they cost more than they save? */
export default async function InfrastructurePage({ params }: InfrastructurePageProps) {
  const { projectId } = await params;
  return <InfrastructureView projectId={projectId} />;
}
