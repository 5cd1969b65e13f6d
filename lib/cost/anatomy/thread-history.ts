/**
 * What the history of one thread is made of, by tool.
 *
 * Tokens of a tool are what its results brought; the rest came from the user, from answers, or from
 * before anything was known. When a prompt is shorter than what went before, everything is cut back
 * in proportion, since nothing says what was left out.
 */
export class ThreadHistory {
  /** Tools whose results lie in the history, in the order in which they first came. */
  readonly tools: number[] = [];
  /** Tokens of each of {@link tools}, and of everything else at index `tools.length`. */
  tokens: number[] = [0];
  /** Tool calls since the last model call, by tool, in the order in which they first came. */
  readonly pending = new Map<number, number>();
  lastTurn: number | null = null;

  /** Tokens in the history. */
  total(): number {
    let sum = 0;
    for (const tokens of this.tokens) sum += tokens;
    return sum;
  }

  /** Begins anew after a reset, with tokens that no tool is known to have brought. */
  restart(tokens: number): void {
    this.tools.length = 0;
    this.tokens = [tokens];
  }

  /** Cuts the history back to what a prompt still holds of it. */
  cutTo(tokens: number): void {
    const total = this.total();
    if (total <= tokens) return;
    const kept = tokens / total;
    for (let i = 0; i < this.tokens.length; i++) this.tokens[i] *= kept;
  }

  /** Adds what the results of a tool brought. */
  addTool(tool: number, tokens: number): void {
    let at = this.tools.indexOf(tool);
    if (at === -1) {
      at = this.tools.push(tool) - 1;
      this.tokens.push(this.tokens[at]);
      this.tokens[at] = 0;
    }
    this.tokens[at] += tokens;
  }

  /** Adds what came from elsewhere: the user, an answer. */
  addOther(tokens: number): void {
    this.tokens[this.tokens.length - 1] += tokens;
  }
}
