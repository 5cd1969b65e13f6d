import type { Metadata } from 'next';
import { ReadinessView } from './readiness-view';

/** Title of the readiness page. */
export const metadata: Metadata = { title: 'Readiness' };

interface ReadinessPageProps {
  readonly params: Promise<{ readonly projectId: string }>;
}

/** Can we launch? */
export default async function ReadinessPage({ params }: ReadinessPageProps) {
  const { projectId } = await params;
  return <ReadinessView projectId={projectId} />;
}
