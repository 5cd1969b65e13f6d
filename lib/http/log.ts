import { type Logger, pino } from 'pino';
import { readSettings } from '../env';

const holder = globalThis as typeof globalThis & { plimsollLog?: Logger };

/**
 * The log of this process, on stderr as one JSON object a line.
 *
 * Only names, ids, codes and durations go here: no bodies, no tokens, no text of a trace.
 */
export function log(): Logger {
  holder.plimsollLog ??= pino(
    { level: readSettings().logLevel, base: null },
    pino.destination({ dest: 2, sync: true }),
  );
  return holder.plimsollLog;
}

/** Where a defect comes from: the kind of error and its stack, without a message that may quote input. */
export function originOf(error: unknown): Record<string, string> {
  if (!(error instanceof Error)) return { errorName: typeof error };
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return { errorName: error.name, stack: frames.slice(0, 12).join('\n') };
}
