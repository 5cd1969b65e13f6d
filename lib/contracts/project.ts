import { z } from 'zod';
import { LaunchProfile } from '../readiness/assessment';
import { SystemDescription } from '../system/system-description';

/** How far a stage of a project has come, for the stage navigation. */
export const StageState = z.enum(['empty', 'ready', 'stale', 'attention']);
export type StageState = z.infer<typeof StageState>;

export const Project = z.object({
  projectId: z.string(),
  name: z.string(),
  isSample: z.boolean(),
  createdAt: z.iso.datetime(),
  profile: LaunchProfile,
  system: SystemDescription,
  sessions: z.int(),
  modelCalls: z.int(),
  stages: z.object({
    import: StageState,
    sessions: StageState,
    cost: StageState,
    simulation: StageState,
    readiness: StageState,
    reports: StageState,
  }),
});
export type Project = z.infer<typeof Project>;

export const ProjectList = z.object({ projects: z.array(Project) });
export type ProjectList = z.infer<typeof ProjectList>;

const projectName = z.string().trim().min(1).max(120);
export const CreateProject = z.strictObject({ name: projectName });
export type CreateProject = z.infer<typeof CreateProject>;

export const UpdateProject = z.strictObject({
  name: projectName.optional(),
  profile: LaunchProfile.optional(),
  system: SystemDescription.optional(),
});
export type UpdateProject = z.infer<typeof UpdateProject>;

export const Health = z.object({
  app: z.literal('plimsoll'),
  version: z.string(),
  dataDir: z.string(),
});
export type Health = z.infer<typeof Health>;

export const Deleted = z.object({ deleted: z.literal(true) });
export type Deleted = z.infer<typeof Deleted>;
