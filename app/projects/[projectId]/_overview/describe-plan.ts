import { nameConstraint } from '@/lib/charts/name-constraint';
import type { Project } from '@/lib/contracts/project';
import type { CostModel } from '@/lib/cost/cost-model';
import { formatCount, formatUsd } from '@/lib/format';
import type { Assessment } from '@/lib/readiness/assessment';

/** What follows from a verdict: cost of a session, and what binds first at the planned peak. */
export function describePlan(
  project: Pick<Project, 'system'>,
  assessment: Assessment,
  cost: CostModel | null,
): string {
  const parts: string[] = [];
  const peak = project.system.plannedPeakAgents;
  const perSession = cost?.costPerSessionUsd ?? null;
  if (perSession !== null) {
    parts.push(
      `A session costs ${formatUsd(perSession.p50)}, one in twenty over ${formatUsd(perSession.p95)}.`,
    );
  }
  const { bindingConstraint, constraints } = assessment.envelope;
  const binding = constraints.find((constraint) => constraint.isBinding);
  if (bindingConstraint === null || binding === undefined) {
    parts.push('What binds first is not known until the described pool has been simulated.');
  } else {
    const against = peak === null ? '' : `, against a planned peak of ${formatCount(peak)}`;
    parts.push(
      `The ${nameConstraint(bindingConstraint)} binds first, at ${formatCount(binding.agents)} agents${against}.`,
    );
  }
  if (peak === null) parts.push('No planned peak is declared.');
  return parts.join(' ');
}
