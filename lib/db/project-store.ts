import { AppError } from '../errors';
import { LaunchProfile } from '../readiness/assessment';
import { defaultSystemDescription, SystemDescription } from '../system/system-description';
import { db } from './client';
import type { Project as ProjectRow } from './generated/client';
import { isUniqueViolation } from './unique-violation';

/** A project as stored. */
export interface StoredProject {
  readonly projectId: string;
  readonly name: string;
  readonly isSample: boolean;
  readonly createdAt: Date;
  readonly profile: LaunchProfile;
  readonly system: SystemDescription;
}

/** What of a project can be changed. */
export interface ProjectChange {
  readonly name?: string | undefined;
  readonly profile?: LaunchProfile | undefined;
  readonly system?: SystemDescription | undefined;
}

/** All projects, the newest first. */
export async function listProjects(): Promise<StoredProject[]> {
  const rows = await (await db()).project.findMany({ orderBy: { createdAt: 'desc' } });
  return rows.map(projectOf);
}

/**
 * Reads one project.
 *
 * @throws AppError not_found
 */
export async function getProjectOrThrow(projectId: string): Promise<StoredProject> {
  const row = await (await db()).project.findUnique({ where: { id: projectId } });
  if (row === null) throw noSuchProject();
  return projectOf(row);
}

/** Creates a project with the default description of its system. */
export async function createProject(
  name: string,
  options: { isSample?: boolean; system?: SystemDescription; profile?: LaunchProfile } = {},
): Promise<StoredProject> {
  try {
    const row = await (await db()).project.create({
      data: {
        name,
        isSample: options.isSample ?? false,
        profile: options.profile ?? 'limited',
        systemJson: JSON.stringify(options.system ?? defaultSystemDescription),
      },
    });
    return projectOf(row);
  } catch (error) {
    throw isUniqueViolation(error) ? nameIsTaken(name) : error;
  }
}

/** Changes what is given and leaves the rest. */
export async function updateProject(
  projectId: string,
  change: ProjectChange,
): Promise<StoredProject> {
  await getProjectOrThrow(projectId);
  try {
    const row = await (await db()).project.update({
      where: { id: projectId },
      data: {
        ...(change.name === undefined ? {} : { name: change.name }),
        ...(change.profile === undefined ? {} : { profile: change.profile }),
        ...(change.system === undefined ? {} : { systemJson: JSON.stringify(change.system) }),
      },
    });
    return projectOf(row);
  } catch (error) {
    throw isUniqueViolation(error) ? nameIsTaken(change.name ?? '') : error;
  }
}

/** Deletes a project with all its rows; its calls and files are the caller's to remove. */
export async function deleteProject(projectId: string): Promise<void> {
  const { count } = await (await db()).project.deleteMany({ where: { id: projectId } });
  if (count === 0) throw noSuchProject();
}

function noSuchProject(): AppError {
  return new AppError('not_found', 'There is no such project. It may have been deleted.');
}

function nameIsTaken(name: string): AppError {
  return new AppError('conflict', `A project named “${name}” exists. Choose another name.`, [
    { path: 'name', message: 'This name is taken.' },
  ]);
}

function projectOf(row: ProjectRow): StoredProject {
  return {
    projectId: row.id,
    name: row.name,
    isSample: row.isSample,
    createdAt: row.createdAt,
    profile: LaunchProfile.parse(row.profile),
    system: SystemDescription.parse(JSON.parse(row.systemJson)),
  };
}
