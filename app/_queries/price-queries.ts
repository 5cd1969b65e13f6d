import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { ComparisonQuery, PriceQuery } from '@/lib/contracts/prices';
import type { RepriceState } from '@/lib/contracts/reprice';
import { api } from './api';

/** Prices of the models that the traces of a project name. */
export function projectPricesQuery(projectId: string) {
  return queryOptions({
    queryKey: ['project', projectId, 'prices'],
    queryFn: ({ signal }) => api.getProjectPrices(projectId, signal),
  });
}

/** Whether calls are stored with earlier prices; asked again while they are being priced. */
export function repriceQuery(projectId: string) {
  return queryOptions({
    queryKey: ['project', projectId, 'reprice'],
    queryFn: ({ signal }) => api.getReprice(projectId, signal),
    refetchInterval: ({ state }) => (isRepricing(state.data) ? 400 : false),
  });
}

/** Calls are waiting to be priced again, or are being. */
export function isRepricing(state: RepriceState | undefined): boolean {
  return state?.job?.status === 'queued' || state?.job?.status === 'running';
}

/** A page of the price book. */
export function priceBookQuery(query: PriceQuery) {
  return queryOptions({
    queryKey: ['prices', query],
    queryFn: ({ signal }) => api.getPriceBook(query, signal),
    placeholderData: keepPreviousData,
  });
}

/** Where price books disagree. */
export function priceComparisonQuery(query: ComparisonQuery) {
  return queryOptions({
    queryKey: ['price-comparison', query],
    queryFn: ({ signal }) => api.comparePrices(query, signal),
    placeholderData: keepPreviousData,
  });
}
