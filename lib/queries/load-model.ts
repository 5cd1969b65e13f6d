import type { z } from 'zod';
import type { FitCostModelOptions } from '../cost/fit-cost-model';
import { findModelResult, saveModelResult } from '../db/model-result-store';
import { readPriceSources } from '../db/price-store';
import { getProjectOrThrow } from '../db/project-store';
import { workerPath } from '../env';
import type { FromModelWorker, ModelWorkerInput } from '../jobs/model-worker-messages';
import { hashPriceSources } from '../jobs/price-sources';
import { runWorker } from '../jobs/run-worker';
import type { SessionModelKind } from '../jobs/session-models';
import {
  hashOf,
  type ImportSelection,
  loadSessionSet,
  selectImports,
} from '../jobs/session-source';
import { appVersion } from './load-health';

/** Which model is asked for, and how its stored form reads. */
export interface ModelRequest<Model> {
  readonly kind: SessionModelKind;
  readonly schema: z.ZodType<Model>;
  /** Raised whenever the same sessions would give another model. */
  readonly modelVersion: number;
  /** Totals of the whole store, where the sessions are only a sample of it. */
  readonly readExact?: (
    importIds: readonly string[],
  ) => Promise<NonNullable<FitCostModelOptions['exact']>>;
}

/** A model and the hash of what it was made from; null where no import is completed. */
export interface LoadedModel<Model> {
  readonly model: Model | null;
  readonly inputHash: string;
  readonly selection: ImportSelection;
}

const holder = globalThis as typeof globalThis & {
  plimsollModelFits?: Map<string, Promise<unknown>>;
};

/**
 * A model of a project's sessions: computed once in a thread of its own for the same imports,
 * prices and version, then shown from the store.
 *
 * Requests that arrive while it is being computed share that one computation.
 */
export async function loadModel<Model>(
  projectId: string,
  request: ModelRequest<Model>,
): Promise<LoadedModel<Model>> {
  await getProjectOrThrow(projectId);
  const selection = await selectImports(projectId);
  const sources = await readPriceSources(projectId);
  const { kind, schema, modelVersion } = request;
  const { hash, pricesHash } = selection;
  const inputHash = hashOf([hash, pricesHash, hashPriceSources(sources), appVersion, modelVersion]);
  const kept = schema.nullable().parse(await findModelResult(projectId, kind, inputHash));
  if (kept !== null) return { model: kept, inputHash, selection };

  holder.plimsollModelFits ??= new Map();
  const fits = holder.plimsollModelFits;
  const key = `${projectId}:${kind}:${inputHash}`;
  const compute = async () => {
    const set = await loadSessionSet(projectId, selection);
    if (set === null) return null;
    const isSample = set.sessionIds.length < set.sessionsInStore;
    const exact = isSample ? await request.readExact?.(selection.importIds) : undefined;
    const model = await fitInThread({
      kind,
      set,
      sources,
      ...(exact === undefined ? {} : { exact }),
    });
    await saveModelResult(projectId, kind, inputHash, model);
    return model;
  };
  const running = fits.get(key) ?? compute().finally(() => fits.delete(key));
  fits.set(key, running);
  return { model: schema.nullable().parse(await running), inputHash, selection };
}

/** Computes a model in a thread of its own. */
export async function fitInThread(input: ModelWorkerInput): Promise<unknown> {
  const answer = (await runWorker<FromModelWorker>({
    path: workerPath('model-worker'),
    input,
    signal: new AbortController().signal,
    onMessage: (message) => message,
  })) as FromModelWorker;
  return answer.model;
}
