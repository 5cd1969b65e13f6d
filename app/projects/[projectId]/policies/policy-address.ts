import { Policy, type PolicyKind, type PolicyList } from '@/lib/cost/policies/policy';

/** Most characters of an address that are looked at. */
const addressCharsMax = 6_000;

/** As many as {@link PolicyList} takes. */
const policiesMax = 20;

/** Stands for a field that is left open: every model, every agent, any provider. */
const open = '*';

/** Policies read from an address, and the parts of it that say nothing. */
export interface ReadAddress {
  readonly policies: PolicyList;
  readonly unread: readonly string[];
}

const words = {
  other_model: 'model',
  routing: 'route',
  caching: 'cache',
  compaction: 'compact',
  sliding_window: 'window',
  tool_result_cap: 'toolcap',
  output_cap: 'outcap',
  retrieval_memory: 'retrieve',
  batch_discount: 'batch',
  response_cache: 'reuse',
} as const satisfies Record<PolicyKind, string>;

const modeWords = {
  none: 'none',
  implicit: 'implicit',
  explicit_5m: '5m',
  explicit_1h: '1h',
} as const;

/**
 * Writes policies as they stand in the address of a page: `compact:120000:2000,cache:1h:1024:1`.
 *
 * Their order is the order in which they are applied. {@link readPolicies} gives the same again.
 */
export function writePolicies(policies: PolicyList): string {
  return policies
    .map((policy) => [words[policy.kind], ...partsOf(policy)].map(String).join(':'))
    .join(',');
}

/** Reads policies from an address; what cannot be read is left out and told. */
export function readPolicies(address: string): ReadAddress {
  const policies: PolicyList = [];
  const unread: string[] = [];
  for (const part of address.slice(0, addressCharsMax).split(',')) {
    if (part === '') continue;
    const policy = policies.length < policiesMax ? readPolicy(part) : null;
    if (policy === null) unread.push(part.slice(0, 80));
    else policies.push(policy);
  }
  if (address.length > addressCharsMax) unread.push('whatever follows');
  return { policies, unread };
}

function partsOf(policy: Policy): readonly (string | number)[] {
  switch (policy.kind) {
    case 'other_model':
      return [...writeTarget(policy), writeName(policy.fromModel)];
    case 'routing':
      return [policy.share, ...writeTarget(policy), writeName(policy.agentName)];
    case 'caching':
      return [modeWords[policy.mode], policy.minimumPrefixTokens, policy.blockTokens];
    case 'compaction':
      return [policy.thresholdTokens, policy.summaryTokens];
    case 'sliding_window':
      return [policy.turns];
    case 'tool_result_cap':
    case 'output_cap':
      return [policy.tokens];
    case 'retrieval_memory':
      return [policy.retrievedTokens, policy.keptTurns, policy.skippedShare];
    case 'batch_discount':
      return [policy.share, writeName(policy.agentName)];
    case 'response_cache':
      return [policy.hitShare];
    default:
      return policy satisfies never;
  }
}

type Target = Pick<
  Extract<Policy, { kind: 'other_model' }>,
  'model' | 'providerName' | 'tokenRatio'
>;

function writeTarget({ model, providerName, tokenRatio }: Target): readonly (string | number)[] {
  return [writeName(model), writeName(providerName), tokenRatio];
}

/** A name that holds none of the signs that part names from each other. */
function writeName(name: string | null): string {
  if (name === null) return open;
  // Half a character, which a name in a file may hold, cannot be encoded.
  return encodeURIComponent(name.replaceAll(/\p{Surrogate}/gu, '\ufffd')).replaceAll('*', '%2A');
}

function readPolicy(text: string): Policy | null {
  const [word, ...parts] = text.split(':');
  const kind = policyKinds.find((candidate) => words[candidate] === word);
  if (kind === undefined) return null;
  try {
    return Policy.safeParse({ kind, ...fieldsOf(kind, parts) }).data ?? null;
  } catch {
    // A name that was not encoded as names are (URIError).
    return null;
  }
}

const policyKinds = Object.keys(words) as PolicyKind[];

/** What a text says of a policy; whether that is one is for the schema to tell. */
function fieldsOf(kind: PolicyKind, parts: readonly string[]): object {
  const number = (index: number) => readNumber(parts[index]);
  const name = (index: number) => readName(parts[index]);
  const target = (from: number) => ({
    model: name(from),
    providerName: name(from + 1),
    tokenRatio: number(from + 2),
  });
  switch (kind) {
    case 'other_model':
      return { ...target(0), fromModel: name(3) };
    case 'routing':
      return { share: number(0), ...target(1), agentName: name(4) };
    case 'caching':
      return {
        mode: Object.entries(modeWords).find(([, word]) => word === parts[0])?.[0],
        minimumPrefixTokens: number(1),
        blockTokens: number(2),
      };
    case 'compaction':
      return { thresholdTokens: number(0), summaryTokens: number(1) };
    case 'sliding_window':
      return { turns: number(0) };
    case 'tool_result_cap':
    case 'output_cap':
      return { tokens: number(0) };
    case 'retrieval_memory':
      return { retrievedTokens: number(0), keptTurns: number(1), skippedShare: number(2) };
    case 'batch_discount':
      return { share: number(0), agentName: name(1) };
    case 'response_cache':
      return { hitShare: number(0) };
    default:
      return kind satisfies never;
  }
}

function readNumber(text: string | undefined): number | undefined {
  return text === undefined || text.trim() === '' ? undefined : Number(text);
}

function readName(text: string | undefined): string | null | undefined {
  if (text === undefined) return undefined;
  return text === open ? null : decodeURIComponent(text);
}
