/** A scenario to start from, as the text that a person edits. */
export interface ScenarioPreset {
  /** Lower case with dashes; what the command line takes. */
  readonly id: string;
  readonly title: string;
  /** What to look at, which number shows it, what to change, and what happens then. */
  readonly teaches: string;
  /** The scenario in YAML, title and lesson included. */
  readonly yaml: string;
}

const lineLength = 96;

/** Words on lines of at most {@link lineLength} characters. */
function wrap(text: string): string[] {
  const lines: string[] = [];
  for (const word of text.split(/\s+/)) {
    const last = lines.at(-1);
    if (last === undefined || last.length + 1 + word.length > lineLength) lines.push(word);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  return lines;
}

/**
 * Makes a preset, whose text begins with its title and lesson.
 *
 * @param body YAML of everything else, from `horizonSec` on
 */
export function definePreset(
  preset: Omit<ScenarioPreset, 'yaml'> & { readonly body: string },
): ScenarioPreset {
  const { id, title, teaches, body } = preset;
  const lesson = wrap(teaches).map((line) => `  ${line}`);
  const yaml = [
    'plimsoll: 1',
    `name: ${JSON.stringify(title)}`,
    'teaches: >-',
    ...lesson,
    body.trim(),
    '',
  ].join('\n');
  return { id, title, teaches, yaml };
}
