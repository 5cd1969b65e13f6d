import type { ReactNode } from 'react';
import { AppHeader } from '@/app/_ui/app-header';
import { ProjectGate } from './project-gate';
import { ProjectName } from './project-name';
import { StageNav } from './stage-nav';

interface ProjectLayoutProps {
  readonly params: Promise<{ readonly projectId: string }>;
  readonly children: ReactNode;
}

/** Frame of every page of a project: its name and the stages of its pipeline. */
export default async function ProjectLayout({ params, children }: ProjectLayoutProps) {
  const { projectId } = await params;
  return (
    <>
      <AppHeader context={<ProjectName projectId={projectId} />}>
        <StageNav projectId={projectId} />
      </AppHeader>
      <main id="main" tabIndex={-1} className="page">
        <ProjectGate projectId={projectId}>{children}</ProjectGate>
      </main>
    </>
  );
}
