import { describeForecast } from '../charts/describe-forecast';
import { listPlanWords } from '../charts/describe-forecast-plan';
import { tabulateBudgets } from '../charts/list-forecast-rows';
import { tabulateMonths } from '../charts/tabulate-report';
import { escapeMarkdown } from './escape-markdown';
import type { FrozenForecast } from './frozen-forecast';
import { tableLines } from './table-lines';

/** The cost at launch as Markdown: the plan, its months and budgets, and what that takes for granted. */
export function forecastLines(forecast: FrozenForecast | null | undefined): readonly string[] {
  if (forecast === undefined) return [];
  if (forecast === null) return ['## Cost at launch', '', 'No plan saved.', ''];
  const { plan, policies, result } = forecast;
  const inputs = listPlanWords(plan, policies).map(
    ([input, given]) => `- ${input}: ${escapeMarkdown(given, 2_000)}`,
  );
  if (result.kind === 'not_drawn') {
    return ['## Cost at launch', '', escapeMarkdown(result.reason), '', ...inputs, ''];
  }
  const { headline, lede } = describeForecast(plan, result);
  const head = ['## Cost at launch', '', `**${escapeMarkdown(headline)}**`, ''];
  const body = [...head, escapeMarkdown(lede, 2_000), '', ...inputs, ''];
  if (result.kind !== 'forecast') return body;
  return [
    ...body,
    ...tableLines(tabulateMonths(result)),
    ...(result.budgets.length === 0 ? [] : tableLines(nameFirst(tabulateBudgets(result.budgets)))),
    ...result.assumptions.map((sentence) => `- ${escapeMarkdown(sentence, 2_000)}`),
    '',
  ];
}

/** An empty head names no column. */
function nameFirst({ columns, rows }: ReturnType<typeof tabulateBudgets>) {
  return { columns: ['Budget', ...columns.slice(1)], rows };
}
