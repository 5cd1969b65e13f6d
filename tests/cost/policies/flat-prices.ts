import type { UnitPrices } from '@/lib/cost/unit-prices';

/** Prices of a model that a sum can be done by hand with, in pico-dollars a token. */
export function flatPrices(
  modelId: string,
  perToken: Partial<Record<'input' | 'read' | 'write5m' | 'write1h' | 'output', number | null>>,
  serviceTier = 'standard',
): UnitPrices {
  const source = {
    layer: 'override' as const,
    book: 'by hand',
    date: '2026-11-21',
    rule: 'by hand',
    url: null,
  };
  const price = (picoUsd: number | null | undefined) =>
    picoUsd === null || picoUsd === undefined ? null : { basePicoUsd: picoUsd, tiers: [], source };
  return {
    skuPriceId: `hand/${modelId}+${serviceTier}`,
    providerId: 'hand',
    modelId,
    serviceTier,
    validFrom: null,
    contextWindowTokens: null,
    input: price(perToken.input),
    cacheRead: price(perToken.read),
    cacheWrite5m: price(perToken.write5m),
    cacheWrite1h: price(perToken.write1h),
    output: price(perToken.output),
    reasoning: price(perToken.output),
  };
}
