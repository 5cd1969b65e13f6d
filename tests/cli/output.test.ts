import { describe, expect, test } from 'vitest';
import { createOutput } from '@/lib/cli/output';
import { KeptText } from './kept-text';

function capture(isTTY: boolean) {
  const clock = { ms: 0 };
  const stdout = new KeptText();
  const stderr = new KeptText(isTTY);
  const output = createOutput({ stdout, stderr, isJson: false, now: () => clock.ms });
  return { clock, stdout, stderr, output };
}

describe('progress', () => {
  test('is silent on a pipe until a step takes long, then one plain line at a time', () => {
    const { clock, stderr, output } = capture(false);
    output.progress('10 %');
    clock.ms = 4_999;
    output.progress('20 %');
    expect(stderr.text).toBe('');
    clock.ms = 5_000;
    output.progress('30 %');
    clock.ms = 6_000;
    output.progress('40 %');
    expect(stderr.text).toBe('30 %\n');
  });

  test('stays on one line of a terminal and never reaches stdout', () => {
    const { stdout, stderr, output } = capture(true);
    output.progress('10 %');
    output.progress('20 %');
    output.line('done');
    expect(stderr.text.endsWith('20 %\n')).toBe(true);
    expect(stderr.text.split('\n')).toHaveLength(2);
    expect(stdout.text).toBe('done\n');
  });
});

test('control characters of a file name do not reach the terminal', () => {
  const { stdout, output } = capture(false);
  output.line('name\u001b[2J\u0007.jsonl');
  expect(stdout.text).toBe('name\ufffd[2J\ufffd.jsonl\n');
});
