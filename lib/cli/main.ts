import { runCommand } from './run-command';

/** A reader such as `head` may close the pipe early; that is no failure of the command. */
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  process.exit(error.code === 'EPIPE' ? 0 : 1);
});

const interruption = new AbortController();
for (const name of ['SIGINT', 'SIGTERM'] as const) {
  process.on(name, () => {
    // A second signal means now.
    if (interruption.signal.aborted) process.exit(130);
    interruption.abort();
  });
}

const code = await runCommand(process.argv.slice(2), {
  stdout: process.stdout,
  stderr: process.stderr,
  signal: interruption.signal,
  now: () => performance.now(),
});
// A pipe may still hold text, and the embedded stores may hold threads: flush, then end.
process.stdout.write('', () => process.exit(code));
