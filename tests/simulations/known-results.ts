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

/** Results of a group; empty, with a printed reason, where the file is not there. */
export function readKnownResults(group: string): KnownResult[] {
  if (!existsSync(path)) {
    console.log(`Skipped known results ${group}: ../shared/data/queueing is not here.`);
    return [];
  }
  return readFileSync(path, 'utf8')
    .split('\n')
    .slice(1)
    .map((line) => line.split('\t'))
    .filter((fields) => fields[0] === group)
    .map(([, model, quantity, value]) => ({ group, model, quantity, value: Number(value) }));
}

/** Reads `name=number` out of the name of a model. */
export function parameterOf(model: string, name: string): number {
  const match = new RegExp(`\\b${name}=([0-9.]+)`).exec(model);
  if (match === null) throw new Error(`No parameter ${name} in model ${model}.`);
  return Number(match[1]);
}
