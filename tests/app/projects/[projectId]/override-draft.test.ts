import { describe, expect, test } from 'vitest';
import { draftOf, readDraft } from '@/app/projects/[projectId]/prices/override-draft';
import type { PriceOverride } from '@/lib/cost/price-override';

const override: PriceOverride = {
  overrideId: 'one',
  providerName: 'azure',
  model: 'gpt-5*',
  effectiveFrom: '2026-10-01',
  effectiveTo: null,
  usdPerMtok: { input: 1.1, cacheRead: 0 },
  discountShare: 0.07,
  note: 'contract',
  recordedOn: '2026-10-01',
};

describe('the form of a price', () => {
  test('sends back what it was filled with, a price of nothing included', () => {
    const { overrideId: _id, recordedOn: _on, ...written } = override;
    expect(draftOf(override).discountPercent).toBe('7');
    const { body } = readDraft(draftOf(override));
    expect(body).toMatchObject({ ...written, discountShare: expect.closeTo(0.07, 12) });
  });

  test('takes amounts as they are written, and leaves out what is empty', () => {
    const draft = { ...draftOf({ model: ' a ' }), input: ' $1,250.5 ', output: '0' };
    expect(readDraft(draft).body).toMatchObject({
      model: 'a',
      providerName: null,
      usdPerMtok: { input: 1_250.5, output: 0 },
      discountShare: null,
    });
    expect(Object.keys(readDraft(draft).body?.usdPerMtok ?? {})).toEqual(['input', 'output']);
  });

  test.each([
    { change: { output: 'a lot' }, field: 'output' },
    { change: { input: '-1' }, field: 'input' },
    { change: { discountPercent: '101' }, field: 'discountPercent' },
    { change: { input: '1', effectiveFrom: '2026-02-30' }, field: 'effectiveFrom' },
    {
      change: { input: '1', effectiveFrom: '2026-03-01', effectiveTo: '2026-03-01' },
      field: 'effectiveTo',
    },
    { change: { input: '1', model: ' ' }, field: 'model' },
  ])('says at the field $field what is wrong with $change', ({ change, field }) => {
    const { body, errors } = readDraft({ ...draftOf({ model: 'a' }), ...change });
    expect(body).toBeNull();
    expect([...(errors?.keys() ?? [])]).toContain(field);
  });

  test('says of a price that gives no number that it gives none', () => {
    const { errors } = readDraft(draftOf({ model: 'a' }));
    expect([...(errors?.values() ?? [])].join()).toMatch(/at least one price/);
  });
});
