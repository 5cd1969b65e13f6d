import type { WorkloadResponse } from '../contracts/simulation';
import { getProjectOrThrow } from '../db/project-store';
import { readSessionSpans } from '../db/trace-store/read-session-spans';
import { AppError } from '../errors';
import { hashOf, loadSessionSet, selectImports } from '../jobs/session-source';
import { countProviders } from '../workload/count-providers';
import { fitArrivals } from '../workload/fit-arrivals';
import { lowerSessions } from '../workload/lower-sessions';
import { measureConcurrency } from '../workload/measure-concurrency';
import type { OperationTokens } from '../workload/workload-model';

/** What a browser simulates while a control moves: fewer sessions than a stored run takes. */
const browserLimits = { sessions: 2_000, calls: 100_000 };

/**
 * The workload of a project for the simulator in the browser.
 *
 * @throws AppError conflict where nothing is imported yet
 */
export async function loadWorkload(projectId: string): Promise<WorkloadResponse> {
  const { system } = await getProjectOrThrow(projectId);
  const selection = await selectImports(projectId);
  const set = await loadSessionSet(projectId, selection, browserLimits);
  if (set === null) {
    throw new AppError('conflict', 'There are no sessions to simulate. Import a trace file first.');
  }
  const workload = lowerSessions(set, system.pool);
  const { startMs, endMs } = await readSessionSpans(selection.importIds);
  return {
    firstOp: Array.from(workload.firstOp),
    op: Array.from(workload.op),
    durationSec: Array.from(workload.durationSec),
    ...writeTokens(workload.tokens),
    basis: workload.basis,
    arrivals: fitArrivals(startMs, measureConcurrency(startMs, endMs)),
    providers: countProviders(set),
    inputHash: hashOf([selection.hash, system.pool]),
  };
}

/** Token columns as JSON can hold them: null where a count is not known. */
function writeTokens(tokens: OperationTokens | undefined): Pick<WorkloadResponse, 'tokens'> {
  if (tokens === undefined) return {};
  const column = (counts: Float64Array) =>
    Array.from(counts, (count) => (Number.isNaN(count) ? null : count));
  return {
    tokens: {
      prompt: column(tokens.prompt),
      cacheRead: column(tokens.cacheRead),
      cacheWrite: column(tokens.cacheWrite),
      output: column(tokens.output),
    },
  };
}
