import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseScenarioFile } from '@/lib/scenarios/parse-scenario-file';
import { describeFileIssue } from '@/lib/scenarios/scenario-file-issue';

const valid = `plimsoll: 1
name: Pool
horizonSec: 3600
resources:
  database:
    kind: pool
    slots: 8
    discipline: fifo
classes:
  agent:
    arrivals: { kind: closed, agents: 20 }
    program:
      - think: 5
      - use: database
        forSec: { law: exponential, mean: 1 }
      - attempt: call
        retry: { attempts: 3 }
        steps:
          - delay: 1
`;

/** The sentences that a text gets; empty where it is a scenario. */
function sentences(text: string): string[] {
  const result = parseScenarioFile(text);
  return result.kind === 'issues' ? result.issues.map(describeFileIssue) : [];
}

/** The example with one of its lines replaced by other lines, which take over its indentation. */
function withLine(line: number, ...by: readonly string[]): string {
  const lines = valid.split('\n');
  const indent = /^ */.exec(lines[line - 1])?.[0] ?? '';
  return lines.toSpliced(line - 1, 1, ...by.map((one) => indent + one)).join('\n');
}

describe('a scenario file', () => {
  test('is read from YAML and from the same JSON alike', () => {
    const fromYaml = parseScenarioFile(valid);
    if (fromYaml.kind === 'issues') throw new Error(sentences(valid).join('\n'));
    const fromJson = parseScenarioFile(JSON.stringify(fromYaml.scenario));
    expect(fromJson).toEqual(fromYaml);
    expect(fromYaml.scenario.resources.database).toMatchObject({ kind: 'pool', slots: 8 });
  });

  test('may name its JSON Schema', () => {
    const fromYaml = parseScenarioFile(valid);
    expect(parseScenarioFile(`$schema: scenario.schema.json\n${valid}`)).toEqual(fromYaml);
  });

  test('may use anchors, comments and Windows line ends', () => {
    const text = valid
      .replace('{ law: exponential, mean: 1 }', '&service { law: exponential, mean: 1 } # s')
      .replace('delay: 1', 'delay: *service')
      .replaceAll('\n', '\r\n');
    const result = parseScenarioFile(text);
    expect(result).toMatchObject({
      kind: 'scenario',
      scenario: { classes: { agent: { program: { 2: { steps: [{ delay: { mean: 1 } }] } } } } },
    });
  });

  test.each([
    [7, 'slots: 0', 'Line 7: `slots` of resource `database` is 0; it must be at least 1.'],
    [7, 'slots: -2', 'Line 7: `slots` of resource `database` is -2; it must be at least 1.'],
    [7, 'slots: 2.5', 'Line 7: `slots` of resource `database` is 2.5; a whole number is expected.'],
    [7, 'slots: unlimted', 'did you mean `unlimited`?'],
    [7, 'slots: "8"', '`slots` of resource `database` is the text "8"'],
    [3, 'horizonSec: .inf', 'Line 3: `horizonSec` is Infinity; a finite number is expected.'],
    [3, 'horizonSec: 0', 'Line 3: `horizonSec` is 0; it must be greater than 0.'],
    [1, 'plimsoll: 2', 'Line 1: `plimsoll` is 2; 1 is expected.'],
    [8, 'discpline: fifo', 'is not known in resource `database`; did you mean `discipline`?'],
    [8, 'discipline: fifi', 'Line 8: `discipline` of resource `database` is the text "fifi"'],
    [
      6,
      'kind: pol',
      'Line 6: `kind` of resource `database` is the text "pol"; did you mean `pool`?',
    ],
    [5, '9db:', 'Line 5: `9db` is no name: a name begins with a letter'],
    [5, '__proto__:', 'Line 5: `__proto__` is reserved: choose another name.'],
    [11, 'arrivals: { kind: closed }', '`arrivals.agents` of class `agent` is missing'],
    [11, 'arrivals: { agents: 2 }', '`arrivals.kind` of class `agent` is missing; one of closed'],
    [11, 'arrivals:', 'Line 11: `arrivals` of class `agent` is empty; a mapping is expected.'],
    [13, '- thnk: 5', 'Line 13: `thnk` names no step in `program[1]` of class `agent`'],
    [13, '- think', 'Line 13: In `program[1]` of class `agent`: A step is a mapping'],
    [13, '- { think: 1, delay: 1 }', 'A step is one of think, delay, not several at once.'],
    [
      15,
      'forsec: 1',
      '`forsec` is not known in step `use: database` in class `agent`; did you mean `forSec`?',
    ],
    [15, 'forSec: { mean: 1 }', '`forSec.law` of step `use: database` in class `agent` is missing'],
    [15, 'forSec: { law: expo, mean: 1 }', 'is the text "expo"'],
    [15, 'forSec: { law: uniform, min: 3, max: 2 }', '`max` 2 is below `min` 3.'],
    [15, 'forSec: -1', 'Line 15: `forSec` of step `use: database` in class `agent` is -1'],
    [
      17,
      'retry: { attempts: 0 }',
      'Line 17: `retry.attempts` of step `attempt: call` in class `agent` is 0',
    ],
    [17, 'retry: { attemps: 3, attempts: 3 }', 'did you mean `attempts`?'],
    [
      19,
      '- delay: one',
      'Line 19: `delay` of step `delay: one` in class `agent` is the text "one"; a number or a mapping is expected.',
    ],
  ])('names the line and the value of a mistake: line %i, %s', (line, by, sentence) => {
    const told = sentences(withLine(line, by));
    expect(told.join('\n')).toContain(sentence);
    expect(told).toHaveLength(1 + (line === 15 && by.startsWith('forsec') ? 1 : 0));
  });

  test('tells all mistakes at once, in the order of their lines', () => {
    const text = withLine(15, 'forSec: -1')
      .replace('slots: 8', 'slots: 0')
      .replace('think', 'thonk');
    expect(sentences(text).map((one) => one.split(':')[0])).toEqual([
      'Line 7',
      'Line 13',
      'Line 15',
    ]);
  });

  test('points to the key of what is not known and to the mapping of what is missing', () => {
    const result = parseScenarioFile(withLine(15, 'forsec: 1'));
    expect(result).toMatchObject({
      issues: [
        { line: 14, path: 'classes.agent.program.1.forSec' },
        { line: 15, column: 9, path: 'classes.agent.program.1.forsec' },
      ],
    });
  });

  test.each([
    ['a key twice', 'name: a\nname: b', 'Line 2: `name` is given twice here.'],
    ['merge keys', 'a: &a {b: 1}\nc:\n  <<: *a', 'Line 3: Merge keys (`<<`) are not read'],
    ['tags', 'a: !!js/function x', 'Line 1: Tags are not read'],
    ['an unknown anchor', 'a: *b', 'Line 1: No value before this has the anchor `&b`.'],
    ['keys that are no text', '? [a]\n: 1', 'Line 1: A key is a plain text.'],
    ['directives', '%YAML 1.1\n---\na: 1', 'Line 1: Lines that begin with %'],
    ['a second document', 'a: 1\n---\nb: 2', 'Line 2: A second document begins here'],
    ['nothing', '', 'Line 1: The file is empty: a scenario is expected.'],
    ['plain text', 'hello', 'Line 1: The scenario is the text "hello"; a mapping is expected.'],
    ['broken YAML', 'a: [1, 2\nb: 3', 'This cannot be read as YAML'],
  ])('refuses %s in a sentence', (_, text, sentence) => {
    expect(sentences(text).join('\n')).toContain(sentence);
  });
});

