import { spawn } from 'node:child_process';
import { resolve } from 'node:path';
import type { CapturedRun } from './run-captured';

/** Runs the command as a user does, in a process of its own on the bundle. */
export async function runProcess(cwd: string, args: readonly string[]): Promise<CapturedRun> {
  const child = spawn(process.execPath, [resolve('scripts/plimsoll.mjs'), ...args], { cwd });
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
