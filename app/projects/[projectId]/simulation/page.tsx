import type { Metadata } from 'next';
import { SimulationView } from './simulation-view';

/** Title of the simulation page. */
export const metadata: Metadata = { title: 'Simulation' };

interface SimulationPageProps {
  readonly params: Promise<{ readonly projectId: string }>;
}

/** Where does it saturate? */
export default async function SimulationPage({ params }: SimulationPageProps) {
  const { projectId } = await params;
  return <SimulationView projectId={projectId} />;
}
