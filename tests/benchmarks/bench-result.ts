/** One measured figure beside the figure it is judged against. */
export interface BenchResult {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** What `referenceValue` is: a baseline measured in the same run, or a stated target. */
  readonly reference: string;
  readonly referenceValue: number;
  /** `value / referenceValue`. */
  readonly ratio: number;
}
