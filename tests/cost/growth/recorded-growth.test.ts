import { readdirSync } from 'node:fs';
import { linearRegression } from 'simple-statistics';
import { describe, expect, test } from 'vitest';
import { standardPriceBook } from '@/lib/cost/create-price-book';
import { fitGrowthModel } from '@/lib/cost/growth/fit-growth-model';
import type { GrowthGroup, GrowthModel } from '@/lib/cost/growth-model';
import { createChatMessagesAdapter } from '@/lib/traces/adapters/chat-messages/chat-messages';
import { CallRecord, promptTokens } from '@/lib/traces/call-record';
import { readTraceFile } from '@/lib/traces/import-trace';
import { callRow } from '../../sessions/rows';
import { characters } from '../../traces/character-counter';
import {
  asFigures,
  type Figures,
  figuresOf,
  hasSharedData,
  readCalls,
  readExpected,
  sharedPath,
} from '../../traces/expected-figures';
import { listFiles, readJson, readLjoukovCalls } from '../shared-traces';
import { setOf } from './session-maker';

const folder = (...names: readonly string[]) => sharedPath('traces', ...names);
const filesIn = (path: string, extension: string) =>
  readdirSync(path)
    .filter((name) => name.endsWith(extension))
    .sort()
    .map((name) => `${path}/${name}`);

/** Model calls with usage, in the order of their session's time, else of the file. */
function inOrder(calls: readonly CallRecord[]): CallRecord[][] {
  const sessions = new Map<string, CallRecord[]>();
  for (const call of calls) {
    if (call.kind !== 'model' || call.usage === null) continue;
    const key = call.sessionId ?? call.dedupeKey;
    const session = sessions.get(key) ?? [];
    sessions.set(key, session);
    session.push(call);
  }
  return [...sessions.values()].map((session) =>
    session.every((call) => call.startMs !== null)
      ? session.toSorted((a, b) => (a.startMs ?? 0) - (b.startMs ?? 0))
      : session,
  );
}

function fitCalls(calls: readonly CallRecord[]): GrowthModel {
  const rows = inOrder(calls).flatMap((session, index) =>
    session.map(({ usage, threadId, agentName, responseModel, requestModel, startMs, endMs }) =>
      callRow({
        sessionId: `${index}`,
        threadId,
        agentName,
        model: responseModel ?? requestModel,
        startMs,
        endMs,
        ...usage,
      }),
    ),
  );
  return fitGrowthModel(setOf(rows), { seed: 1, resamples: 50, book: standardPriceBook });
}

function groupOf(model: GrowthModel, by: GrowthGroup['by'], name: string | null): GrowthGroup {
  const found = model.groups.find(
    (group) => group.by === by && group.name === name && group.isMainThread,
  );
  if (found === undefined) throw new Error(`No group ${by} ${name}.`);
  return found;
}

const read = async (...files: readonly string[]) => (await readCalls(files)).calls;

async function readCharacters(): Promise<CallRecord[]> {
  const path = folder('tau-bench-gpt-4o-airline', 'gpt-4o-airline.json');
  const source = { path, fileName: 'gpt-4o-airline.json', firstFileIndex: 0 };
  const calls: CallRecord[] = [];
  const adapters = [createChatMessagesAdapter(() => characters)];
  for await (const item of readTraceFile(source, { adapters })) {
    if (item.type === 'call') calls.push(CallRecord.parse(item.call));
  }
  return calls;
}

const ljoukovModels: readonly string[] = hasSharedData
  ? [...new Set(listFiles('traces/ljoukov-llm-agent-runs', '.json').map(modelOf))]
  : [];

function modelOf(name: string): string {
  return String(readJson(`traces/ljoukov-llm-agent-runs/${name}`).model);
}

/** All runs in one set, so that the groups by model are what is held to the table. */
function fitLjoukov(): GrowthModel {
  const rows = ljoukovModels.flatMap(readLjoukovCalls);
  return fitGrowthModel(setOf(rows), { seed: 1, resamples: 50, book: standardPriceBook });
}

/** The group that figures of the table are about. */
async function fitSource(keys: readonly string[]): Promise<GrowthGroup> {
  const [source, , name] = keys;
  switch (source) {
    case 'tau2-bench':
    case 'pi-coding-agent':
      return groupOf(fitCalls(await read(folder(source, name ?? ''))), 'all', null);
    case 'ljoukov-llm-agent-runs':
      return groupOf(fitLjoukov(), 'model', name ?? '');
    case 'tracelab-examples': {
      const calls = await read(folder(source, 'derived', 'round_trace.jsonl'));
      const session = keys[3] ?? '';
      return groupOf(fitCalls(calls.filter((call) => call.sessionId === session)), 'all', null);
    }
    case 'tau-bench-gpt-4o-airline':
      return groupOf(fitCalls(await readCharacters()), 'all', null);
    default:
      throw new Error(`Nothing reads the growth of ${keys.join(' ')}.`);
  }
}

