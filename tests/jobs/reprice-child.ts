import { updateImport } from '@/lib/db/import-store';
import { findJob } from '@/lib/db/job-store';
import { setPricedWith } from '@/lib/db/priced-with-store';
import { listProjects } from '@/lib/db/project-store';
import { encodeCalls } from '@/lib/db/trace-store/encode-call';
import { finishStaging, stageBatch } from '@/lib/db/trace-store/write-import';
import { jobRunner } from '@/lib/jobs/job-runner';
import { recoverJobs } from '@/lib/jobs/recover-jobs';
import { selectImports } from '@/lib/jobs/session-source';
import { startReprice } from '@/lib/jobs/start-reprice';
import { expectCosts, inventCalls, readCosts, readSums, storeCalls } from './reprice-fixture';

const calls = 2_000;

/**
 * Says what a killed process left, then goes through a re-price that it may be killed in.
 *
 * Prints, as lines of JSON: the state that is found, `running`, and the state at the end.
 */
// What was left is told before the job of the killed process goes on by itself.
await recoverJobs();
const [project] = await listProjects();
const stored = project ?? (await storeCalls('killed', calls));
const { projectId } = stored;
const [importId = ''] = (await selectImports(projectId)).importIds;

async function tellState(): Promise<string> {
  const { calls: inCalls, sessions } = await readSums(importId);
  const costs = await readCosts(importId);
  const expected = expectCosts(inventCalls(importId, calls));
  const repriced = [...costs].filter(
    ([seq, cost]) => JSON.stringify(cost) === JSON.stringify(expected.get(seq)),
  ).length;
  const status = (await findJob(projectId))?.status ?? null;
  return JSON.stringify({ inCalls, sessions, calls: costs.size, repriced, status });
}

process.stdout.write(`found ${await tellState()}\n`);
const runner = await jobRunner();
await runner.whenIdle();
// The calls are stored once more as if they had been priced otherwise.
await stageBatch(importId, 0, encodeCalls(inventCalls(importId, calls)), String(process.pid));
await finishStaging(importId, []);
await updateImport(importId, { status: 'completed' });
await setPricedWith(importId, 'other prices');
process.stdout.write('running\n');
await startReprice(projectId);
await runner.whenIdle();
process.stdout.write(`ended ${await tellState()}\n`);
process.exit(0);
