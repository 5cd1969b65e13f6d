/** Says when the next session of a class arrives. */
export interface ArrivalSource {
  /**
   * Writes the time of the next arrival to `out[index]`, which holds the present one's; `Infinity`
   * when there is none. Times never go back.
   */
  next(out: Float64Array, index: number): void;
}