/** Paths of the table at which a segmented growth is given. */
function listGrowth(figures: Figures, path: readonly string[] = []): string[][] {
  return Object.entries(figures).flatMap(([key, value]) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return [];
    const own = value.growth_segmented === undefined ? [] : [[...path, key]];
    return [...own, ...listGrowth(value, [...path, key])];
  });
}

/** Least squares through centred groups, by the library: the slope that they have in common. */
function commonSlope(groups: readonly (readonly (readonly [number, number])[])[]): number {
  const centred = groups
    .filter((points) => points.length >= 3)
    .flatMap((points) => {
      const meanX = points.reduce((sum, [x]) => sum + x, 0) / points.length;
      const meanY = points.reduce((sum, [, y]) => sum + y, 0) / points.length;
      return points.map(([x, y]): [number, number] => [x - meanX, y - meanY]);
    });
  return linearRegression(centred).m;
}

const given = hasSharedData ? listGrowth(readExpected()) : [];
/** The table knows a model whose runs are not among the files. */
const isThere = ([source, , name = '']: readonly string[]) =>
  source !== 'ljoukov-llm-agent-runs' || ljoukovModels.includes(name);
const paths = given.filter(isThere);

if (hasSharedData) {
  const told = new Set(paths.map(([source]) => source));
  const silent = Object.keys(readExpected()).filter((source) => !told.has(source));
  const missing = given.filter((path) => !isThere(path)).map((path) => path.join(' '));
  console.log(`Skipped: growth of ${missing.join(', ')}, whose runs are not here.`);
  console.log(`Skipped: ${silent.join(', ')}, for which the table gives no growth.`);
}

describe.skipIf(!hasSharedData)('growth of recorded traces', () => {
  test('is held to the table for every group whose calls are here', () => {
    expect(given).toHaveLength(17);
    expect(paths).toHaveLength(16);
  });

  test.each(paths.map((path) => ({ name: path.join(' '), path })))(
    '$name: slopes are within 1 % of those computed independently, counts equal',
    async ({ path }) => {
      const expected = readExpected(...path);
      const segmented = asFigures(expected.growth_segmented);
      const pooled = asFigures(asFigures(expected.growth).pooled_within_session);
      const { slope, plateau } = await fitSource(path);
      const off = (actual: number | undefined, truth: unknown) =>
        Math.abs((actual ?? Number.NaN) / Number(truth) - 1);
      expect(off(slope?.tokensPerCall, segmented.slope)).toBeLessThan(0.01);
      expect(off(slope?.tokensPerCallUnsegmented, pooled.slope)).toBeLessThan(0.01);
      expect(off(slope?.rSquared, segmented.r2)).toBeLessThan(0.01);
      expect(slope).toMatchObject({ calls: segmented.n, segments: segmented.segments });
      expect(plateau?.resets ?? 0).toBe(segmented.resets);
    },
    60_000,
  );

  test.each([
    {
      source: 'kv-cache-tester',
      path: () => filesIn(folder('kv-cache-tester', 'traces'), '.json'),
    },
    { source: 'entire-claude-code', path: () => filesIn(folder('entire-claude-code'), '.jsonl') },
  ])(
    '$source, for which the table has no slope, agrees with plain sums over its records',
    async ({ path }) => {
      const calls = (await read(...path())).filter((call) => call.threadId === 'main');
      const expected = figuresOf(calls);
      const segmented = asFigures(expected.growth_segmented);
      const pooled = asFigures(asFigures(expected.growth).pooled_within_session);
      const { slope, plateau, exponent } = groupOf(fitCalls(calls), 'all', null);
      expect(slope?.tokensPerCall).toBeCloseTo(Number(segmented.slope), 5);
      expect(slope?.tokensPerCallUnsegmented).toBeCloseTo(Number(pooled.slope), 5);
      expect(plateau?.resets).toBe(segmented.resets);
      expect(plateau?.resets).toBeGreaterThan(0);
      const logs = inOrder(calls).map((session) => {
        let total = 0;
        return session.flatMap(({ usage }, call): [number, number][] => {
          total += usage === null ? 0 : promptTokens(usage);
          return total > 0 ? [[Math.log(call + 1), Math.log(total)]] : [];
        });
      });
      expect(exponent?.of).toBe('prompt_tokens');
      expect(exponent?.exponent).toBeCloseTo(commonSlope(logs), 9);
    },
    60_000,
  );
});
