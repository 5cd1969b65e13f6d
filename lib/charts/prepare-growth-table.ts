import type { GrowthGroup, GrowthModel, GrowthSlope } from '../cost/growth-model';
import { formatCount, formatCounted, formatPercent, formatTokens } from '../format';
import type { ChartTable } from './chart-table';
import { describeExponent } from './describe-exponent';

/** A number with its doubt under it. */
export interface DoubtedCell {
  readonly value: string;
  readonly note: string;
}

/** Growth of one agent or model, ready to be read. */
export interface GrowthTableRow {
  readonly key: string;
  readonly name: string;
  readonly isMainThread: boolean;
  readonly extent: DoubtedCell; //         calls and sessions
  readonly slope: DoubtedCell; //          tokens per call
  readonly exponent: DoubtedCell;
  readonly firstPrompt: DoubtedCell;
  readonly output: string;
  readonly window: DoubtedCell; //         call at which the context window is full
}

/** Growth by agent or by model. */
export interface GrowthTable {
  readonly heading: string;
  readonly rows: readonly GrowthTableRow[];
  readonly csv: ChartTable; //             every number, unformatted
}

const isPlain = (value: number | null | undefined) => value !== null && value !== undefined;

/** Prepares growth by agent or by model, those with most calls first, sub-agents apart. */
export function prepareGrowthTable(model: GrowthModel, by: 'agent' | 'model'): GrowthTable {
  const groups = model.groups.filter((group) => group.by === by || group.by === 'all');
  const ordered = [
    ...groups.filter((group) => group.isMainThread),
    ...groups.filter((group) => !group.isMainThread),
  ];
  return {
    heading: findSteepest(
      groups.filter((group) => group.by === by),
      by,
    ),
    rows: ordered.map(readRow),
    csv: { columns: csvColumns, rows: ordered.map(writeRow) },
  };
}

/** The agent or model whose prompts grow most, where intervals tell it from the next. */
function findSteepest(groups: readonly GrowthGroup[], by: 'agent' | 'model'): string {
  const sloped = groups.flatMap((group) =>
    group.slope === null ? [] : [{ name: nameOf(group), slope: group.slope }],
  );
  const [first, second] = sloped.sort((a, b) => b.slope.tokensPerCall - a.slope.tokensPerCall);
  if (first === undefined) return `Growth by ${by}: no segment of three calls`;
  const rate = `${formatCount(first.slope.tokensPerCall)} tokens a call`;
  if (second === undefined) return `${first.name}: a prompt grows by ${rate}`;
  const low = first.slope.interval95?.[0];
  const high = second.slope.interval95?.[1];
  if (low === undefined || high === undefined || low <= high) {
    return `Growth by ${by}: intervals do not tell the two fastest apart`;
  }
  return `${first.name} grows fastest: ${rate}, ${second.name} ${formatCount(second.slope.tokensPerCall)}`;
}

function nameOf({ by, name, isMainThread }: GrowthGroup): string {
  if (by === 'all') return isMainThread ? 'All main threads' : 'All sub-agents';
  return name ?? `${by === 'agent' ? 'Agent' : 'Model'} not recorded`;
}

function readRow(group: GrowthGroup): GrowthTableRow {
  const { slope, exponent, firstPromptTokens } = group;
  return {
    key: `${group.by}/${group.isMainThread}/${group.name ?? ''}`,
    name: nameOf(group),
    isMainThread: group.isMainThread,
    extent: {
      value: formatCount(group.calls),
      note: `in ${formatCounted(group.sessions, 'session')}`,
    },
    slope: readSlope(slope),
    exponent: {
      value: exponent === null ? '—' : exponent.exponent.toFixed(2),
      note: `${describeExponent(exponent)}${noteInterval(exponent?.interval95, (b) => b.toFixed(2))}`,
    },
    firstPrompt: {
      value: formatTokens(firstPromptTokens.p50),
      note: `${formatTokens(firstPromptTokens.p10)} to ${formatTokens(firstPromptTokens.p90)}`,
    },
    output: formatCount(group.outputTokensMean),
    window: readWindow(group),
  };
}

