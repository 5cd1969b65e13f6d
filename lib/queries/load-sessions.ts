import type { SessionPage, SessionQuery } from '../contracts/session';
import { getProjectOrThrow } from '../db/project-store';
import { readSessionPage } from '../db/trace-store/read-sessions';
import { selectImports } from '../jobs/session-source';

/** One page of the sessions of a project. */
export async function loadSessions(projectId: string, query: SessionQuery): Promise<SessionPage> {
  await getProjectOrThrow(projectId);
  const { importIds } = await selectImports(projectId);
  if (importIds.length === 0) return { total: 0, rows: [] };
  return readSessionPage(importIds, query);
}
