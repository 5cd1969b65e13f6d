import {
  type CreateProject,
  Deleted,
  Health,
  Project,
  ProjectList,
  type UpdateProject,
} from '../../contracts/project';
import { ReadinessResponse } from '../../contracts/readiness';
import {
  CreatedToken,
  type CreateToken,
  ProjectToken,
  ProjectTokenList,
} from '../../contracts/token';
import { projectPath, type Send, segment } from '../api-send';

/** Calls of the API about projects, their tokens and their readiness. */
export const projectCalls = (send: Send) => ({
  getHealth: (signal?: AbortSignal) => send(Health, 'GET', '/api/v1/health', undefined, signal),
  listProjects: (signal?: AbortSignal) =>
    send(ProjectList, 'GET', '/api/v1/projects', undefined, signal),
  createProject: (body: CreateProject) => send(Project, 'POST', '/api/v1/projects', body),
  getProject: (projectId: string, signal?: AbortSignal) =>
    send(Project, 'GET', projectPath(projectId), undefined, signal),
  updateProject: (projectId: string, body: UpdateProject) =>
    send(Project, 'PATCH', projectPath(projectId), body),
  deleteProject: (projectId: string) => send(Deleted, 'DELETE', projectPath(projectId)),
  listTokens: (projectId: string, signal?: AbortSignal) =>
    send(ProjectTokenList, 'GET', `${projectPath(projectId)}/tokens`, undefined, signal),
  createToken: (projectId: string, body: CreateToken) =>
    send(CreatedToken, 'POST', `${projectPath(projectId)}/tokens`, body),
  revokeToken: (projectId: string, tokenId: string) =>
    send(ProjectToken, 'DELETE', `${projectPath(projectId)}/tokens/${segment(tokenId)}`),
  getReadiness: (projectId: string, signal?: AbortSignal) =>
    send(ReadinessResponse, 'GET', `${projectPath(projectId)}/readiness`, undefined, signal),
});
