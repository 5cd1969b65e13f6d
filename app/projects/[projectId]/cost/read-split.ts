/** What the cost can be split by, as it stands in the address. */
export const splits = ['bucket', 'model', 'agent', 'tool', 'turn', 'tenant'] as const;
export type Split = (typeof splits)[number];

/**
 * Reads the split that an address asks for.
 *
 * @param asked null: the address asks for none, which is by kind of token
 * @returns `unread`: what was asked for and is no split, of which kinds of token take the place
 */
export function readSplit(asked: string | null): { split: Split; unread: string | null } {
  const split = splits.find((one) => one === asked);
  if (split !== undefined) return { split, unread: null };
  return { split: 'bucket', unread: asked === null ? null : asked.slice(0, 80) };
}
