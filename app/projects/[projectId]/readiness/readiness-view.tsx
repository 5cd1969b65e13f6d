'use client';

import { useQuery } from '@tanstack/react-query';
import { readinessQuery } from '@/app/_queries/evidence-queries';
import { projectQuery } from '@/app/_queries/project-queries';
import { ButtonLink } from '@/app/_ui/button';
import { Notice } from '@/app/_ui/notice';
import { PageHead } from '@/app/_ui/page-head';
import { QueryFailure } from '@/app/_ui/query-failure';
import { Columns } from '@/app/_ui/section';
import { Skeleton } from '@/app/_ui/skeleton';
import { StatusMark } from '@/app/_ui/status-mark';
import type { Project } from '@/lib/contracts/project';
import type { ReadinessResponse } from '@/lib/contracts/readiness';
import { formatCount, formatCounted } from '@/lib/format';
import { describeGroups, groupChecks, verdictWord } from '../_checks/check-tone';
import { CheckGroupsList } from './check-groups-list';
import { DeclareForm } from './declare-form';
import { FreezeReport } from './freeze-report';
import { OperatingEnvelopePart } from './operating-envelope-part';
import { ProfileSwitch } from './profile-switch';

/** Verdict, the limits inside which it holds, and every check with its evidence. */
export function ReadinessView({ projectId }: { readonly projectId: string }) {
  const project = useQuery(projectQuery(projectId));
  const readiness = useQuery(readinessQuery(projectId));
  if (project.data !== undefined && readiness.data !== undefined) {
    return <Readiness project={project.data} answer={readiness.data} />;
  }
  const failed = [project, readiness].find((query) => query.error !== null);
  if (failed === undefined) {
    return (
      <>
        <PageHead title={null} loadingLabel="Assessing readiness" />
        <Skeleton className="mt-6 h-96" />
      </>
    );
  }
  return (
    <>
      <PageHead title="Readiness could not be assessed" />
      <QueryFailure
        title="The evidence could not be read"
        error={failed.error}
        onRetry={() => void failed.refetch()}
      />
    </>
  );
}

interface ReadinessProps {
  readonly project: Project;
  readonly answer: ReadinessResponse;
}

function Readiness({ project, answer }: ReadinessProps) {
  const { assessment } = answer;
  const { coverage } = assessment;
  const groups = groupChecks(assessment.results);
  return (
    <>
      <PageHead
        status={
          <div className="flex flex-wrap items-center gap-x-4 gap-y-3">
            <StatusMark tone={assessment.verdict} variant="badge">
              {verdictWord[assessment.verdict]}
            </StatusMark>
            <ProfileSwitch projectId={project.projectId} profile={project.profile} />
          </div>
        }
        title={assessment.headline}
        lede={`${formatCount(coverage.decided)} of ${formatCounted(coverage.applicable, 'check')} that apply are decided by evidence: ${describeGroups(groups)}.`}
        actions={<FreezeReport project={project} />}
      />
      {answer.isSimulationStale && (
        <div className="border-b border-rule py-4">
          <Notice
            tone="conditional"
            title="The last simulation is out of date"
            actions={
              <ButtonLink href={`/projects/${encodeURIComponent(project.projectId)}/simulation`}>
                Run it again
              </ButtonLink>
            }
          >
            Imports or the description have changed since, so it decides no check.
          </Notice>
        </div>
      )}
      <Columns template="316px minmax(0, 1fr)">
        <OperatingEnvelopePart
          envelope={assessment.envelope}
          assessedAt={assessment.assessedAt}
          plannedPeakAgents={project.system.plannedPeakAgents}
        />
        <DeclareForm key={JSON.stringify(project.system)} project={project} />
      </Columns>
      <CheckGroupsList groups={groups} />
    </>
  );
}
