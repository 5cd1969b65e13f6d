import type { z } from 'zod';
import type { ReplayRequest, ReplayResponse } from '../contracts/replay';
import { ReplayOutcome } from '../cost/replay/replay-outcome';
import { readPriceSources } from '../db/price-store';
import { getProjectOrThrow } from '../db/project-store';
import { workerPath } from '../env';
import { AppError } from '../errors';
import type { FromModelWorker, ModelWorkerInput } from '../jobs/model-worker-messages';
import { hashPriceSources } from '../jobs/price-sources';
import type { ReplayQuestion } from '../jobs/replay-models';
import { runWorker } from '../jobs/run-worker';
import {
  hashOf,
  type ImportSelection,
  loadSessionSet,
  selectImports,
} from '../jobs/session-source';
import { appVersion } from './load-health';

/** Sessions and prices of a project, or of one import of it, as a worker takes them. */
async function readInput(projectId: string, importId?: string) {
  await getProjectOrThrow(projectId);
  const all = await selectImports(projectId);
  const selection = importId === undefined ? all : selectOne(all, importId);
  const sources = await readPriceSources(projectId);
  const set = await loadSessionSet(projectId, selection);
  if (set === null) {
    throw new AppError('not_found', 'This project has no completed import. Import a trace first.');
  }
  const { hash, pricesHash } = selection;
  return {
    set,
    sources,
    inputHash: hashOf([hash, pricesHash, hashPriceSources(sources), appVersion]),
  };
}

/** One of the completed imports; its hash sets it apart from all of them together. */
function selectOne(all: ImportSelection, importId: string): ImportSelection {
  if (!all.importIds.includes(importId)) {
    throw new AppError('not_found', 'There is no such completed import. It may have been deleted.');
  }
  return { ...all, importIds: [importId], hash: hashOf([all.hash, importId]) };
}

async function runInThread(input: ModelWorkerInput, signal: AbortSignal): Promise<unknown> {
  const answer = (await runWorker<FromModelWorker>({
    path: workerPath('model-worker'),
    input,
    signal,
    onMessage: (message) => message,
  })) as FromModelWorker;
  return answer.model;
}

/**
 * The sessions of a project as policies walk over them, encoded, for a browser's worker.
 *
 * @param importId the sessions of this import only
 * @throws AppError not_found without a project or a completed import
 */
export async function loadReplaySet(
  projectId: string,
  importId: string | undefined,
  signal: AbortSignal,
): Promise<{ bytes: Uint8Array<ArrayBuffer>; inputHash: string }> {
  const { set, sources, inputHash } = await readInput(projectId, importId);
  const names = sources.aliases.map(({ name }) => name);
  const question: ReplayQuestion = { kind: 'set', names };
  const bytes = await runInThread({ kind: 'replay', set, sources, replay: question }, signal);
  if (!(bytes instanceof Uint8Array)) throw new TypeError('Got no bytes from the model worker.');
  return { bytes: new Uint8Array(bytes), inputHash };
}

/**
 * What the sessions of a project would have cost under some policies.
 *
 * @throws AppError not_found without a project or a completed import
 */
export async function loadReplay(
  projectId: string,
  request: z.output<typeof ReplayRequest>,
  signal: AbortSignal,
): Promise<ReplayResponse> {
  const { set, sources, inputHash } = await readInput(projectId);
  const question: ReplayQuestion = { kind: 'outcome', ...request };
  const outcome = await runInThread({ kind: 'replay', set, sources, replay: question }, signal);
  return { outcome: ReplayOutcome.parse(outcome), inputHash: hashOf([inputHash, question]) };
}
