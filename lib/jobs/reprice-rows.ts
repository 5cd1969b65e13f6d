import type { CallCost } from '../cost/call-cost';
import type { PriceBook } from '../cost/price-book';
import { priceCall } from '../cost/price-call';
import { escapeText } from '../db/trace-store/escape-text';
import type { CallPlace } from '../db/trace-store/reprice-import';
import type { TokenUsage, UsageBasis } from '../traces/call-record';
import { AssumedBasis } from './assumed-basis';
import { RepricedSums, type RepricedTotals } from './repriced-sums';

const tab = 0x09;
const lineFeed = 0x0a;
const backslash = 0x5c;
const capitalN = 0x4e;
/** Longest text of three costs and the tabs between them; the name of a price comes to it. */
const costBytesMax = 80;

const costColumns = [
  'list_cost_pico',
  'input_cost_pico',
  'list_cost_pico_max',
  'sku_price_id',
] as const;

const escapes: Readonly<Record<string, string>> = {
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  '0': '\0',
};

/** Text of a TabSeparated field. */
function unescapeText(text: string): string {
  return text.includes('\\')
    ? text.replace(/\\(.)/gs, (_, one: string) => escapes[one] ?? one)
    : text;
}

/**
 * Prices model calls again that are read as TabSeparated rows, and adds up the difference by model.
 *
 * All fields but the costs leave as the bytes that came in.
 */
export class RowRepricer {
  readonly #book: PriceBook;
  readonly #columnOf: ReadonlyMap<string, number>;
  readonly #starts: Int32Array;
  readonly #sums = new RepricedSums();
  readonly #assumed: AssumedBasis;
  #rows: Buffer = Buffer.alloc(0);

  /** @param columns in the order of the fields; the costs have to stand together */
  constructor(book: PriceBook, columns: readonly string[]) {
    this.#book = book;
    this.#assumed = new AssumedBasis(book);
    this.#columnOf = new Map(columns.map((name, index) => [name, index]));
    this.#starts = new Int32Array(columns.length + 1);
    const first = this.#column('list_cost_pico');
    costColumns.forEach((name, index) => {
      if (this.#column(name) !== first + index)
        throw new Error('The costs have to stand together.');
    });
  }

  /**
   * Prices the calls of one part.
   *
   * @returns the rows with their costs by this book, and the place of the last; null for no rows
   */
  reprice(rows: Uint8Array): { rows: Uint8Array; calls: number; place: CallPlace } | null {
    this.#rows = Buffer.from(rows.buffer, rows.byteOffset, rows.byteLength);
    let out: Buffer = Buffer.allocUnsafeSlow(rows.length + (rows.length >> 2) + 1_024);
    let written = 0;
    let calls = 0;
    for (let at = 0; at < rows.length; calls++) {
      const end = this.#findFields(at);
      const text = this.#priceRow();
      const needed = end - at + 3 * text.length + costBytesMax;
      if (written + needed > out.length) {
        const grown = Buffer.allocUnsafeSlow(Math.max(out.length * 2, written + needed));
        out.copy(grown, 0, 0, written);
        out = grown;
      }
      const first = this.#column('list_cost_pico');
      written += this.#rows.copy(out, written, at, this.#starts[first]);
      written += out.write(text, written, 'utf8');
      // From the tab, or the end of the row, behind the costs.
      written += this.#rows.copy(out, written, this.#starts[first + costColumns.length] - 1, end);
      at = end;
    }
    if (calls === 0) return null;
    return { rows: new Uint8Array(out.buffer, 0, written), calls, place: this.#place() };
  }

  /** What was added up so far. */
  totals(): RepricedTotals {
    return { models: this.#sums.models(), assumedBasis: this.#assumed.describe('inclusive') };
  }

  /** @returns where the row ends, its line feed included */
  #findFields(start: number): number {
    const rows = this.#rows;
    const starts = this.#starts;
    let field = 0;
    starts[0] = start;
    let at = start;
    for (; at < rows.length; at++) {
      const byte = rows[at];
      if (byte === tab) starts[++field] = at + 1;
      else if (byte === lineFeed) break;
    }
    starts[++field] = at + 1;
    if (field !== starts.length - 1) {
      throw new Error(`Got ${field} fields in a row when expected ${starts.length - 1}.`);
    }
    return Math.min(at + 1, rows.length);
  }

  /** Prices the row whose fields were found. @returns its costs as they are written */
  #priceRow(): string {
    const usage = this.#usage();
    const providerName = this.#text('provider_name');
    const requestModel = this.#text('request_model');
    const responseModel = this.#text('response_model');
    const call = {
      usage,
      usageBasis: this.#basis(),
      providerName,
      requestModel,
      responseModel,
      startMs: this.#number('start_ms'),
      serviceTier: this.#text('service_tier'),
      isResponseCacheHit: this.#number('is_response_cache_hit') === 1,
    };
    const cost = priceCall(call, this.#book);
    if (call.usageBasis !== null) {
      this.#assumed.note(call, cost.kind === 'priced' ? cost.listCostPicoUsd : null);
    }
    this.#sums.note({
      providerName,
      model: responseModel ?? requestModel,
      usage,
      storedPicoUsd: this.#number('list_cost_pico'),
      cost,
      isChanged: this.#isChanged(cost),
    });
    if (cost.kind === 'unpriced') return '\\N\t\\N\t\\N\t\\N';
    const { listCostPicoUsd, inputCostPicoUsd, listCostPicoUsdMax, skuPriceId } = cost;
    const name = escapeText(skuPriceId);
    return `${listCostPicoUsd}\t${inputCostPicoUsd}\t${listCostPicoUsdMax}\t${name}`;
  }

