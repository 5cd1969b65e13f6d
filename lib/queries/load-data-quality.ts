import { listCompletedImports } from '../db/import-store';
import { readTotals } from '../db/trace-store/read-totals';
import type { DataQuality } from '../report/report';

/** What was read into a project and how much of it could be used. */
export async function loadDataQuality(projectId: string): Promise<DataQuality> {
  const imports = await listCompletedImports(projectId);
  const totals = await readTotals(imports.map((one) => one.importId));
  return {
    imports: imports.map((one) => ({
      importId: one.importId,
      label: one.label,
      format: one.summary?.format ?? 'unknown',
      sha256: one.contentHash ?? '',
      files: one.files.length,
      bytes: one.files.reduce((sum, file) => sum + file.bytes, 0),
      records: one.summary?.records ?? 0,
      finishedAt: (one.finishedAt ?? one.createdAt).toISOString(),
    })),
    sessions: totals.sessions,
    modelCalls: totals.modelCalls,
    unpricedCalls: totals.unpricedCalls,
    usageMissingCalls: totals.usageMissingCalls,
    duplicatesDropped: imports.reduce((sum, one) => sum + (one.summary?.duplicatesDropped ?? 0), 0),
    issues: imports.flatMap((one) => one.issues).reduce((sum, issue) => sum + issue.count, 0),
    firstCallAt: dateOf(totals.firstCallMs),
    lastCallAt: dateOf(totals.lastCallMs),
  };
}

function dateOf(epochMs: number | null): string | null {
  const isDate = epochMs !== null && Math.abs(epochMs) <= 8.64e15;
  return isDate ? new Date(epochMs).toISOString() : null;
}
