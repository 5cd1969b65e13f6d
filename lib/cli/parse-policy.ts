import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { Policy, type PolicyKind, PolicyList } from '../cost/policies/policy';
import { usualCaching } from '../cost/policies/policy-defaults';
import { UsageError } from './usage-error';

/** How each kind is written: its name, `=` and its values in this order; in brackets what may be left out. */
export const policyForms = {
  caching: 'none|implicit|explicit_5m|explicit_1h[,MINIMUM,BLOCK]',
  compaction: 'THRESHOLD[,SUMMARY]',
  sliding_window: 'TURNS',
  tool_result_cap: 'TOKENS',
  output_cap: 'TOKENS',
  retrieval_memory: 'RETRIEVED[,KEPT_TURNS[,SKIPPED_SHARE]]',
  other_model: 'MODEL[,FROM_MODEL[,TOKEN_RATIO]]',
  routing: 'SHARE,MODEL[,AGENT[,TOKEN_RATIO]]',
  batch_discount: 'SHARE[,AGENT]',
  response_cache: 'SHARE',
} as const satisfies Record<PolicyKind, string>;

const isKind = (name: string): name is PolicyKind => Object.hasOwn(policyForms, name);

/** Numbers may be written with `_` or as `120k`; shares as 0.3 or 30%. */
function number(text: string | undefined): number {
  const read = /^(?<digits>[\d_]*\.?\d+)(?<unit>[kM%]?)$/.exec(text?.trim() ?? '');
  if (read?.groups === undefined) return Number.NaN;
  const value = Number(read.groups.digits?.replaceAll('_', ''));
  const factors: Readonly<Record<string, number>> = { k: 1_000, M: 1_000_000, '%': 0.01 };
  return value * (factors[read.groups.unit ?? ''] ?? 1);
}

const orNull = (text: string | undefined) => (text === undefined || text === '' ? null : text);
const numberOr = (text: string | undefined, otherwise: number) =>
  text === undefined || text === '' ? otherwise : number(text);

/** The fields of a policy from its values; what is wrong with them the schema says. */
function readFields(kind: PolicyKind, [first, second, third, fourth]: readonly string[]): object {
  switch (kind) {
    case 'caching': {
      const usual = usualCaching(first === 'implicit' ? 'implicit' : 'explicit_5m');
      return {
        mode: first,
        minimumPrefixTokens: numberOr(second, usual.minimumPrefixTokens),
        blockTokens: numberOr(third, usual.blockTokens),
      };
    }
    case 'compaction':
      return { thresholdTokens: number(first), summaryTokens: numberOr(second, 2_000) };
    case 'sliding_window':
      return { turns: number(first) };
    case 'tool_result_cap':
    case 'output_cap':
      return { tokens: number(first) };
    case 'retrieval_memory':
      return {
        retrievedTokens: number(first),
        keptTurns: numberOr(second, 0),
        skippedShare: numberOr(third, 0),
      };
    case 'other_model':
      return { model: first, fromModel: orNull(second), ...target(third) };
    case 'routing':
      return { share: number(first), model: second, agentName: orNull(third), ...target(fourth) };
    case 'batch_discount':
      return { share: number(first), agentName: orNull(second) };
    case 'response_cache':
      return { hitShare: number(first) };
    default:
      return kind satisfies never;
  }
}

const target = (ratio: string | undefined) => ({
  providerName: null,
  tokenRatio: numberOr(ratio, 1),
});

const tokenCount = 'a whole number from 0 to 100,000,000, as 120k or 2000';
const shareRange = 'a share from 0 to 1, or from 0% to 100%';

/** The values of policies as their forms write them, and what each may be. */
const valueRanges: Readonly<Record<string, readonly [name: string, range: string]>> = {
  mode: ['the first value', 'none, implicit, explicit_5m or explicit_1h'],
  minimumPrefixTokens: ['MINIMUM', tokenCount],
  blockTokens: ['BLOCK', 'a whole number from 1 to 100,000'],
  thresholdTokens: ['THRESHOLD', 'a whole number from 1,000 to 100,000,000, as 120k'],
  summaryTokens: ['SUMMARY', tokenCount],
  turns: ['TURNS', 'a whole number from 1 to 10,000'],
  tokens: ['TOKENS', tokenCount],
  retrievedTokens: ['RETRIEVED', tokenCount],
  keptTurns: ['KEPT_TURNS', 'a whole number from 0 to 10,000'],
  skippedShare: ['SKIPPED_SHARE', shareRange],
  share: ['SHARE', shareRange],
  hitShare: ['SHARE', shareRange],
  tokenRatio: ['TOKEN_RATIO', 'a number above 0, at most 10'],
  model: ['MODEL', 'the name of a model'],
  fromModel: ['FROM_MODEL', 'the name of a model'],
  agentName: ['AGENT', 'the name of an agent'],
};

function describeField(kind: PolicyKind, field: string): string {
  if (kind === 'output_cap') return ', where TOKENS is a whole number from 1 to 100,000,000';
  const found = Object.hasOwn(valueRanges, field) ? valueRanges[field] : undefined;
  return found === undefined ? '' : `, where ${found[0]} is ${found[1]}`;
}

/**
 * Reads one policy as it is written on the command line, such as `compaction=120k,2000`.
 *
 * @throws UsageError that says how this kind is written
 */
export function parsePolicy(text: string): Policy {
  const at = text.indexOf('=');
  const kind = text.slice(0, at < 0 ? undefined : at).trim();
  if (!isKind(kind)) {
    throw new UsageError(
      `--policy takes KIND=VALUES with one of ${Object.keys(policyForms).join(', ')}; got '${text}'.`,
    );
  }
  const values = at < 0 ? [] : text.slice(at + 1).split(',');
  const parsed = Policy.safeParse({ kind, ...readFields(kind, values) });
  if (parsed.success) return parsed.data;
  const field = String(parsed.error.issues[0]?.path[0] ?? '');
  throw new UsageError(
    `--policy takes ${kind}=${policyForms[kind]}${describeField(kind, field)}; got '${text}'.`,
  );
}

const PolicyFile = z.union([PolicyList, z.object({ policies: PolicyList })]);

/**
 * Reads policies from a file of JSON: a list, or a policy set as the API gives it.
 *
 * @throws UsageError when the file cannot be read or holds something else
 */
export async function readPolicyFile(path: string): Promise<PolicyList> {
  let value: unknown;
  try {
    value = JSON.parse(await readFile(path, 'utf8'));
  } catch (error) {
    const what = error instanceof SyntaxError ? 'is not valid JSON' : 'cannot be read';
    throw new UsageError(`The policies ${path} ${what}.`);
  }
  const parsed = PolicyFile.safeParse(value);
  if (parsed.success) return Array.isArray(parsed.data) ? parsed.data : parsed.data.policies;
  const [issue] = parsed.error.issues;
  throw new UsageError(
    `The policies ${path} cannot be used: ${issue?.path.join('.')} ${issue?.message}.`,
  );
}
