import { formatCounted } from '../../format';
import type { Assessment, CheckResult } from '../../readiness/assessment';
import type { Command, CommandContext } from '../command';
import { exitCodeOfVerdict } from '../exit-code';
import { findProject } from '../find-project';
import type { Output } from '../output';
import { renderTable } from '../text-table';

/** Prints the checks of a project and its verdict. */
export const readinessCommand: Command = {
  name: 'readiness',
  summary: 'Decide from the evidence whether a project is ready to launch',
  synopsis: '--project NAME [options]',
  detail: ['The exit code is the verdict.'],
  options: [{ name: 'project', value: 'NAME', help: 'name or id of the project' }],
  takesFiles: false,
  run: runReadiness,
};

async function runReadiness(context: CommandContext) {
  const { options, output, signal } = context;
  const projectName = options.requiredText('project', 'NAME');
  const { client } = await context.connect();
  const project = await findProject(client, projectName);
  const readiness = await client.getReadiness(project.projectId, signal);
  const { assessment } = readiness;
  if (output.isJson) {
    const { assessment: _, ...basis } = readiness;
    output.json({ ...assessment, ...basis });
  } else {
    printAssessment(assessment, output);
    if (readiness.isSimulationStale) {
      output.line('The simulation is older than the imports or the system: run it again.');
    }
  }
  return exitCodeOfVerdict(assessment.verdict);
}

/** How a verdict is written out. */
export const verdictText = {
  go: 'GO',
  conditional: 'CONDITIONAL',
  no_go: 'NO-GO',
} as const satisfies Record<Assessment['verdict'], string>;

function consequenceOf(result: CheckResult): string {
  if (result.isBlocking) return 'blocks';
  return result.isCondition ? 'condition' : '';
}

/** Prints the verdict, one line a check, and the envelope. */
function printAssessment(assessment: Assessment, output: Output): void {
  const { envelope, coverage } = assessment;
  output.line(`${verdictText[assessment.verdict]}  ${assessment.headline}`);
  output.line();
  const rows = assessment.results.map((result) => [
    result.checkId,
    result.status.replace('_', ' '),
    consequenceOf(result),
    result.title,
  ]);
  for (const line of renderTable(rows, 'llll')) output.line(line);
  output.line();
  const agents =
    envelope.maxConcurrentAgents === null
      ? 'not known'
      : `${formatCounted(envelope.maxConcurrentAgents, 'agent')}, bound by ${envelope.bindingConstraint ?? 'nothing found'}`;
  output.line(`Operating envelope: ${agents}.`);
  output.line(
    `Decided ${coverage.decided} of ${formatCounted(coverage.applicable, 'applicable check')}; the checklist has ${coverage.inChecklist}.`,
  );
}
