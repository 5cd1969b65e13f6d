import type { Metadata } from 'next';
import { ProjectPricesView } from './project-prices-view';

/** Title of the prices page of a project. */
export const metadata: Metadata = { title: 'Prices' };

interface PricesPageProps {
  readonly params: Promise<{ readonly projectId: string }>;
}

/** Which prices do the models of these traces have, and where do they come from? */
export default async function PricesPage({ params }: PricesPageProps) {
  const { projectId } = await params;
  return <ProjectPricesView projectId={projectId} />;
}
