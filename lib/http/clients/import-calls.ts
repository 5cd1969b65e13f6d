import {
  type CreateImport,
  ImportList,
  ImportPreview,
  ImportState,
  type PreviewImport,
  RawRecords,
  type StartImport,
} from '../../contracts/import';
import { Deleted } from '../../contracts/project';
import { projectPath, type Send, segment } from '../api-send';

/** Calls of the API about imports, but for what is sent into them. */
export const importCalls = (send: Send) => ({
  listImports: (projectId: string, signal?: AbortSignal) =>
    send(ImportList, 'GET', `${projectPath(projectId)}/imports`, undefined, signal),
  createImport: (projectId: string, body: CreateImport) =>
    send(ImportState, 'POST', `${projectPath(projectId)}/imports`, body),
  getImport: (projectId: string, importId: string, signal?: AbortSignal) =>
    send(
      ImportState,
      'GET',
      `${projectPath(projectId)}/imports/${segment(importId)}`,
      undefined,
      signal,
    ),
  startImport: (projectId: string, importId: string, body: StartImport) =>
    send(ImportState, 'POST', `${projectPath(projectId)}/imports/${segment(importId)}/start`, body),
  previewImport: (projectId: string, importId: string, body: PreviewImport, signal?: AbortSignal) =>
    send(
      ImportPreview,
      'POST',
      `${projectPath(projectId)}/imports/${segment(importId)}/preview`,
      body,
      signal,
    ),
  getRawRecords: (
    projectId: string,
    importId: string,
    place: { file: number; line: number },
    signal?: AbortSignal,
  ) =>
    send(
      RawRecords,
      'GET',
      `${projectPath(projectId)}/imports/${segment(importId)}/records?file=${place.file}&line=${place.line}`,
      undefined,
      signal,
    ),
  cancelImport: (projectId: string, importId: string) =>
    send(ImportState, 'POST', `${projectPath(projectId)}/imports/${segment(importId)}/cancel`),
  deleteImport: (projectId: string, importId: string) =>
    send(Deleted, 'DELETE', `${projectPath(projectId)}/imports/${segment(importId)}`),
});
