import type { ProviderResource, Quota } from '../scenario/resource';
import { anthropicPresets } from './anthropic';
import { bedrockPresets } from './bedrock';
import { inferenceHostPresets } from './inference-hosts';
import { openaiPresets } from './openai';
import type { ProviderPreset, QuotaRule } from './provider-preset';

/** All presets, by vendor. */
export const providerPresets: readonly ProviderPreset[] = [
  ...anthropicPresets,
  ...openaiPresets,
  ...bedrockPresets,
  ...inferenceHostPresets,
];

/** Names by which a scenario can call them. */
export const providerPresetNames: readonly string[] = providerPresets.map(({ name }) => name);

/**
 * Puts what a preset says where a provider says nothing itself.
 *
 * Fields of the provider win. A quota of the provider replaces, field by field, the preset's of the
 * same measure, the second of a measure the second; other quotas of the preset stay. A quota whose
 * figure nobody gives is left out, as long as there is another.
 *
 * @throws RangeError, with a sentence for the user, when there is no preset of that name, or when
 * neither the preset nor the provider gives a figure
 */
export function resolveProvider(provider: ProviderResource): ProviderResource {
  const { preset: name, quotas: given = [], ...fields } = provider;
  if (name === undefined) return provider;
  const preset = providerPresets.find((each) => each.name === name);
  if (preset === undefined) {
    throw new RangeError(
      `Got provider preset '${name}' when expected one of: ${providerPresetNames.join(', ')}.`,
    );
  }
  const quotas = mergeQuotas(preset.quotas, given).filter(hasFigure);
  if (quotas.length === 0) {
    const measures = [...new Set(preset.quotas.map(({ measure }) => measure))].join(', ');
    throw new RangeError(
      `The preset '${name}' has rules, but its figures are those of your account: give perMinute of ${measures} under quotas.`,
    );
  }
  return { ...preset.fields, ...fields, quotas };
}

function hasFigure(rule: QuotaRule): rule is Quota {
  return rule.perMinute !== null;
}

function mergeQuotas(rules: readonly QuotaRule[], given: readonly Quota[]): QuotaRule[] {
  const left = [...given];
  const merged = rules.map((rule): QuotaRule => {
    const at = left.findIndex(({ measure }) => measure === rule.measure);
    return at < 0 ? rule : { ...rule, ...left.splice(at, 1)[0] };
  });
  return [...merged, ...left];
}
