import { parentPort, workerData } from 'node:worker_threads';
import { createPriceBook } from '../cost/create-price-book';
import type { PriceBook } from '../cost/price-book';
import { priceCall } from '../cost/price-call';
import { writeCall } from '../db/trace-store/encode-call';
import { RowWriter } from '../db/trace-store/row-writer';
import { adaptersFor } from '../traces/adapters/registry';
import type { CallRecord } from '../traces/call-record';
import { type ReadTraceOptions, readTraceFile } from '../traces/import-trace';
import { observeRecords } from '../traces/observe-records';
import { AssumedBasis } from './assumed-basis';
import {
  callsPerBatch,
  type FromImportWorker,
  type ImportWorkerInput,
  type ToImportWorker,
} from './import-worker-messages';
import { IssueGroups } from './issue-groups';
import { RawRecordBatches } from './raw-record-batches';
import { SourceLedger } from './source-ledger';

const outstandingMax = 2;

/**
 * Reads the files of one import into batches of rows.
 *
 * Batches are cut by count, so that equal files give equal batches: after a restart the files are
 * read again from their start and what the store has is skipped. At most two batches wait for the
 * store at any time.
 */
class ImportReader {
  readonly #input: ImportWorkerInput;
  readonly #send: (message: FromImportWorker, transfer?: readonly ArrayBuffer[]) => void;
  readonly #issues = new IssueGroups();
  readonly #formats = new Set<string>();
  readonly #texts: RawRecordBatches | null;
  readonly #options: ReadTraceOptions;
  readonly #rows = new RowWriter();
  readonly #fileNames = new Map<number, string>();
  #fileIndex = -1;
  #rowsInBatch = 0;
  #seq = 0;
  #batch = 0;
  #outstanding = 0;
  #resume: (() => void) | null = null;
  readonly #ledger = new SourceLedger();
  readonly #book: PriceBook;
  readonly #assumed: AssumedBasis;
  #bytesBefore = 0;
  #recordsBefore = 0;
  #bytesRead = 0;
  #records = 0;

  constructor(
    input: ImportWorkerInput,
    send: (message: FromImportWorker, transfer?: readonly ArrayBuffer[]) => void,
  ) {
    this.#input = input;
    this.#send = send;
    this.#book = createPriceBook(input.prices);
    this.#assumed = new AssumedBasis(this.#book);
    const texts = input.keepsText ? new RawRecordBatches(input.importId) : null;
    const adapters = adaptersFor(input.read);
    this.#texts = texts;
    this.#options = {
      read: input.read,
      adapters:
        texts === null
          ? adapters
          : adapters.map((adapter) =>
              observeRecords(adapter, ({ line, value }, { fileIndex }) =>
                texts.add(fileIndex, line, value),
              ),
            ),
    };
  }

  acknowledge(): void {
    this.#outstanding--;
    this.#resume?.();
    this.#resume = null;
  }

  async read(): Promise<void> {
    for (const file of this.#input.files) {
      this.#bytesBefore += this.#bytesRead;
      this.#recordsBefore += this.#records;
      this.#bytesRead = 0;
      this.#records = 0;
      await this.#readFile(file);
    }
    await this.#flush();
    await this.#flushTexts();
    this.#send({
      type: 'done',
      calls: this.#seq,
      formats: [...this.#formats],
      duplicates: this.#ledger.duplicates,
      dropped: this.#ledger.dropped,
      assumedBasis: this.#assumed.describe(this.#input.read.assumedBasis),
      sources: this.#ledger.sources,
      sourcesTotal: this.#ledger.sourcesTotal,
      redactions: this.#texts?.redactions ?? 0,
      issues: this.#issues.list(),
      ...this.#progress(),
    });
  }

  async #readFile(file: ImportWorkerInput['files'][number]): Promise<void> {
    const source = { path: file.path, fileName: file.name, firstFileIndex: this.#fileIndex + 1 };
    this.#ledger.beginUpload();
    for await (const item of readTraceFile(source, this.#options)) {
      if (this.#texts?.isFull === true) await this.#flushTexts();
      switch (item.type) {
        case 'call':
          this.#ledger.note(item);
          if (this.#add(item.call)) await this.#flush();
          break;
        case 'issue':
          this.#ledger.note(item);
          this.#issues.add(item.issue, this.#fileNames.get(item.issue.fileIndex) ?? file.name);
          break;
        case 'dropped':
          this.#ledger.note(item);
          break;
        case 'file':
          this.#ledger.beginFile(item.fileName, item.fileIndex);
          this.#fileIndex = item.fileIndex;
          this.#fileNames.set(item.fileIndex, item.fileName);
          break;
        case 'format':
          this.#ledger.noteFormat(item);
          this.#formats.add(item.adapterId);
          break;
        case 'progress':
          this.#ledger.noteRecords(item.records);
          this.#bytesRead = item.bytesRead;
          this.#records = item.records;
          this.#send({ type: 'progress', ...this.#progress() });
          break;
        default:
          item satisfies never;
      }
    }
  }

  /** @returns whether the batch is full */
  #add(call: CallRecord): boolean {
    const seq = this.#seq++;
    const isAssumed = call.kind === 'model' && call.usageBasis?.startsWith('assumed') === true;
    const isNew = this.#batch >= this.#input.acknowledgedBatches;
    if (isNew || isAssumed) {
      const cost = priceCall(call, this.#book);
      if (isAssumed) {
        this.#assumed.note(call, cost.kind === 'priced' ? cost.listCostPicoUsd : null);
      }
      const { importId } = this.#input;
      if (isNew) writeCall(this.#rows, { importId, seq, call, cost, isUnattributed: false });
    }
    this.#rowsInBatch++;
    return this.#rowsInBatch === callsPerBatch;
  }

  async #flush(): Promise<void> {
    const batch = this.#batch++;
    this.#rowsInBatch = 0;
    if (this.#rows.isEmpty) return;
    const rows = this.#rows.take();
    await this.#whenTaken();
    this.#send({ type: 'batch', batch, rows, ...this.#progress() }, [rows.buffer]);
  }

  async #flushTexts(): Promise<void> {
    const taken = this.#texts?.take() ?? null;
    if (taken === null) return;
    await this.#whenTaken();
    this.#send({ type: 'texts', ...taken, ...this.#progress() });
  }

  /** Waits until the store has taken enough of what was sent to take one more. */
  async #whenTaken(): Promise<void> {
    while (this.#outstanding >= outstandingMax) {
      await new Promise<void>((resolve) => {
        this.#resume = resolve;
      });
    }
    this.#outstanding++;
  }

  #progress() {
    return {
      bytesRead: this.#bytesBefore + this.#bytesRead,
      records: this.#recordsBefore + this.#records,
    };
  }
}

const port = parentPort;
if (port !== null) {
  const reader = new ImportReader(workerData as ImportWorkerInput, (message, transfer = []) => {
    port.postMessage(message, transfer);
  });
  port.on('message', (message: ToImportWorker) => {
    if (message.type === 'acknowledged') reader.acknowledge();
  });
  await reader.read();
  port.close();
}
