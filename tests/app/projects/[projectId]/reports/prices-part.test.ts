import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import { PricesPart } from '@/app/projects/[projectId]/reports/_sheet/prices-part';
import { evaluateReadiness } from '@/lib/readiness/evaluate-readiness';
import { buildReport } from '@/lib/report/build-report';
import {
  fixtureNow,
  makeCost,
  makeEvidence,
  soundSystem,
} from '../../../../readiness/evidence-fixture';

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
    reportId: 'report-1',
    projectName: 'Support agent',
    createdAt: fixtureNow,
    appVersion: '0.1.0',
    system: soundSystem,
    dataQuality: {
      imports: [],
      sessions: 200,
      modelCalls: 400,
      unpricedCalls: 2,
      usageMissingCalls: 0,
      duplicatesDropped: 0,
      issues: 0,
      firstCallAt: null,
      lastCallAt: null,
    },
    cost: makeCost(),
    run: null,
    isRunStale: false,
    assessment: evaluateReadiness(makeEvidence(), { profile: 'external', now: fixtureNow }),
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
