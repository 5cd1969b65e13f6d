import type { CacheModel } from '../replay/cache-model';
import { PrefixCache } from '../replay/prefix-cache';
import { bucketIndex } from '../replay/replay-buckets';
import type { ReplayContext } from '../replay/replay-context';
import type { ThreadScratch } from '../replay/thread-scratch';
import { type CacheRules, findCacheRules } from './policy-defaults';
import type { PolicyOf } from './policy-of';

const { inputFresh, cacheRead, cacheWrite5m, cacheWrite1h, cacheWriteUnknownTtl } = bucketIndex;

/** Seconds for which a prefix is kept after its last use. */
const ttlSecByMode = { none: 0, implicit: 300, explicit_5m: 300, explicit_1h: 3_600 } as const;

const writeBucketByMode = {
  none: null,
  implicit: null, //   written by the provider, without a charge
  explicit_5m: cacheWrite5m,
  explicit_1h: cacheWrite1h,
} as const;

/** A prompt cache by its rules: what is read, written and sent fresh follows from the prompts. */
class ModelledCache implements CacheModel {
  readonly #policy: PolicyOf<'caching'>;
  readonly #prefixes = new PrefixCache();
  unknownGaps = 0; //    reads whose time since the last use is not known
  firstReads = 0; //     first calls that read what another session had left

  constructor(policy: PolicyOf<'caching'>) {
    this.#policy = policy;
  }

  begin(): void {
    this.#prefixes.clear();
  }

  splitCall(thread: ThreadScratch, k: number, tokens: Float64Array): void {
    const prompt = thread.shared[k] + thread.added[k];
    this.#prefixes.advanceTo(thread, k, prompt === 0 ? Number.POSITIVE_INFINITY : thread.shared[k]);
    if (prompt === 0) tokens.fill(0);
    else this.#split(thread, k, prompt, tokens);
  }

  splitSummary(thread: ThreadScratch, k: number, tokens: Float64Array): void {
    this.#prefixes.advanceTo(thread, k, thread.summaryPrompt[k]);
    this.#split(thread, k, thread.summaryPrompt[k], tokens);
  }

  #split(thread: ThreadScratch, k: number, prompt: number, tokens: Float64Array): void {
    const { mode, minimumPrefixTokens, blockTokens } = this.#policy;
    const ratio = thread.tokenRatio[k];
    const read =
      mode === 'none' ? 0 : this.#wholeBlocks(this.#readable(thread, k, prompt) * ratio) / ratio;
    const writeBucket = writeBucketByMode[mode];
    let written = 0;
    if (writeBucket !== null) {
      const sent = prompt * ratio;
      const cacheable =
        sent < minimumPrefixTokens ? 0 : Math.floor(sent / blockTokens) * blockTokens;
      written = Math.max(0, Math.min(prompt, cacheable / ratio) - read);
    }
    tokens[inputFresh] = prompt - read - written;
    tokens[cacheRead] = read;
    tokens[cacheWrite5m] = 0;
    tokens[cacheWrite1h] = 0;
    tokens[cacheWriteUnknownTtl] = 0;
    if (writeBucket !== null) tokens[writeBucket] = written;
    this.#prefixes.keep(thread.cache[k], prompt);
  }

  /** Longest prefix of the prompt that the model still holds; for a first call, what it read. */
  #readable(thread: ThreadScratch, k: number, prompt: number): number {
    const cache = thread.cache[k];
    const prefix = this.#prefixes.prefixTokens(cache);
    if (prefix < 0) {
      if (k !== thread.firstPrompt) return 0;
      const read = Math.min(prompt, thread.set.cacheRead[thread.first + k]);
      if (read > 0) this.firstReads++;
      return read;
    }
    const ageSec = this.#prefixes.ageSec(cache);
    if (ageSec > ttlSecByMode[this.#policy.mode]) return 0;
    if (Number.isNaN(ageSec)) this.unknownGaps++;
    return Math.min(prefix, prompt);
  }

  #wholeBlocks(tokens: number): number {
    const { minimumPrefixTokens, blockTokens } = this.#policy;
    const whole = Math.floor(tokens / blockTokens) * blockTokens;
    return whole < minimumPrefixTokens ? 0 : whole;
  }
}

/** Says where a policy departs from what the vendors of the measured models offer. */
function compareWithVendors(policy: PolicyOf<'caching'>, { prices }: ReplayContext): string[] {
  const notOffered = new Set<string>();
  const laterFrom = new Map<number, Set<string>>();
  for (const { providerId, modelId } of prices) {
    const rules: CacheRules | null = findCacheRules(providerId, modelId);
    if (rules === null) continue;
    if (!rules.modes.includes(policy.mode)) notOffered.add(modelId);
    else if (rules.minimumPrefixTokens > policy.minimumPrefixTokens) {
      const models = laterFrom.get(rules.minimumPrefixTokens) ?? new Set();
      laterFrom.set(rules.minimumPrefixTokens, models.add(modelId));
    }
  }
  const list = (models: ReadonlySet<string>) => [...models].sort().join(', ');
  return [
    ...(notOffered.size === 0
      ? []
      : [`Caching of this kind is not offered for ${list(notOffered)}: this is as if it were.`]),
    ...[...laterFrom].map(
      ([tokens, models]) =>
        `For ${list(models)} the vendor caches prefixes from ${tokens} tokens on, not from ${policy.minimumPrefixTokens}.`,
    ),
  ];
}

/**
 * Caching by its rules in the place of what was measured.
 *
 * A call reads the longest prefix that it has in common with the last prompt which its model saw,
 * if that was within the time to live, and writes the rest; implicit caching writes without a
 * charge. Prefixes below the minimum are not cached, and only whole blocks are. Prices come last:
 * wherever it stands among the policies, it splits the prompts as all of them leave them.
 */
export function prepareCaching(policy: PolicyOf<'caching'>, context: ReplayContext): null {
  const model = new ModelledCache(policy);
  context.cacheModel = model;
  if (policy.mode === 'none') return null;
  for (const sentence of compareWithVendors(policy, context)) context.assume(() => sentence);
  context.assume(
    () =>
      'What is read from the prompt cache is modelled: a prefix is lost through time alone. Real caches lose some for other reasons, and then cost more.',
  );
  context.assume(() =>
    model.unknownGaps === 0
      ? null
      : `For ${model.unknownGaps} calls it is not known how long ago the prefix was used: it is taken to be still in the cache.`,
  );
  context.assume(() =>
    model.firstReads === 0
      ? null
      : 'The first call of a thread reads what it read when it was measured, since another session had left that in the cache.',
  );
  return null;
}
