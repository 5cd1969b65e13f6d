import { asObject, type JsonObject } from './json-value';
import { splitJsonValues } from './split-json';
import type { TraceHead } from './trace-adapter';

const linesMax = 64;

/** The JSON objects on the first lines of a head; lines that are not JSON are passed over. */
export function headObjects(head: TraceHead): JsonObject[] {
  const objects: JsonObject[] = [];
  for (const line of head.text.split('\n', linesMax)) {
    const text = line.trim();
    if (!text.startsWith('{')) continue;
    for (const piece of parsePieces(text)) {
      const object = asObject(piece);
      if (object !== null) objects.push(object);
    }
  }
  return objects;
}

function parsePieces(text: string): unknown[] {
  const whole = tryParse(text);
  if (whole !== undefined) return [whole];
  return splitJsonValues(text).map(tryParse);
}

function tryParse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
