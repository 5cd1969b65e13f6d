/** A standard price that the base does not have yet, in whole pico-dollars a token. */
export interface PriceCorrection {
  readonly providerId: string; //          of the base
  readonly modelIds: readonly string[]; // of the base
  readonly from: string; //                YYYY-MM-DD, UTC
  readonly picoUsd: { readonly input: number; readonly cacheRead: number; readonly output: number };
  readonly url: string;
}

/**
 * Prices that vendors have changed and the base has not.
 *
 * DeepSeek took half off with V3.2-Exp on 29 September 2025 and ended its off-peak prices. As
 * LiteLLM's list has them on 1 August 2026; bills of March 2026 agree with it to the token.
 */
export const corrections: readonly PriceCorrection[] = [
  {
    providerId: 'deepseek',
    modelIds: ['deepseek-chat', 'deepseek-reasoner'],
    from: '2025-09-29',
    picoUsd: { input: 280_000, cacheRead: 28_000, output: 420_000 },
    url: 'https://api-docs.deepseek.com/quick_start/pricing',
  },
];
