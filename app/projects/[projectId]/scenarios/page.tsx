import type { Metadata } from 'next';
import { ScenariosView } from './scenarios-view';

/** Title of the scenarios page. */
export const metadata: Metadata = { title: 'Scenarios' };

interface ScenariosPageProps {
  readonly params: Promise<{ readonly projectId: string }>;
}

/** What does a system of any kind do under a load of any kind? */
export default async function ScenariosPage({ params }: ScenariosPageProps) {
  const { projectId } = await params;
  return <ScenariosView projectId={projectId} />;
}
