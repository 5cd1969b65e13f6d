/** Columns of Walker's alias method: column i stands for itself below its threshold, else for its alias. */
export interface AliasTable {
  /** Part of each column that is its own, in [0, 1]. */
  readonly threshold: Float64Array;
  /** Number of the outcome that fills the rest of each column. */
  readonly alias: Int32Array;
}

/**
 * Prepares draws of integers 0 … n − 1 with given weights in constant time (Vose's construction).
 *
 * @param weights at least one, all finite and at least 0, with a sum above 0
 * @see Vose, IEEE Transactions on Software Engineering 17 (1991), 972–975
 */
export function buildAliasTable(weights: Float64Array): AliasTable {
  const count = weights.length;
  let sum = 0;
  for (let i = 0; i < count; i++) sum += weights[i];
  const threshold = new Float64Array(count);
  const alias = new Int32Array(count);
  const pending = new Int32Array(count); // scarce columns from the front, ample ones from the back
  let scarce = 0;
  let ample = count;
  for (let i = 0; i < count; i++) {
    threshold[i] = (weights[i] / sum) * count;
    alias[i] = i;
    if (threshold[i] < 1) pending[scarce++] = i;
    else pending[--ample] = i;
  }
  while (scarce > 0 && ample < count) {
    const receiver = pending[--scarce];
    const giver = pending[ample];
    alias[receiver] = giver;
    threshold[giver] -= 1 - threshold[receiver];
    if (threshold[giver] < 1) {
      ample++;
      pending[scarce++] = giver;
    }
  }
  // What is left differs from 1 by rounding only.
  while (scarce > 0) threshold[pending[--scarce]] = 1;
  while (ample < count) threshold[pending[ample++]] = 1;
  return { threshold, alias };
}
