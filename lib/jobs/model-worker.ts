import { parentPort, workerData } from 'node:worker_threads';
import { createPriceBook } from '../cost/create-price-book';
import type { FromModelWorker, ModelWorkerInput } from './model-worker-messages';
import { sessionModels } from './session-models';

const port = parentPort;
if (port !== null) {
  const { kind, set, sources, exact } = workerData as ModelWorkerInput;
  const book = createPriceBook(sources);
  const model = sessionModels[kind](set, { book, ...(exact === undefined ? {} : { exact }) });
  port.postMessage({ model } satisfies FromModelWorker);
}
