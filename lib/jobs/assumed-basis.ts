import type { ImportSummary } from '../contracts/import';
import type { PriceBook } from '../cost/price-book';
import { priceCall } from '../cost/price-call';
import type { CallRecord, TokenUsage } from '../traces/call-record';
import { usdFromPicoUsd } from '../units';

/** What of a call decides what it costs, and how its "input" was read. */
type AssumedCall = Pick<
  CallRecord,
  | 'usage'
  | 'usageBasis'
  | 'providerName'
  | 'requestModel'
  | 'responseModel'
  | 'startMs'
  | 'serviceTier'
  | 'isResponseCacheHit'
>;

/** Adds up what calls cost whose "input" was read one way by assumption, and would the other way. */
export class AssumedBasis {
  readonly #book: PriceBook;
  #calls = 0;
  #picoUsd: bigint | null = null;
  #otherPicoUsd: bigint | null = null;

  constructor(book: PriceBook) {
    this.#book = book;
  }

  /** Takes a model call with its cost in whole pico-dollars, or null where it is unpriced. */
  note(call: AssumedCall, picoUsd: number | null): void {
    const { usage, usageBasis } = call;
    if (usage === null) return;
    const other = otherReading(usage, usageBasis);
    if (other === null) return;
    this.#calls++;
    if (picoUsd !== null) this.#picoUsd = (this.#picoUsd ?? 0n) + BigInt(picoUsd);
    const cost = priceCall({ ...call, usage: other }, this.#book);
    if (cost.kind !== 'priced') return;
    this.#otherPicoUsd = (this.#otherPicoUsd ?? 0n) + BigInt(cost.listCostPicoUsd);
  }

  /** The sums; null where nothing had to be assumed. Calls repeated across files are in them. */
  describe(reading: 'inclusive' | 'exclusive'): ImportSummary['assumedBasis'] {
    if (this.#calls === 0) return null;
    return {
      calls: this.#calls,
      reading,
      listCostUsd: usdOrNull(this.#picoUsd),
      otherListCostUsd: usdOrNull(this.#otherPicoUsd),
    };
  }
}

/** The usage with cached tokens taken out of fresh input or put back; null where nothing was assumed. */
function otherReading(usage: TokenUsage, basis: CallRecord['usageBasis']): TokenUsage | null {
  if (basis !== 'assumed_inclusive' && basis !== 'assumed_exclusive') return null;
  const cached =
    usage.cacheRead + usage.cacheWrite5m + usage.cacheWrite1h + usage.cacheWriteUnknownTtl;
  const inputFresh = usage.inputFresh + (basis === 'assumed_inclusive' ? cached : -cached);
  return inputFresh < 0 ? null : { ...usage, inputFresh };
}

function usdOrNull(picoUsd: bigint | null): number | null {
  return picoUsd === null ? null : usdFromPicoUsd(picoUsd);
}
