import { parentPort, workerData } from 'node:worker_threads';
import { createPriceBook } from '../cost/create-price-book';
import { RowRepricer } from './reprice-rows';
import type {
  FromRepriceWorker,
  RepriceWorkerInput,
  ToRepriceWorker,
} from './reprice-worker-messages';

const port = parentPort;
if (port !== null) {
  const { sources, columns, isWriting } = workerData as RepriceWorkerInput;
  const repricer = new RowRepricer(createPriceBook(sources), columns);
  const send = (message: FromRepriceWorker, transfer: ArrayBuffer[] = []) =>
    port.postMessage(message, transfer);
  port.on('message', ({ rows }: ToRepriceWorker) => {
    const part = rows === null ? null : repricer.reprice(rows);
    if (part === null) {
      send({ type: 'done', ...repricer.totals() });
      port.close();
      return;
    }
    const { calls, place } = part;
    if (!isWriting) send({ type: 'priced', rows: null, calls, place });
    else send({ type: 'priced', ...part }, [part.rows.buffer as ArrayBuffer]);
  });
  send({ type: 'ready' });
}
