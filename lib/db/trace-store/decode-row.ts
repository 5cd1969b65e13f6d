/** Reads one value of a result row as a number; 64-bit integers arrive as text. */
export function numberOf(value: unknown): number {
  return Number(value);
}

/** As {@link numberOf}, with null for SQL's NULL. */
export function numberOrNull(value: unknown): number | null {
  return value === null || value === undefined ? null : Number(value);
}

/** Reads one value of a result row as text, with null for SQL's NULL. */
export function textOrNull(value: unknown): string | null {
  return value === null || value === undefined ? null : String(value);
}

/** Reads an array of text. */
export function textsOf(value: unknown): string[] {
  return Array.isArray(value) ? value.map(String) : [];
}
