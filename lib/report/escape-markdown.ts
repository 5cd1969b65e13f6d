/** Stops a name from becoming a mention, an issue link or a web link; it takes no space. */
const breaker = '\u200b';

/**
 * Makes text stand for itself in Markdown: no markup, no HTML, no link, no mention, one line.
 *
 * @param maxChars longer text is cut and ends in an ellipsis
 */
export function escapeMarkdown(text: string, maxChars = 500): string {
  const line = text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, (run) => (run === gap ? gap : ' '));
  const points = [...line.trim()];
  const cut = points.length > maxChars ? `${points.slice(0, maxChars - 1).join('')}…` : line.trim();
  return cut
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/[\\`*_[\]|~!$]/g, String.raw`\$&`)
    .replace(/#/g, `\\#${breaker}`)
    .replace(/@/g, `@${breaker}`)
    .replace(/:\/\//g, `:${breaker}//`)
    .replace(/\bwww\./gi, (www) => `${www.slice(0, 3)}${breaker}.`);
}

/** Joins a number and its unit. */
const gap = '\u00a0';