describe('a hostile text', () => {
  const million = (part: string) => part.repeat(Math.floor(999_000 / part.length));

  test.each([
    ['too long', 'x'.repeat(1_000_001), 'longer than 1,000,000 characters: say long lists'],
    ['lists in lists', million('['), 'nest 100 deep'],
    ['mappings in mappings', million('{'), 'nest 100 deep'],
    ['lists in lists on one line', million('- '), 'nest 100 deep'],
    [
      'lists in lists by indentation',
      Array.from({ length: 900 }, (_, i) => `${' '.repeat(i)}-`).join('\n'),
      'nest 100 deep',
    ],
    ['keys in keys', million('? '), 'nest 100 deep'],
    ['too many parts', million('k: 1\n'), 'more than 500000 parts'],
    ['an alias of itself', 'a: &a [*a]', 'nest 100 deep'],
  ])('is refused in a sentence: %s', (_, text, sentence) => {
    expect(sentences(text).join('\n')).toContain(sentence);
  });

  test('cannot grow by aliases of aliases', () => {
    const levels = Array.from({ length: 9 }, (_, i) => {
      const last = i === 0 ? '1' : `*a${i - 1}`;
      return `a${i}: &a${i} [${Array.from({ length: 9 }, () => last).join(',')}]`;
    });
    expect(sentences(levels.join('\n')).join('\n')).toContain('More than 1000 aliases');
  });

  test('of any kind ends in a scenario or in sentences with a line of the text', () => {
    const part = fc.constantFrom(
      '[',
      '{',
      '}',
      ']',
      ': ',
      '- ',
      '\n',
      '  ',
      '&a ',
      '*a',
      '"',
      "'",
      '#',
      '? ',
      '!t ',
      '|',
      '>',
      'k',
      '1',
      ',',
      '<<',
      '---',
      '%',
      '\t',
      '\u0000',
      '\ud800',
    );
    const mutated = fc
      .tuple(fc.nat(valid.length), fc.nat(20), fc.array(part, { maxLength: 8 }))
      .map(([at, cut, parts]) => valid.slice(0, at) + parts.join('') + valid.slice(at + cut));
    fc.assert(
      fc.property(mutated, (text) => {
        const result = parseScenarioFile(text);
        if (result.kind === 'scenario') return;
        expect(result.issues.length).toBeGreaterThan(0);
        expect(result.issues.length).toBeLessThanOrEqual(50);
        const lines = text.split(/\n/).length;
        for (const issue of result.issues) {
          expect(issue.line).toBeGreaterThanOrEqual(1);
          expect(issue.line).toBeLessThanOrEqual(lines);
          expect(issue.message).toMatch(/^[A-Z`].*[.?]$/s);
        }
      }),
      { numRuns: 500, seed: 20_261_121 },
    );
  });
});
