'use client';

import { useQuery } from '@tanstack/react-query';
import { projectsQuery } from '@/app/_queries/project-queries';
import { ButtonLink } from '@/app/_ui/button';
import { EmptyState } from '@/app/_ui/empty-state';
import { PageHead } from '@/app/_ui/page-head';
import { QueryFailure } from '@/app/_ui/query-failure';
import { Columns, Section } from '@/app/_ui/section';
import { Skeleton } from '@/app/_ui/skeleton';
import type { Project } from '@/lib/contracts/project';
import { formatCounted } from '@/lib/format';
import { NewProject } from './new-project';
import { ProjectRow } from './project-row';

/** The projects of this server, with what each holds, and a form for a new one. */
export function ProjectsView() {
  const { data, error, refetch } = useQuery(projectsQuery);
  const projects = data?.projects ?? null;
  const sample = projects?.find((project) => project.isSample) ?? null;

  return (
    <>
      <PageHead
        title={projects === null && error === null ? null : findingOf(projects ?? [])}
        loadingLabel="Loading the projects"
        lede="Import the traces of an agent to see what a session costs, at how many concurrent agents a resource saturates, and whether you are ready to launch."
        actions={
          sample !== null && (
            <ButtonLink variant="primary" href={pathOf(sample)}>
              Open the sample project
            </ButtonLink>
          )
        }
      />
      <Columns template="minmax(0, 1fr) 314px">
        <Section title="Projects" note="Each keeps its own traces, scenarios and reports">
          {error !== null && projects === null && (
            <QueryFailure
              title="The projects could not be read"
              error={error}
              onRetry={() => void refetch()}
            />
          )}
          {projects === null && error === null && <RowSkeletons />}
          {projects?.length === 0 && (
            <EmptyState
              title="Nothing here yet"
              text="A project holds the traces of one agent or one product. Name one, then drop trace files into it."
            />
          )}
          {projects !== null && projects.length > 0 && (
            <ul className="border-t border-rule">
              {projects.map((project) => (
                <ProjectRow key={project.projectId} project={project} />
              ))}
            </ul>
          )}
        </Section>
        <Section title="New project" note="Named after the agent or the product it measures">
          <NewProject />
        </Section>
      </Columns>
    </>
  );
}

function pathOf(project: Project): string {
  return `/projects/${encodeURIComponent(project.projectId)}`;
}

/** What the projects hold, in a sentence. */
function findingOf(projects: readonly Project[]): string {
  const own = projects.filter((project) => !project.isSample);
  const calls = own.reduce((sum, project) => sum + project.modelCalls, 0);
  const sessions = own.reduce((sum, project) => sum + project.sessions, 0);
  if (calls > 0) {
    return `${formatCounted(calls, 'model call')} in ${formatCounted(sessions, 'session')} can be measured`;
  }
  return 'How many agents can you carry, and at what cost';
}

function RowSkeletons() {
  return (
    <div className="space-y-3 border-t border-rule pt-4">
      <Skeleton className="h-11" />
      <Skeleton className="h-11" />
      <Skeleton className="h-11" />
    </div>
  );
}
