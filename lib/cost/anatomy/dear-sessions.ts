import { formatCount, formatDecimal, formatPercent, formatUsd } from '../../format';
import { quantile } from '../../stats/quantile';
import type { DearFactor, DearSession } from '../cost-anatomy';
import { isMetered } from '../price-session';
import { findFactors } from './dear-factors';
import type { AnatomyInput, DissectedCalls } from './dissect-calls';
import { type HiddenCaches, impliedShareOf } from './hidden-caches';
import {
  featuresOf,
  measureExtras,
  medianFeatures,
  type SessionFeatures,
} from './session-features';

/** Sessions that are explained. */
const dearestMax = 10;

/** From this many times the median on, a factor is worth a clause. */
const notableTimes = 1.5;

/** The dearest sessions beside the median one. */
export interface DearSessions {
  readonly medianSession: { readonly costUsd: number; readonly calls: number } | null;
  readonly dearest: DearSession[];
}

/** Picks the dearest sessions and says why each is dear. */
export function findDearSessions(
  input: AnatomyInput,
  dissected: DissectedCalls,
  hidden: HiddenCaches,
): DearSessions {
  const { set } = input;
  const extras = measureExtras(input);
  const features = dissected.bySession.map((sums, session) => featuresOf(sums, session, extras));
  const median = medianFeatures(features);
  if (median === null) return { medianSession: null, dearest: [] };
  const usualModel = findUsualModel(input);
  const usualResultTokens = rememberMedians(dissected);
  const dearest = rankSessions(dissected, set.sessionIds).map((session): DearSession => {
    const sums = dissected.bySession[session];
    const own = features[session] ?? median;
    const rows = [set.firstCall[session], set.firstCall[session + 1]] as const;
    const impliedShare = impliedShareOf(set, rows, hidden);
    const factors = findFactors(input, {
      rows,
      session,
      impliedShare,
      sums,
      own,
      median,
      usualModel,
      usualResultTokens,
    });
    return {
      sessionId: set.sessionIds[session],
      timesMedian: median.costUsd > 0 ? own.costUsd / median.costUsd : null,
      sentence: describeSession(own, median, { factors, impliedShare }),
      factors,
      ...sums.toCells(),
    };
  });
  return { medianSession: { costUsd: median.costUsd, calls: median.calls }, dearest };
}

/** Median tokens of a tool's results, worked out once for each tool that is asked for. */
function rememberMedians({ tools }: DissectedCalls): (tool: number) => number {
  const medians = new Map<number, number>();
  return (tool) => {
    const known = medians.get(tool);
    if (known !== undefined) return known;
    const median = quantile(tools.tools.get(tool)?.resultTokens ?? [], 0.5);
    medians.set(tool, median);
    return median;
  };
}

/** Largest cost first; equal ones by id, so that the order of sessions changes nothing. */
function rankSessions({ bySession }: DissectedCalls, sessionIds: readonly string[]): number[] {
  return bySession
    .map((sums, session) => ({ session, cost: sums.total(), isPriced: sums.pricedCalls > 0 }))
    .filter(({ isPriced, cost }) => isPriced && cost > 0n)
    .sort((a, b) => {
      if (a.cost !== b.cost) return a.cost < b.cost ? 1 : -1;
      return sessionIds[a.session] < sessionIds[b.session] ? -1 : 1;
    })
    .slice(0, dearestMax)
    .map(({ session }) => session);
}

/** The model that most priced calls go to; among equals the first by name. */
function findUsualModel({ set }: AnatomyInput): number {
  const counts = new Map<number, number>();
  for (let row = 0; row < set.calls.length; row++) {
    const model = set.calls.model[row];
    if (!isMetered(set, row) || model < 0 || Number.isNaN(set.calls.listCostPicoUsd[row])) continue;
    counts.set(model, (counts.get(model) ?? 0) + 1);
  }
  let usual = -1;
  let most = 0;
  for (const [model, count] of counts) {
    const isFirst = count === most && set.names[model] < set.names[usual];
    if (count > most || isFirst) {
      usual = model;
      most = count;
    }
  }
  return usual;
}

/** `$4.10: 212 calls, 9 × the median; 78 % of the input spend is history sent again`, with its cache. */
function describeSession(
  own: SessionFeatures,
  median: SessionFeatures,
  { factors, impliedShare }: { factors: readonly DearFactor[]; impliedShare: number | null },
): string {
  const times = own.calls / median.calls;
  const against = times >= notableTimes ? `, ${formatDecimal(times, 1)} × the median` : '';
  const clauses = [`${formatCount(own.calls)} ${own.calls === 1 ? 'call' : 'calls'}${against}`];
  const isHistorySaid = own.historyShare >= 0.1;
  if (isHistorySaid) {
    clauses.push(
      `${formatPercent(own.historyShare)} of the input spend is history sent again${describeMisses(own, impliedShare)}`,
    );
  }
  const said = ['length', 'history_share', ...(isHistorySaid ? ['cache_misses'] : [])];
  const further = factors.find(({ factor }) => !said.includes(factor));
  if (further !== undefined && further.aboveMedianUsd >= 0.05 * own.costUsd) {
    clauses.push(further.text);
  }
  return `${formatUsd(own.costUsd)}: ${clauses.join('; ')}`;
}

/** How much of what is sent again no cache gave, where that is worth a word. */
function describeMisses({ missedShare }: SessionFeatures, impliedShare: number | null): string {
  if (missedShare < 0.05) return '';
  if (impliedShare !== null) {
    return `, and the trace counts no cache where recorded costs imply one for ${formatPercent(impliedShare)} of this model’s prompts`;
  }
  if (missedShare > 0.995) return ', and the trace counts no cache';
  return `, ${formatPercent(missedShare)} of what is sent again from no cache`;
}
