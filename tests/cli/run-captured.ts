import { type CommandEnvironment, runCommand } from '@/lib/cli/run-command';
import { KeptText } from './kept-text';

/** What a command line printed and how it ended. */
export interface CapturedRun {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a command line in this process with streams that are kept. */
export async function runCaptured(
  args: readonly string[],
  overrides: Partial<CommandEnvironment> = {},
): Promise<CapturedRun> {
  const stdout = new KeptText();
  const stderr = new KeptText();
  const code = await runCommand(args, {
    stdout,
    stderr,
    signal: new AbortController().signal,
    now: () => performance.now(),
    ...overrides,
  });
  return { code, stdout: stdout.text, stderr: stderr.text };
}
