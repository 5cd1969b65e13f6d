import {
  formatCount,
  formatCounted,
  formatDecimal,
  formatPercent,
  formatUsd,
  formatUtc,
} from '../format';
import type { CheckResult, VerdictKind } from '../readiness/assessment';
import { anatomyLines } from './anatomy-lines';
import { backtestLines } from './backtest-lines';
import { escapeMarkdown } from './escape-markdown';
import { forecastLines } from './forecast-lines';
import { priceLines } from './price-lines';
import type { Report } from './report';

/** How a report is cut to fit where it is posted. */
export interface MarkdownOptions {
  /** Longest text; whole lines are left out beyond it. */
  readonly maxChars?: number;
  /** Most blocking checks and conditions listed each; all checks are in the table. */
  readonly maxItems?: number;
}

const verdictWord: Record<VerdictKind, string> = {
  go: 'Go',
  conditional: 'Conditional go',
  no_go: 'No go',
};

const statusWord: Record<CheckResult['status'], string> = {
  pass: 'Pass',
  warn: 'Warning',
  fail: 'Fail',
  unknown: 'Not assessed',
  error: 'Error',
  not_applicable: 'Not applicable',
};

const cutNote = '\n_Shortened to fit. The report itself holds the rest._\n';

/**
 * Writes a report as Markdown for a pull request or a ticket: verdict, what blocks, the envelope,
 * cost, cost at launch, saturation and every check. Values are escaped; nothing of a trace's text is in it.
 */
export function renderMarkdown(report: Report, options: MarkdownOptions = {}): string {
  const maxChars = options.maxChars ?? 60_000;
  const maxItems = options.maxItems ?? 10;
  const lines = [
    ...headLines(report),
    ...itemLines('Blocking', blockers(report), maxItems),
    ...itemLines('Conditions', conditions(report), maxItems),
    ...envelopeLines(report),
    ...costLines(report),
    ...anatomyLines(report.anatomy),
    ...forecastLines(report.forecast),
    ...backtestLines(report.backtest),
    ...priceLines(report.prices),
    ...saturationLines(report),
    ...checkLines(report),
    ...qualityLines(report),
  ];
  const whole = `${lines.join('\n')}\n`;
  if (whole.length <= maxChars) return whole;
  let text = '';
  for (const line of lines) {
    if (text.length + line.length + 1 + cutNote.length > maxChars) break;
    text += `${line}\n`;
  }
  return text + cutNote;
}

const blockers = (report: Report): readonly CheckResult[] =>
  report.assessment.results.filter((result) => result.isBlocking);

const conditions = (report: Report): readonly CheckResult[] =>
  report.assessment.results.filter((result) => result.isCondition);

function headLines({ assessment, title, createdAt, appVersion }: Report): readonly string[] {
  const { coverage } = assessment;
  return [
    `# ${escapeMarkdown(assessment.headline)}`,
    '',
    `**${verdictWord[assessment.verdict]}** for a launch of profile ${assessment.profile} · ${escapeMarkdown(title)}`,
    '',
    `As of ${formatUtc(assessment.assessedAt)}, frozen ${formatUtc(createdAt)} by Plimsoll ${escapeMarkdown(appVersion)}. ${formatCount(coverage.decided)} of ${formatCount(coverage.applicable)} checks are decided by evidence (checklist ${escapeMarkdown(assessment.checklistVersion)}).`,
    '',
  ];
}

function itemLines(
  heading: string,
  results: readonly CheckResult[],
  maxItems: number,
): readonly string[] {
  if (results.length === 0) return [];
  const shown = results
    .slice(0, maxItems)
    .map(
      (result) =>
        `- **${escapeMarkdown(result.title)}** (${result.checkId}). ${escapeMarkdown(result.detail)} _${escapeMarkdown(result.remedy)}_`,
    );
  const more = results.length - shown.length;
  return [`## ${heading}`, '', ...shown, ...(more > 0 ? [`- and ${more} more`] : []), ''];
}

function envelopeLines({ assessment: { envelope }, system }: Report): readonly string[] {
  return [
    '## Operating envelope',
    '',
    `- Concurrent agents: ${formatCount(envelope.maxConcurrentAgents)}${envelope.bindingConstraint === null ? '' : `, ${escapeMarkdown(envelope.bindingConstraint)} binds first`}`,
    `- Planned peak: ${formatCount(system.plannedPeakAgents)}`,
    `- Cost per session, P95: ${money(envelope.maxCostPerSessionUsdP95)}`,
    `- Valid until: ${envelope.validUntil ?? '—'}`,
    '',
  ];
}

