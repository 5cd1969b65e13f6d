'use client';

import type {
  CostWorkerAnswers,
  CostWorkerNotice,
  CostWorkerQuestion,
  CostWorkerRequest,
  CostWorkerResponse,
} from '@/lib/cost/cost-worker-messages';
import { AppError } from '@/lib/errors';

/** Sessions that a question is about, under a name that changes when they do. */
export interface ReplaySource {
  readonly source: string;
  /** As the server wrote them; each worker that needs them is handed a copy. */
  readonly bytes: Uint8Array;
}

/** A question with all that a worker has to know to answer it. */
export interface CostQuestion<Kind extends CostWorkerQuestion['kind']> {
  readonly question: Extract<CostWorkerQuestion, { readonly kind: Kind }>;
  readonly sources: readonly ReplaySource[];
}

interface Waiting {
  readonly question: CostWorkerQuestion;
  readonly sources: readonly ReplaySource[];
  readonly signal: AbortSignal;
  readonly askedMs: number;
  readonly resolve: (answer: CostWorkerAnswers[keyof CostWorkerAnswers]) => void;
  readonly reject: (reason: unknown) => void;
}

/** Sets of sessions that one worker keeps: as many as a comparison has sides. */
const sourcesMax = 2;

/** A worker that nobody asks anything is ended, and its copy of the sessions with it. */
const idleMs = 120_000;

/** Name under which the time from a question to its answer is found among the browser's measures. */
const measureName = 'plimsoll:cost-answer';

/**
 * Questions to one worker, one at a time; those that were given up while they waited are skipped, so
 * that of many in a row only the last is worked on.
 */
class CostWorkerClient {
  #worker: Worker | null = null;
  #kept: string[] = [];
  #waiting: Waiting[] = [];
  #asked: Waiting | null = null;
  #sentMs = 0;
  #id = 0;
  #idleTimer: ReturnType<typeof setTimeout> | undefined;

  ask(waiting: Waiting): void {
    this.#waiting.push(waiting);
    this.#next();
  }

  #next(): void {
    if (this.#asked !== null) return;
    clearTimeout(this.#idleTimer);
    this.#waiting = this.#waiting.filter(({ signal }) => !signal.aborted);
    const next = this.#waiting.shift();
    if (next === undefined) {
      this.#idleTimer = setTimeout(() => this.#end(), idleMs);
      return;
    }
    this.#asked = next;
    try {
      const worker = this.#open();
      this.#tell(worker, next);
      this.#sentMs = performance.now();
      post(worker, { kind: 'ask', id: ++this.#id, question: next.question });
    } catch (error) {
      this.#fail(error);
    }
  }

  #open(): Worker {
    if (this.#worker !== null) return this.#worker;
    const worker = new Worker(new URL('../../lib/cost/cost-worker.ts', import.meta.url), {
      type: 'module',
    });
    worker.onmessage = ({ data }: MessageEvent<CostWorkerResponse>) => this.#settle(data);
    worker.onerror = () =>
      this.#fail(new AppError('internal', 'The replay stopped without a result. Reload the page.'));
    this.#worker = worker;
    return worker;
  }

  /** Sends what the worker has to know first. */
  #tell(worker: Worker, { sources }: Waiting): void {
    for (const { source, bytes } of sources) {
      if (this.#kept.includes(source)) continue;
      const copy = bytes.slice();
      post(worker, { kind: 'keep', source, bytes: copy }, [copy.buffer]);
      this.#kept.push(source);
    }
    const isNeeded = (source: string) => sources.some((one) => one.source === source);
    while (this.#kept.length > sourcesMax) {
      const source = this.#kept.find((one) => !isNeeded(one));
      if (source === undefined) break;
      post(worker, { kind: 'drop', source });
      this.#kept = this.#kept.filter((one) => one !== source);
    }
  }

  #settle(response: CostWorkerResponse): void {
    const asked = this.#asked;
    if (asked === null || response.id !== this.#id) return;
    this.#asked = null;
    if (response.type === 'error') asked.reject(new AppError('internal', response.message));
    else {
      performance.measure(measureName, {
        start: asked.askedMs,
        detail: { question: asked.question, workMs: performance.now() - this.#sentMs },
      });
      asked.resolve(response.answer);
    }
    this.#next();
  }

  #fail(error: unknown): void {
    const asked = this.#asked;
    this.#end();
    asked?.reject(error);
    this.#next();
  }

  #end(): void {
    this.#worker?.terminate();
    this.#worker = null;
    this.#kept = [];
    this.#asked = null;
  }
}

function post(
  worker: Worker,
  message: CostWorkerRequest | CostWorkerNotice,
  transfer: Transferable[] = [],
): void {
  worker.postMessage(message, transfer);
}

/** `quick`: answers while a lever moves. `thorough`: intervals and draws, which take longer. */
export type CostWorkerPace = 'quick' | 'thorough';

// A long question must not hold up the short ones, so each pace has a worker of its own.
const clients: Record<CostWorkerPace, CostWorkerClient> = {
  quick: new CostWorkerClient(),
  thorough: new CostWorkerClient(),
};

/**
 * Asks a worker of this browser about what sessions cost.
 *
 * @param signal gives the question up, whether it waits or is being worked on
 * @throws AppError where the worker fails; the reason of the signal where it was given up
 */
export function askCostWorker<Kind extends CostWorkerQuestion['kind']>(
  pace: CostWorkerPace,
  { question, sources }: CostQuestion<Kind>,
  signal: AbortSignal,
): Promise<CostWorkerAnswers[Kind]> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(signal.reason);
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
    clients[pace].ask({
      question,
      sources,
      signal,
      askedMs: performance.now(),
      // A question is answered in its own kind.
      resolve: (answer) => resolve(answer as CostWorkerAnswers[Kind]),
      reject,
    });
  });
}
