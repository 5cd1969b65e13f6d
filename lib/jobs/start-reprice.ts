import { getProjectOrThrow } from '../db/project-store';
import { jobRunner } from './job-runner';

/** Queues pricing the calls of a project again; where that waits or runs already, it goes on. */
export async function startReprice(projectId: string): Promise<void> {
  await getProjectOrThrow(projectId);
  await (await jobRunner()).enqueueAgain('reprice', projectId);
}

/** Stops pricing the calls of a project again. Imports that are done keep their new prices. */
export async function cancelReprice(projectId: string): Promise<void> {
  await getProjectOrThrow(projectId);
  await (await jobRunner()).cancel(projectId);
}
