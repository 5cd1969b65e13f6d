import { callKindCode, type SessionSet } from '../../sessions/session';
import type { CostDifference, DifferenceLine } from '../cost-anatomy';
import { PicoUsdSum } from '../pico-usd-sum';
import type { PriceBook } from '../price-book';
import { findRowPrices } from '../row-prices';
import { type ComparedCall, explainedBuckets, recordedPicoUsd } from './difference-group';
import { explainDifference } from './explain-difference';

/** Lines beyond this many are left out: model names come from whoever wrote the trace. */
const linesMax = 100;

interface Group {
  readonly model: number;
  readonly serviceTier: number;
  readonly rows: number[];
  readonly list: PicoUsdSum;
  readonly recorded: PicoUsdSum;
}

/**
 * Compares list with recorded costs by model and service tier, over the calls that have both.
 *
 * @returns null where no call has a recorded cost
 */
export function compareRecorded(set: SessionSet, book: PriceBook): CostDifference | null {
  const { calls } = set;
  const groups = new Map<string, Group>();
  let recordedOnlyCalls = 0;
  let listOnlyCalls = 0;
  for (let row = 0; row < calls.length; row++) {
    if (calls.kind[row] !== callKindCode.model) continue;
    const isListed = !Number.isNaN(calls.listCostPicoUsd[row]);
    const isRecorded = Number.isFinite(calls.recordedCostUsd[row]);
    if (isListed && isRecorded) addTo(groupOf(groups, set, row), set, row);
    else if (isRecorded) recordedOnlyCalls++;
    else if (isListed) listOnlyCalls++;
  }
  if (groups.size === 0 && recordedOnlyCalls === 0) return null;
  const lines = [...groups.values()]
    .sort((a, b) => Number(differenceOf(b) - differenceOf(a)))
    .map((group) => closeGroup(group, set, book));
  const sum = (pick: (group: Group) => bigint) =>
    [...groups.values()].reduce((total, group) => total + pick(group), 0n);
  return {
    calls: lines.reduce((total, line) => total + line.calls, 0),
    recordedOnlyCalls,
    listOnlyCalls,
    listCostPicoUsd: String(sum((group) => group.list.total())),
    recordedCostPicoUsd: String(sum((group) => group.recorded.total())),
    lines: lines.slice(0, linesMax),
  };
}

function groupOf(groups: Map<string, Group>, { calls }: SessionSet, row: number): Group {
  const model = calls.model[row];
  const serviceTier = calls.serviceTier[row];
  const key = `${model}/${serviceTier}`;
  const known = groups.get(key);
  if (known !== undefined) return known;
  const group: Group = {
    model,
    serviceTier,
    rows: [],
    list: new PicoUsdSum(),
    recorded: new PicoUsdSum(),
  };
  groups.set(key, group);
  return group;
}

function addTo(group: Group, { calls }: SessionSet, row: number): void {
  group.rows.push(row);
  group.list.add(calls.listCostPicoUsd[row]);
  group.recorded.add(recordedPicoUsd(calls.recordedCostUsd[row]));
}

function differenceOf({ list, recorded }: Group): bigint {
  const difference = list.total() - recorded.total();
  return difference < 0n ? -difference : difference;
}

function closeGroup(group: Group, set: SessionSet, book: PriceBook): DifferenceLine {
  const nameAt = (index: number) => (index < 0 ? null : set.names[index]);
  return {
    model: nameAt(group.model),
    serviceTier: nameAt(group.serviceTier),
    calls: group.rows.length,
    listCostPicoUsd: String(group.list.total()),
    recordedCostPicoUsd: String(group.recorded.total()),
    explanation: explainDifference(group.rows.map((row) => readCall(set, row, book))),
  };
}

function readCall(set: SessionSet, row: number, book: PriceBook): ComparedCall {
  const { calls } = set;
  const tokens = {
    inputFresh: 0,
    cacheRead: 0,
    cacheWrite5m: 0,
    cacheWrite1h: 0,
    cacheWriteUnknownTtl: 0,
    output: 0,
    reasoning: 0,
  };
  for (const bucket of explainedBuckets) tokens[bucket] = calls[bucket][row] || 0;
  const { output, reasoning, ...prompt } = tokens;
  return {
    tokens,
    promptTokens: Object.values(prompt).reduce((sum, count) => sum + count, 0),
    listPicoUsd: calls.listCostPicoUsd[row],
    recordedPicoUsd: recordedPicoUsd(calls.recordedCostUsd[row]),
    prices: findRowPrices(set, row, book),
  };
}
