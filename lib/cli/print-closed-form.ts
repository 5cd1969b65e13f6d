import type { ScenarioOutcome } from '@/simulations/scenario-outcome';
import { prepareScenarioTwin } from '../charts/prepare-scenario-twin';
import { renderTable } from './text-table';

/** The closed forms beside a run: method and numbers in a table, what differs in sentences. */
export function closedFormLines(outcome: ScenarioOutcome): string[] {
  const [resources] = prepareScenarioTwin(outcome);
  if (resources === undefined) return [];
  const { columns, rows } = resources;
  const table = renderTable(
    [
      ['Closed form', ...columns.slice(0, -1)],
      ...rows.map(({ name, cells }) => [name, ...cells.slice(0, -1).map(({ text }) => text)]),
    ],
    `ll${'r'.repeat(columns.length - 2)}`,
  );
  const verdicts = rows.map(({ name, cells }) => `${name}: ${cells.at(-1)?.text ?? ''}`);
  return [...table, ...verdicts.map((verdict) => `  ${verdict}`)];
}
