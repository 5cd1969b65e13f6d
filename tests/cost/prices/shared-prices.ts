import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

/** Text of a price file of the shared data; see hasSharedData. */
export const readPriceText = (name: string): string =>
  readFileSync(resolve(process.cwd(), '../shared/data/prices', name), 'utf8');
