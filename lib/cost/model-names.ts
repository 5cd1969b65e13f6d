const maxNameLength = 200;

/** Prefixes under which routers and clouds list another vendor's model. */
const geoPrefix = /^(?:us-gov|us|eu|apac|au|jp|ca|global|regional)\./;
const vendorPrefix = /^(?:anthropic|openai|meta|mistral|cohere|amazon|deepseek|google)\./;

/**
 * Provider ids of traces, mapped to those of the price book. The first match decides: a name such
 * as `azure.ai.openai` or `vertex.anthropic` is sold by the cloud that it begins with.
 */
const providerRules: readonly (readonly [RegExp, string])[] = [
  [/openrouter/, 'openrouter'],
  [/azure|^az[._]/, 'azure'],
  [/bedrock|^aws|amazon/, 'aws'],
  [/vertex|^gcp|google|gemini/, 'google'],
  [/copilot/, 'github-copilot'],
  [/^x[._-]?ai/, 'x-ai'],
  [/^groq/, 'groq'],
  [/^together/, 'together'],
  [/^fireworks/, 'fireworks'],
  [/^deepseek/, 'deepseek'],
  [/^moonshot/, 'moonshotai'],
  [/^zhipu/, 'zhipuai'],
  [/^anthropic|^claude/, 'anthropic'],
  [/^openai/, 'openai'],
];

/** Runtimes on the user's own machines: a vendor's list price does not apply to them. */
const selfHosted = /^(?:ollama|vllm|lm[._-]?studio|llama[._-]?cpp|llamafile|tgi|sglang|mlx)\b/;

/** Whether a provider id names a runtime that bills nothing per token. */
export function isSelfHosted(providerName: string): boolean {
  return selfHosted.test(providerName.toLowerCase());
}

/** Maps a provider id of a trace to one of the price book; an id without a rule stays itself. */
export function resolveProvider(providerName: string): string {
  const name = providerName.trim().toLowerCase();
  for (const [pattern, id] of providerRules) if (pattern.test(name)) return id;
  return name;
}

/** How a cloud marks its own revisions; elsewhere `-v2` alone is another version of the model. */
const cloudRevision = /-v\d+(?::\d+)?$/;
const revision = /-v\d+:\d+$/;

/** Every spelling of one name that differs in how version and date are set off. */
function addSpellings(names: Set<string>, name: string, isOfCloud: boolean): void {
  names.add(name);
  const withoutRevision = name
    .replace(isOfCloud ? cloudRevision : revision, '')
    .replace(/:\d+$/, '');
  names.add(withoutRevision);
  // The latest of a family that tells no version is another model after each release.
  const latest = /\d/.test(withoutRevision) ? /-latest$/ : /$^/;
  const dated = withoutRevision.replace('@', '-').replace(latest, '');
  names.add(dated);
  const undated = dated.replace(/-(?:20\d{6}|20\d{2}-\d{2}-\d{2}|default)$/, '');
  names.add(undated);
  names.add(undated.replace(/(?<=\d)\.(?=\d)/g, '-'));
  names.add(undated.replace(/(?<=\D\d)-(?=\d(?:\D|$))/g, '.'));
}

/**
 * Names under which a model may stand in the price book, most specific first.
 *
 * Lower-cases, then takes off, one after the other, router and cloud prefixes
 * (`openrouter/anthropic/`, `models/`, `us.anthropic.`), the revision (`-v1:0`), `@`, `-latest` of a
 * named version and the date. No version number is ever taken off. A fine-tuned model (`ft:`) is only ever itself: it
 * costs more than its base. A resource name (`arn:`) does not tell its model.
 */
export function modelNameCandidates(model: string): string[] {
  const name = model.trim().toLowerCase();
  if (name === '' || name.length > maxNameLength) return [];
  if (name.startsWith('arn:')) return [];
  if (name.startsWith('ft:')) return [name];
  const names = new Set<string>();
  let rest = name;
  for (;;) {
    addSpellings(names, rest, vendorPrefix.test(rest.replace(geoPrefix, '')));
    const slash = rest.indexOf('/');
    if (slash < 0) break;
    rest = rest.slice(slash + 1);
  }
  const withoutGeo = rest.replace(geoPrefix, '');
  if (withoutGeo !== rest) addSpellings(names, withoutGeo, vendorPrefix.test(withoutGeo));
  const bare = withoutGeo.replace(vendorPrefix, '');
  if (bare !== withoutGeo) addSpellings(names, bare, true);
  names.delete('');
  return [...names];
}

const fastMark = /[-._:@]fast(?![a-z\d])/;

/** A name without the mark of a fast tier, as in `claude-opus-4-8-fast`; null where it has none. */
export function nameWithoutFast(model: string): string | null {
  const name = model.toLowerCase();
  return fastMark.test(name) ? name.replace(fastMark, '') : null;
}

/**
 * Whether what follows a matched prefix leaves the model the same.
 *
 * A date, a revision of three or more digits or a word may follow; one or two digits and `v` with a
 * digit are another version: `claude-opus-4-1` does not cover `claude-opus-4-10`, nor `gpt-5`
 * `gpt-5.9`, nor `deepseek-chat` `deepseek-chat-v9`. `fast` is another tier, with another price.
 * A prefix that ends in a leading zero stands for revisions such as `-001`.
 */
export function isSameVersion(prefix: string, rest: string): boolean {
  if (/-0$/.test(prefix) && /^\d{2,3}(?!\d)/.test(rest)) return true;
  if (/\d$/.test(prefix) && /^\d/.test(rest)) return false;
  const [separator = ''] = /[-._]$/.exec(prefix) ?? [];
  const after = `${separator}${rest}`;
  if (fastMark.test(after)) return false;
  if (/^-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])(?!\d)/.test(after)) return true;
  if (/^[-._]v\d/.test(after)) return /^-v\d+:\d/.test(after);
  return !/^[-._]\d{1,2}(?![\da-z])/.test(after);
}
