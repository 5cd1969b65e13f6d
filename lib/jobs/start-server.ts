import { db } from '../db/client';
import { announceServer } from '../db/data-dir';
import { openTraceStore } from '../db/trace-store/connection';
import { readSettings } from '../env';
import { AppError } from '../errors';
import { log, originOf } from '../http/log';
import { jobRunner } from './job-runner';
import { seedSample } from './seed-sample';

/**
 * Makes a server ready: opens and migrates the stores, goes on with jobs, offers the sample.
 *
 * Ends the process with a sentence when the data directory cannot be used, since a server without
 * its stores would answer every request with an error.
 */
export async function startServer(): Promise<void> {
  try {
    // The trace store comes first: its lock keeps two processes out of one directory.
    await openTraceStore();
    await db();
    await jobRunner();
  } catch (error) {
    const sentence = error instanceof AppError ? error.message : 'The stores could not be opened.';
    log().fatal(error instanceof AppError ? {} : originOf(error), sentence);
    process.exit(1);
  }
  const { url, wantsSample } = readSettings();
  announceServer(url);
  if (!wantsSample) return;
  seedSample(new Date()).catch((error: unknown) => {
    log().error(originOf(error), 'the sample project could not be made');
  });
}