function costLines({ cost, listCostUsdMax }: Report): readonly string[] {
  if (cost === null) return [];
  const { coverage, costPerSessionUsd: perSession, growth } = cost;
  return [
    '## Cost',
    '',
    '| Per session | P50 | P95 | P99 | Mean |',
    '| --- | ---: | ---: | ---: | ---: |',
    `| List cost | ${money(perSession?.p50)} | ${money(perSession?.p95)} | ${money(perSession?.p99)} | ${money(perSession?.mean)} |`,
    '',
    `${formatCounted(coverage.modelCalls, 'model call')} in ${formatCounted(coverage.sessions, 'session')}; ${formatCount(coverage.unpricedCalls)} unpriced, ${formatCount(coverage.usageMissingCalls)} without usage. Each call adds ${formatCount(growth?.tokensPerCall)} tokens to the prompt; cost grows as length to the power ${formatDecimal(growth?.exponent)}. Re-sent history is ${formatPercent(cost.historyShare)} of input cost.${upperEnd(cost.listCostUsd, listCostUsdMax)} Prices of ${escapeMarkdown(coverage.priceBook.name)} ${escapeMarkdown(coverage.priceBook.date)}.`,
    '',
  ];
}

/** The price of a cache write depends on its time to live, which not every source records. */
function upperEnd(listCostUsd: number, listCostUsdMax: number | null | undefined): string {
  if (listCostUsdMax === null || listCostUsdMax === undefined) return '';
  if (listCostUsdMax - listCostUsd < 0.005) return '';
  return ` The total of ${money(listCostUsd)} is up to ${money(listCostUsdMax)} if cache writes of unknown time to live last an hour.`;
}

function saturationLines({ simulation }: Report): readonly string[] {
  if (simulation === null) return [];
  const { scenario, saturation, atLoad } = simulation;
  const load =
    scenario.load.kind === 'closed'
      ? `${formatCount(scenario.load.agents)} concurrent agents`
      : `${formatDecimal(scenario.load.arrivalRatePerSec)} sessions a second`;
  return [
    '## Saturation',
    '',
    `- ${escapeMarkdown(scenario.pool.name)}: ${formatCount(scenario.pool.slots)} slots, held per ${scenario.pool.holdingScope}`,
    `- At ${load}: ${formatPercent(atLoad.pool.utilization.mean)} in use`,
    `- Waits within target up to: ${formatCount(saturation.agents)} agents`,
    `- 95 % in use at: ${formatCount(saturation.agentsAtUtilization95)} agents`,
    `- Seed ${scenario.seed}, ${formatCount(scenario.replications)} replications, engine ${escapeMarkdown(simulation.engineVersion)}`,
    '',
  ];
}

function checkLines({ assessment }: Report): readonly string[] {
  return [
    '## Checks',
    '',
    '| Check | Status | Finding | Threshold |',
    '| --- | --- | --- | --- |',
    ...assessment.results.map(
      (result) =>
        `| ${result.checkId} | ${statusWord[result.status]} | ${escapeMarkdown(result.title)}. ${escapeMarkdown(result.detail)} | ${escapeMarkdown(result.threshold)} |`,
    ),
    '',
  ];
}

function qualityLines({ dataQuality }: Report): readonly string[] {
  return [
    '## Evidence',
    '',
    `${formatCounted(dataQuality.modelCalls, 'model call')} in ${formatCounted(dataQuality.sessions, 'session')} from ${formatUtc(dataQuality.firstCallAt)} to ${formatUtc(dataQuality.lastCallAt)}; ${formatCount(dataQuality.duplicatesDropped)} repeated rows dropped, ${formatCount(dataQuality.issues)} issues while reading.`,
    '',
    ...dataQuality.imports.map(
      (source) =>
        `- ${escapeMarkdown(source.label, 120)} (${escapeMarkdown(source.format)}), ${formatCount(source.records)} records, SHA-256 \`${source.sha256.replace(/[^0-9a-f]/gi, '')}\``,
    ),
  ];
}

function money(usd: number | null | undefined): string {
  return escapeMarkdown(formatUsd(usd, 'exact'));
}
