import { ButtonLink } from '@/app/_ui/button';
import { EmptyState } from '@/app/_ui/empty-state';
import type { Project } from '@/lib/contracts/project';
import type { Assessment } from '@/lib/readiness/assessment';

interface NextStepProps {
  readonly project: Project;
  readonly assessment: Assessment | undefined;
}

/** The one thing to do next while a stage is empty; nothing once all have something to show. */
export function NextStep({ project, assessment }: NextStepProps) {
  const root = `/projects/${encodeURIComponent(project.projectId)}`;
  const step = findStep(project, assessment);
  if (step === null) return null;
  return (
    <EmptyState
      title={step.title}
      text={step.text}
      actions={
        <ButtonLink href={`${root}${step.path}`} variant="primary">
          {step.action}
        </ButtonLink>
      }
    />
  );
}

interface Step {
  readonly title: string;
  readonly text: string;
  readonly path: string;
  readonly action: string;
}

function findStep(project: Project, assessment: Assessment | undefined): Step | null {
  if (project.modelCalls === 0) {
    return {
      title: 'Next: import a trace file',
      text: 'OTLP/JSON with GenAI spans, Claude Code or pi coding-agent sessions. Files stay on this machine.',
      path: '/import',
      action: 'Import a trace file',
    };
  }
  if (project.stages.simulation === 'empty') {
    return {
      title: 'Next: find where it saturates',
      text: 'Describe the connection pool and run the imported sessions against it.',
      path: '/simulation',
      action: 'Simulate the pool',
    };
  }
  if (project.system.plannedPeakAgents === null) {
    return {
      title: 'Next: declare the planned peak',
      text: 'Headroom and several checks compare the limits with the load you plan for.',
      path: '/readiness',
      action: 'Declare the planned peak',
    };
  }
  if (project.stages.simulation === 'stale') {
    return {
      title: 'Next: run the simulation again',
      text: 'Imports or the description have changed since the last run.',
      path: '/simulation',
      action: 'Run again',
    };
  }
  if (project.stages.reports === 'empty' && assessment !== undefined) {
    return {
      title: 'Next: freeze a report',
      text: 'A snapshot that does not change, at a link for people without an account here.',
      path: '/readiness',
      action: 'Freeze as report',
    };
  }
  return null;
}
