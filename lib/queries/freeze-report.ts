import { createHash, randomUUID } from 'node:crypto';
import type { ReportDetail } from '../contracts/report';
import type { Backtest } from '../cost/backtest/backtest';
import { createReport } from '../db/report-store';
import { AppError } from '../errors';
import { buildReport } from '../report/build-report';
import { canonicalJson } from '../report/canonical-json';
import { freezeForecast } from './freeze-forecast';
import { freezePrices } from './freeze-prices';
import { loadBacktest } from './load-backtest';
import { loadCost } from './load-cost';
import { loadCostAnatomy } from './load-cost-anatomy';
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
  const [{ listCostUsdMax }, prices, { anatomy }, forecast, backtest] = await Promise.all([
    loadCost(projectId),
    freezePrices(projectId),
    loadCostAnatomy(projectId),
    freezeForecast(projectId),
    loadBacktest(projectId),
  ]);
  const report = buildReport({
    reportId: randomUUID(),
    projectName: project.name,
    title,
    createdAt,
    appVersion,
    system: project.system,
    dataQuality: parts.dataQuality,
    cost: parts.cost,
    listCostUsdMax,
    prices,
    anatomy,
    forecast,
    backtest: withoutSessions(backtest.model),
    run,
    isRunStale,
    assessment: parts.assessment,
  });
  const snapshotJson = canonicalJson(report);
  const sha256 = createHash('sha256').update(snapshotJson).digest('hex');
  await createReport(projectId, report, snapshotJson, sha256);
  return loadReport(projectId, report.reportId);
}

/** A backtest without the sessions that it holds by name. */
function withoutSessions(backtest: Backtest | null): Backtest | null {
  if (backtest === null) return null;
  const { length, prefix } = backtest;
  return {
    ...backtest,
    length: length.kind === 'measured' ? { ...length, points: [] } : length,
    prefix: prefix.kind === 'measured' ? { ...prefix, points: [] } : prefix,
  };
}