function noteInterval(
  interval: readonly [number, number] | null | undefined,
  format: (value: number) => string,
): string {
  return interval === null || interval === undefined
    ? ''
    : ` (95 %: ${format(interval[0])} to ${format(interval[1])})`;
}

function readSlope(slope: GrowthSlope | null): DoubtedCell {
  if (slope === null) return { value: '—', note: 'no three calls between resets' };
  const { interval95 } = slope;
  const doubt =
    interval95 === null
      ? 'too few sessions for an interval'
      : `95 %: ${formatCount(interval95[0])} to ${formatCount(interval95[1])}`;
  return {
    value: formatCount(slope.tokensPerCall),
    note: `${doubt}; ${formatCount(slope.tokensPerCallUnsegmented)} across resets; R² ${slope.rSquared.toFixed(2)}`,
  };
}

function readWindow(group: GrowthGroup): DoubtedCell {
  const { contextWindowTokens, windowReachedAtCall, windowReachedInterval95, windowModel } = group;
  if (contextWindowTokens === null) {
    return { value: '—', note: `window of ${windowModel ?? 'the model'} not in the price book` };
  }
  const size = `${formatTokens(contextWindowTokens)} window`;
  if (windowReachedAtCall === null) return { value: '—', note: `${size} is never reached` };
  return {
    value: `call ${formatCount(windowReachedAtCall)}`,
    note: `${size}${noteInterval(windowReachedInterval95, formatCount)}`,
  };
}

const csvColumns = [
  'by',
  'name',
  'thread',
  'sessions',
  'calls',
  'tokens_per_call',
  'tokens_per_call_low95',
  'tokens_per_call_high95',
  'tokens_per_call_unsegmented',
  'r_squared',
  'exponent',
  'exponent_low95',
  'exponent_high95',
  'first_prompt_p10',
  'first_prompt_p50',
  'first_prompt_p90',
  'standing_prefix_tokens',
  'output_tokens_mean',
  'resets',
  'threshold_tokens_p50',
  'retained_share_p50',
  'context_window_tokens',
  'window_reached_at_call',
] as const;

function writeRow(group: GrowthGroup): string[] {
  const { slope, exponent, plateau, firstPromptTokens } = group;
  const numbers = [
    group.sessions,
    group.calls,
    slope?.tokensPerCall,
    slope?.interval95?.[0],
    slope?.interval95?.[1],
    slope?.tokensPerCallUnsegmented,
    slope?.rSquared,
    exponent?.exponent,
    exponent?.interval95?.[0],
    exponent?.interval95?.[1],
    firstPromptTokens.p10,
    firstPromptTokens.p50,
    firstPromptTokens.p90,
    group.standingPrefixTokens,
    group.outputTokensMean,
    plateau?.resets ?? 0,
    plateau?.thresholdTokens.p50,
    plateau?.retainedShare.p50,
    group.contextWindowTokens,
    group.windowReachedAtCall,
  ];
  return [
    group.by,
    group.name ?? '',
    group.isMainThread ? 'main' : 'sub-agent',
    ...numbers.map((value) => (isPlain(value) ? String(value) : '')),
  ];
}

/** A session that decides the growth figure nearly alone is named from this share of weight on. */
const oddSessionShare = 1 / 3;

/** The one session that makes most of a slope, and what is left without it. */
export interface OddSession {
  readonly sessionId: string;
  readonly title: string;
  readonly text: string;
}

/** Warns where one session has more than a third of the weight in the slope of main threads. */
export function findOddSession(model: GrowthModel): OddSession | null {
  const slope = model.groups.find((group) => group.by === 'all' && group.isMainThread)?.slope;
  if (slope === undefined || slope === null || slope.sessions < 2) return null;
  const { heaviest, tokensPerCall } = slope;
  if (heaviest.share <= oddSessionShare) return null;
  return {
    sessionId: heaviest.sessionId,
    title: `One session makes ${formatPercent(heaviest.share)} of the growth figure`,
    text: `Long sessions weigh with the cube of their length. Without it a prompt grows by ${formatCount(heaviest.tokensPerCallWithout)} tokens a call instead of ${formatCount(tokensPerCall)}.`,
  };
}