  #isChanged(cost: CallCost): boolean {
    const stored = this.#number('list_cost_pico');
    if (cost.kind === 'unpriced') return stored !== null;
    return (
      stored !== cost.listCostPicoUsd ||
      this.#number('input_cost_pico') !== cost.inputCostPicoUsd ||
      // Stored before it was kept, the upper end is the cost itself.
      (this.#number('list_cost_pico_max') ?? stored) !== cost.listCostPicoUsdMax
    );
  }

  #basis(): UsageBasis | null {
    const text = this.#text('usage_basis');
    return text === 'assumed_inclusive' || text === 'assumed_exclusive' ? text : null;
  }

  #usage(): TokenUsage | null {
    const output = this.#number('output');
    if (output === null) return null;
    return {
      inputFresh: this.#number('input_fresh') ?? 0,
      cacheRead: this.#number('cache_read') ?? 0,
      cacheWrite5m: this.#number('cache_write_5m') ?? 0,
      cacheWrite1h: this.#number('cache_write_1h') ?? 0,
      cacheWriteUnknownTtl: this.#number('cache_write_unknown_ttl') ?? 0,
      output,
      reasoning: this.#number('reasoning'),
    };
  }

  #place(): CallPlace {
    return {
      sessionId: this.#text('session_id') ?? '',
      fileIndex: this.#number('file_index') ?? 0,
      line: this.#number('line') ?? 0,
      seq: this.#number('seq') ?? 0,
    };
  }

  #column(name: string): number {
    const column = this.#columnOf.get(name);
    if (column === undefined) throw new Error(`There is no column ${name} to price calls with.`);
    return column;
  }

  #text(name: string): string | null {
    const column = this.#column(name);
    const start = this.#starts[column];
    const end = this.#starts[column + 1] - 1;
    if (
      end - start === 2 &&
      this.#rows[start] === backslash &&
      this.#rows[start + 1] === capitalN
    ) {
      return null;
    }
    return unescapeText(this.#rows.toString('utf8', start, end));
  }

  #number(name: string): number | null {
    const text = this.#text(name);
    return text === null ? null : Number(text);
  }
}
