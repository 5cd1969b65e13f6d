import { parseScenarioFile } from '@/lib/scenarios/parse-scenario-file';

/** Resources of the example. */
export const pool = 'db: { kind: pool, slots: 4 }';
/** Arrivals of the example. */
export const closed = 'arrivals: { kind: closed, agents: 3 }';
const work = '- use: db\n  forSec: 1';

function indent(text: string, by: number): string {
  return text.replaceAll(/^(?=.)/gm, ' '.repeat(by));
}

/** A scenario of one class, out of texts of its parts. */
export function scenarioOf(parts: {
  readonly resources?: string;
  readonly session?: string;
  readonly program?: string;
  readonly more?: string;
}): string {
  const { resources = pool, session = closed, program = work, more = '' } = parts;
  return `plimsoll: 1
name: Example
horizonSec: 1000
resources:
${indent(resources, 2)}
classes:
  agent:
${indent(session, 4)}
    program:
${indent(program, 6)}
${more}
`;
}

/** What a scenario is told: severity, path and sentence of each issue. */
export function told(text: string): string[] {
  const result = parseScenarioFile(text);
  const issues = result.kind === 'issues' ? result.issues : result.warnings;
  return issues.map(({ severity, path, message }) => `${severity} ${path} ${message}`);
}

/** A scenario and the beginning of what it is told. */
export interface Case {
  readonly because: string;
  readonly parts: Parameters<typeof scenarioOf>[0];
  readonly expected: string;
}

/** A program that tries for ever; `rest` continues its retry. */
export const retry = (rest: string) =>
  `- attempt: call\n  retry: { attempts: unlimited${rest} }\n  steps:\n    - { use: db, forSec: 1 }`;
/** A pool that refuses at once. */
export const smallPool = 'db: { kind: pool, slots: 4, admission: { maxWaiting: 0 } }';
/** One session a second. */
export const open = 'arrivals: { kind: poisson, ratePerSec: 1 }';
