import type { Project } from '../contracts/project';
import { AppError } from '../errors';
import type { ApiClient } from '../http/api-client';

async function findNamed(client: ApiClient, name: string): Promise<Project | undefined> {
  const { projects } = await client.listProjects();
  const byId = projects.find((project) => project.projectId === name);
  if (byId !== undefined) return byId;

  const named = projects.filter((project) => project.name === name);
  if (named.length > 1) {
    const ids = named.map((project) => project.projectId).join(', ');
    throw new AppError(
      'conflict',
      `${named.length} projects are called '${name}'. Give an id as --project: ${ids}.`,
    );
  }
  return named[0];
}

/**
 * Finds a project by its name or id.
 *
 * @throws AppError when there is none, or several of that name
 */
export async function findProject(client: ApiClient, name: string): Promise<Project> {
  const project = await findNamed(client, name);
  if (project !== undefined) return project;
  throw new AppError(
    'not_found',
    `There is no project '${name}'. Make it with: plimsoll import FILES… --project '${name}'`,
  );
}

/** Finds a project by its name or id, or makes one of that name. */
export async function findOrCreateProject(client: ApiClient, name: string): Promise<Project> {
  return (await findNamed(client, name)) ?? (await client.createProject({ name }));
}
