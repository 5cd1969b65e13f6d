import type { ProjectList } from '../contracts/project';
import { listProjects } from '../db/project-store';
import { describeProject } from './load-project';

/** All projects with how far each stage has come. */
export async function loadProjects(): Promise<ProjectList> {
  return { projects: await Promise.all((await listProjects()).map(describeProject)) };
}
