import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';

const path = resolve('../shared/data/queueing/known-results.tsv');

/** One published or closed-form number. */
export interface KnownResult {
  readonly group: string;
  readonly model: string;
  readonly quantity: string;
  readonly value: number;
}

/** One line of the file; its value is a text where it is no number, such as a range. */
export interface KnownRow {
  readonly line: number; // in the file, the heading being 1
  readonly group: string;
  readonly model: string; // `same` replaced by the model of the row above in its group
  readonly quantity: string;
  readonly value: number | string;
  readonly printed: string; // the value, digit by digit
}

/**
 * All rows in the order of the file; empty, with a printed reason, where the file is not there.
 *
 * A model that reads `same` is the one of the row above in its group; `same` followed by more is that
 * model with the more added.
 */
export function readKnownRows(): KnownRow[] {
  if (!existsSync(path)) {
    console.log('Skipped known results: ../shared/data/queueing is not here.');
    return [];
  }
  const modelAbove = new Map<string, string>();
  const rows: KnownRow[] = [];
  for (const [index, text] of readFileSync(path, 'utf8').split('\n').entries()) {
    if (index === 0 || text === '') continue;
    const [group, named, quantity, printed] = text.split('\t');
    const model = named.replace(/^same\b/, () => modelAbove.get(group) ?? 'same');
    if (!named.startsWith('same')) modelAbove.set(group, model);
    const number = Number(printed);
    const value = printed.trim() === '' || Number.isNaN(number) ? printed : number;
    rows.push({ line: index + 1, group, model, quantity, value, printed });
  }
  return rows;
}

/** Numbers of a group; empty, with a printed reason, where the file is not there. */
export function readKnownResults(group: string): KnownResult[] {
  return readKnownRows().flatMap((row) =>
    row.group === group && typeof row.value === 'number'
      ? [{ group, model: row.model, quantity: row.quantity, value: row.value }]
      : [],
  );
}

/** Reads `name=number` out of the name of a model. */
export function parameterOf(model: string, name: string): number {
  const match = new RegExp(`\\b${name}=(-?[0-9]*\\.?[0-9]+(?:e-?[0-9]+)?)`).exec(model);
  if (match === null) throw new Error(`No parameter ${name} in model ${model}.`);
  return Number(match[1]);
}

/** Reads `name=(a,b,…)` or `name=[a, b, …]` out of the name of a model. */
export function parametersOf(model: string, name: string): number[] {
  const match = new RegExp(`\\b${name}=[[(]([-0-9., ]+)[\\])]`).exec(model);
  if (match === null) throw new Error(`No parameters ${name} in model ${model}.`);
  return match[1].split(',').map(Number);
}
