import { spawn } from 'node:child_process';
import { join } from 'node:path';
import type { CapturedRun } from './run-captured';

/** Bundle of the command for {@link runProcess}, by the name it expects. */
export const commandEntry = { plimsoll: 'lib/cli/main.ts' } as const;

/** Runs the command as a user does: a process of its own, on the bundle of a root and in it. */
export async function runProcess(rootDir: string, args: readonly string[]): Promise<CapturedRun> {
  const bundle = join(rootDir, 'dist', 'plimsoll.mjs');
  const child = spawn(process.execPath, [bundle, ...args], { cwd: rootDir });
  const text = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (part: string) => {
      text[name] += part;
    });
  }
  const code = await new Promise<number>((done) => child.on('close', (value) => done(value ?? -1)));
  return { code, ...text };
}

/** The last line of a text; on stderr there may be lines of progress before it. */
export function lastLine(text: string): string {
  return text.trimEnd().split('\n').at(-1) ?? '';
}
