import { createHash, randomUUID } from 'node:crypto';
import type { ReportDetail } from '../contracts/report';
import { createReport } from '../db/report-store';
import { AppError } from '../errors';
import { buildReport } from '../report/build-report';
import { canonicalJson } from '../report/canonical-json';
import { freezePrices } from './freeze-prices';
import { loadCost } from './load-cost';
import { appVersion } from './load-health';
import { assessProject } from './load-readiness';
import { loadReport } from './load-report';

/**
 * Freezes what a project shows now as a report that never changes.
 *
 * @throws AppError conflict where nothing is imported yet
 */
export async function freezeReport(
  projectId: string,
  title: string | undefined,
): Promise<ReportDetail> {
  const createdAt = new Date();
  const { project, run, isRunStale, ...parts } = await assessProject(projectId, createdAt);
  if (parts.dataQuality.imports.length === 0) {
    throw new AppError('conflict', 'There is nothing to report yet. Import a trace file first.');
  }
  const report = buildReport({
    reportId: randomUUID(),
    projectName: project.name,
    title,
    createdAt,
    appVersion,
    system: project.system,
    dataQuality: parts.dataQuality,
    cost: parts.cost,
    listCostUsdMax: (await loadCost(projectId)).listCostUsdMax,
    prices: await freezePrices(projectId),
    run,
    isRunStale,
    assessment: parts.assessment,
  });
  const snapshotJson = canonicalJson(report);
  const sha256 = createHash('sha256').update(snapshotJson).digest('hex');
  await createReport(projectId, report, snapshotJson, sha256);
  return loadReport(projectId, report.reportId);
}
