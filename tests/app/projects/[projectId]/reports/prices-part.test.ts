import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import { PricesPart } from '@/app/projects/[projectId]/reports/_sheet/prices-part';
import { buildReport } from '@/lib/report/build-report';
import { plainParts } from '../../../../report/report-parts';

function sheetOf(isCurrent: boolean): string {
  const model = {
    providerName: 'vendor',
    model: 'a model',
    serviceTier: null,
    calls: 4,
    tokens: 1_000,
    firstCallAt: null,
    lastCallAt: null,
    prices: null,
  };
  const report = buildReport({
    ...plainParts,
    prices: {
      book: { name: 'a book', version: '1.2', date: '2026-09-01' },
      isCurrent,
      models: [model],
      modelsTotal: 1,
    },
  });
  return renderToStaticMarkup(createElement(PricesPart, { report }));
}

test('prices that were used are named so, and what has none is in no total', () => {
  const sheet = sheetOf(true);
  expect(sheet).toMatch(/<h2[^>]*>Prices that were used</);
  expect(sheet).toContain('in force when the calls were made');
  expect(sheet).toContain('in no total of this report');
  expect(sheet).not.toContain('re-price first');
});

test('where calls are stored with earlier prices, the heading says that these were not used', () => {
  const sheet = sheetOf(false);
  expect(sheet).toMatch(
    /<h2[^>]*>Prices as the book stood at this report, not those that were used</,
  );
  expect(sheet).toContain('stored with earlier prices');
  expect(sheet).toContain('re-price first');
  expect(sheet).not.toContain('in force when the calls were made');
  expect(sheet).not.toContain('in no total of this report');
});
