import type { Metadata } from 'next';
import { ImportView } from './import-view';

/** Title of the import page. */
export const metadata: Metadata = { title: 'Import' };

interface ImportPageProps {
  readonly params: Promise<{ readonly projectId: string }>;
}

/** Can it read my traces? Files in, progress, and what was read and what was not. */
export default async function ImportPage({ params }: ImportPageProps) {
  const { projectId } = await params;
  return <ImportView projectId={projectId} />;
}
