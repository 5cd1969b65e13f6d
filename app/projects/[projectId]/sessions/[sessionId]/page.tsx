import type { Metadata } from 'next';
import { SessionView } from './session-view';

interface SessionPageProps {
  readonly params: Promise<{ readonly projectId: string; readonly sessionId: string }>;
}

/** Names the session in the title of its page. */
export async function generateMetadata({ params }: SessionPageProps): Promise<Metadata> {
  const sessionId = decodeURIComponent((await params).sessionId);
  return { title: `Session ${sessionId.length > 24 ? `${sessionId.slice(0, 23)}…` : sessionId}` };
}

/** Why is this one dear? When its calls ran, how its context grew, what each call cost. */
export default async function SessionPage({ params }: SessionPageProps) {
  const { projectId, sessionId } = await params;
  // A path segment arrives as it stands in the address.
  return <SessionView projectId={projectId} sessionId={decodeURIComponent(sessionId)} />;
}
