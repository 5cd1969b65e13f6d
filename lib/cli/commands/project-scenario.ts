import { draftScenario } from '../../scenarios/draft-scenario';
import { readWorkload } from '../../workload/read-workload';
import type { WorkloadModel } from '../../workload/workload-model';
import type { CommandContext } from '../command';
import { type ExitCode, exitCode } from '../exit-code';
import { findProject } from '../find-project';
import { UsageError } from '../usage-error';

async function fetchProject({ options, connect }: CommandContext) {
  const name = options.requiredText('project', 'NAME');
  const { client } = await connect();
  const project = await findProject(client, name);
  return { project, workload: await client.getWorkload(project.projectId) };
}

/** Reads the observed sessions of `--project` for a scenario that plays some; null without one. */
export async function readProjectWorkload(context: CommandContext): Promise<WorkloadModel | null> {
  if (context.options.text('project') === undefined) return null;
  const { workload } = await fetchProject(context);
  return readWorkload(workload);
}

/** Prints a scenario that plays the sessions of `--project`, as YAML. */
export async function draftProjectScenario(context: CommandContext): Promise<ExitCode> {
  const { output, options, positionals } = context;
  if (positionals.length > 0 || options.text('preset') !== undefined) {
    throw new UsageError('--draft writes a scenario from --project, and reads none.');
  }
  const { project, workload } = await fetchProject(context);
  const draft = draftScenario({ projectName: project.name, system: project.system, workload });
  if (output.isJson) output.json(draft);
  else for (const line of draft.yaml.trimEnd().split('\n')) output.line(line);
  return exitCode.ok;
}
