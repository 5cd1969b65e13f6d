import { parentPort, workerData } from 'node:worker_threads';
import { createPriceBook } from '../cost/create-price-book';
import { forecastModels } from './forecast-models';
import type { FromModelWorker, ModelWorkerInput } from './model-worker-messages';
import { replayModels } from './replay-models';
import { sessionModels } from './session-models';

const models = { ...sessionModels, ...replayModels, ...forecastModels };

const port = parentPort;
if (port !== null) {
  const { kind, set, sources, ...inputs } = workerData as ModelWorkerInput;
  const model = models[kind](set, { book: createPriceBook(sources), ...inputs });
  port.postMessage({ model } satisfies FromModelWorker);
}
