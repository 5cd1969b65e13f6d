import type { RetryBudget as RetryBudgetRules } from '../scenario/policy';

/**
 * Token bucket that pays for retries: each call puts `ratio` in, up to `burst`, each retry takes 1.
 *
 * It starts full, so many clients of a budget each may retry much before any of them runs short.
 */
export class RetryBudget {
  readonly #ratio: number;
  readonly #burst: number;
  readonly #isPerSession: boolean;
  /** Tokens by place: 0 is shared by all who have no budget of their own, then by root task. */
  #tokens = new Float64Array(1);

  constructor({ ratio, burst, scope }: RetryBudgetRules) {
    this.#ratio = ratio;
    this.#burst = burst;
    this.#isPerSession = scope === 'session';
    this.#tokens[0] = burst;
  }

  /** A call begins: its first attempt puts tokens in. `root` is its session, or −1. */
  onCall(root: number): void {
    const place = this.#placeOf(root);
    this.#tokens[place] = Math.min(this.#burst, this.#tokens[place] + this.#ratio);
  }

  /** Takes the token of a retry; returns whether there was one. */
  takeToken(root: number): boolean {
    const place = this.#placeOf(root);
    if (this.#tokens[place] < 1) return false;
    this.#tokens[place]--;
    return true;
  }

  /** A session begins; a budget of its own is full. */
  onSessionStart(root: number): void {
    if (!this.#isPerSession) return;
    const place = root + 1;
    if (place >= this.#tokens.length) {
      const wider = new Float64Array(2 * place + 1);
      wider.set(this.#tokens);
      this.#tokens = wider;
    }
    this.#tokens[place] = this.#burst;
  }

  /** Tokens that are there for a session, or for all; at least 0. */
  tokensOf(root: number): number {
    return this.#tokens[this.#placeOf(root)];
  }

  #placeOf(root: number): number {
    return this.#isPerSession ? root + 1 : 0;
  }
}
