import {
  type CompareFiles,
  type ComparisonQuery,
  KeptBook,
  PriceBookPage,
  PriceCatalogue,
  PriceComparison,
  PriceDataChange,
  type PriceDataQuery,
  PriceLookup,
  type PriceLookupQuery,
  type PriceQuery,
  ProjectPriceSources,
  ProjectPrices,
  type WriteModelAlias,
  type WritePriceOverride,
} from '../../contracts/prices';
import { Deleted } from '../../contracts/project';
import { projectPath, type Send, type SendFile, searchOf, segment } from '../api-send';

const prices = '/api/v1/prices';
const of = (projectId: string) => `${projectPath(projectId)}/prices`;

/** Calls of the API about prices. */
export const priceCalls = (send: Send, sendFile: SendFile) => ({
  getPriceBook: (query: Partial<PriceQuery> = {}, signal?: AbortSignal) =>
    send(PriceBookPage, 'GET', `${prices}?${searchOf(query)}`, undefined, signal),
  /** Puts a data file in the place of the base in use, or only says what it would change. */
  sendPriceData: (query: PriceDataQuery, file: Blob) =>
    sendFile(PriceDataChange, 'POST', `${prices}/data?${searchOf(query)}`, file),
  resetPriceData: () => send(PriceDataChange, 'DELETE', `${prices}/data`),
  sendComparisonBook: (query: PriceDataQuery, file: Blob) =>
    sendFile(KeptBook, 'POST', `${prices}/books?${searchOf(query)}`, file),
  deleteComparisonBook: (name: string) =>
    send(Deleted, 'DELETE', `${prices}/books?${searchOf({ name })}`),
  comparePrices: (query: Partial<ComparisonQuery> = {}, signal?: AbortSignal) =>
    send(PriceComparison, 'GET', `${prices}/comparison?${searchOf(query)}`, undefined, signal),
  /** Compares files as well, without keeping them. */
  comparePriceFiles: (query: Partial<ComparisonQuery>, body: CompareFiles) =>
    send(PriceComparison, 'POST', `${prices}/comparison?${searchOf(query)}`, body),
  lookUpPrice: (query: PriceLookupQuery) =>
    send(PriceLookup, 'GET', `${prices}/lookup?${searchOf(query)}`),

  getProjectPrices: (projectId: string, signal?: AbortSignal) =>
    send(ProjectPrices, 'GET', of(projectId), undefined, signal),
  getPriceCatalogue: (projectId: string, signal?: AbortSignal) =>
    send(PriceCatalogue, 'GET', `${projectPath(projectId)}/price-catalogue`, undefined, signal),
  createPriceOverride: (projectId: string, body: WritePriceOverride) =>
    send(ProjectPriceSources, 'POST', `${of(projectId)}/overrides`, body),
  updatePriceOverride: (projectId: string, overrideId: string, body: WritePriceOverride) =>
    send(ProjectPriceSources, 'PUT', `${of(projectId)}/overrides/${segment(overrideId)}`, body),
  deletePriceOverride: (projectId: string, overrideId: string) =>
    send(ProjectPriceSources, 'DELETE', `${of(projectId)}/overrides/${segment(overrideId)}`),
  createModelAlias: (projectId: string, body: WriteModelAlias) =>
    send(ProjectPriceSources, 'POST', `${of(projectId)}/aliases`, body),
  updateModelAlias: (projectId: string, aliasId: string, body: WriteModelAlias) =>
    send(ProjectPriceSources, 'PUT', `${of(projectId)}/aliases/${segment(aliasId)}`, body),
  deleteModelAlias: (projectId: string, aliasId: string) =>
    send(ProjectPriceSources, 'DELETE', `${of(projectId)}/aliases/${segment(aliasId)}`),
});
