import type { Metadata } from 'next';
import { ForecastView } from './forecast-view';

/** Title of the forecast page. */
export const metadata: Metadata = { title: 'Forecast' };

interface ForecastPageProps {
  readonly params: Promise<{ readonly projectId: string }>;
}

/** What will it cost at launch, and does the budget hold? */
export default async function ForecastPage({ params }: ForecastPageProps) {
  const { projectId } = await params;
  return <ForecastView projectId={projectId} />;
}
