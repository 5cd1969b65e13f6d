/** Edits that turn one name into the other: insert, delete, replace or swap neighbours. */
function editDistance(from: string, to: string): number {
  let before: number[] = [];
  let last = Array.from({ length: to.length + 1 }, (_, j) => j);
  for (let i = 1; i <= from.length; i++) {
    const row = [i];
    for (let j = 1; j <= to.length; j++) {
      const isSame = from[i - 1] === to[j - 1];
      row[j] = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (isSame ? 0 : 1));
      const isSwap = i > 1 && j > 1 && from[i - 1] === to[j - 2] && from[i - 2] === to[j - 1];
      if (isSwap) row[j] = Math.min(row[j], before[j - 2] + 1);
    }
    before = last;
    last = row;
  }
  return last[to.length];
}

/**
 * The known name that was probably meant: the one with the fewest edits between them, at most a
 * third of the letters and two at least (optimal string alignment distance, case ignored).
 *
 * @returns undefined where none is near
 */
export function nearestName(name: string, known: Iterable<string>): string | undefined {
  if (name.length > 80) return undefined;
  let nearest: string | undefined;
  let fewest = Math.max(2, Math.floor(name.length / 3)) + 1;
  for (const candidate of known) {
    if (Math.abs(candidate.length - name.length) >= fewest) continue;
    const edits = editDistance(name.toLowerCase(), candidate.toLowerCase());
    if (edits < fewest && edits < Math.max(name.length, candidate.length)) {
      nearest = candidate;
      fewest = edits;
    }
  }
  return nearest;
}
