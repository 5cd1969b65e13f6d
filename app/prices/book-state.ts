import { debounce, parseAsInteger, parseAsString } from 'nuqs';

/** What is looked at on the page of the price book, as it stands in its address. */
export const bookState = {
  q: parseAsString.withDefault('').withOptions({ limitUrlUpdates: debounce(300) }),
  provider: parseAsString.withDefault(''),
  page: parseAsInteger.withDefault(1),
  comparePage: parseAsInteger.withDefault(1),
};

/** A page number that an address may hold, within what the server takes. */
export const pageWithin = (page: number): number => Math.min(10_000, Math.max(1, page));
