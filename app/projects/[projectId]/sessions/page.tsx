import type { Metadata } from 'next';
import { SessionsView } from './sessions-view';

/** Title of the sessions page. */
export const metadata: Metadata = { title: 'Sessions' };

interface SessionsPageProps {
  readonly params: Promise<{ readonly projectId: string }>;
}

/** What do sessions look like? All of them, the dearest first. */
export default async function SessionsPage({ params }: SessionsPageProps) {
  const { projectId } = await params;
  return <SessionsView projectId={projectId} />;
}
