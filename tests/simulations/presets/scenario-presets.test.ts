import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { parseScenarioFile } from '@/lib/scenarios/parse-scenario-file';
import { describeFileIssue } from '@/lib/scenarios/scenario-file-issue';
import { scenarioJsonSchema } from '@/lib/scenarios/scenario-json-schema';
import { findPreset, scenarioPresets } from '@/simulations/presets/scenario-presets';

/**
 * Reads a JSON Schema. Alternatives beside properties, by which a lognormal law says which pairs go
 * together, are left out: `z.fromJSONSchema` takes them for the whole.
 */
function readJsonSchema(schema: unknown): z.ZodType {
  const text = JSON.stringify(schema, (_, value) => {
    if (typeof value !== 'object' || value === null || !('properties' in value)) return value;
    return Object.fromEntries(Object.entries(value).filter(([key]) => key !== 'oneOf'));
  });
  return z.fromJSONSchema(JSON.parse(text));
}

const published = readJsonSchema(scenarioJsonSchema());

describe.each(scenarioPresets)('the preset $id', ({ id, title, teaches, yaml }) => {
  const result = parseScenarioFile(yaml);

  test('is a scenario without a doubt', () => {
    const told = result.kind === 'issues' ? result.issues : result.warnings;
    expect(told.map(describeFileIssue)).toEqual([]);
  });

  test('says its name and what it teaches in its own text', () => {
    expect(result).toMatchObject({
      scenario: { name: title, teaches: teaches.replaceAll(/\s+/g, ' ') },
    });
  });

  test('is short enough to be read on one page', () => {
    expect(yaml.split('\n').length).toBeLessThanOrEqual(61);
    expect(Math.max(...yaml.split('\n').map((line) => line.length))).toBeLessThanOrEqual(100);
  });

  test('is found by its id', () => {
    expect(findPreset(id)?.yaml).toBe(yaml);
  });

  test('keeps to the published JSON Schema', () => {
    if (result.kind === 'issues') throw new Error('See the first test.');
    expect(published.safeParse(result.scenario).error).toBeUndefined();
  });
});
