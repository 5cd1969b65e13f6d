import { readFileSync } from 'node:fs';
import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';

/** Fails on any accessibility rule that the page in its present state breaks. */
async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
    .analyze();
  expect(violations.map(({ id, nodes }) => [id, nodes.map(({ target }) => target)])).toEqual([]);
}

async function openSampleCost(page: Page): Promise<void> {
  await page.goto('/');
  await page.getByRole('link', { name: 'Open the sample project' }).click();
  await page.waitForURL(/\/projects\/.+/);
  await page
    .getByRole('navigation', { name: /stages/i })
    .getByRole('link', { name: 'Cost' })
    .click();
  await expect(page.getByRole('heading', { name: /^Where the money goes/ })).toBeVisible({
    timeout: 60_000,
  });
}

/** The rows of a file that a button of the page makes. */
async function download(page: Page, name: RegExp): Promise<string[]> {
  const downloading = page.waitForEvent('download');
  await page.getByRole('button', { name }).click();
  const file = await downloading;
  expect(file.suggestedFilename()).toMatch(/\.csv$/);
  return readFileSync(await file.path(), 'utf8')
    .trimEnd()
    .split('\r\n');
}

test('the cost is split by tool, the dearest session opened, and tables taken away', async ({
  page,
}) => {
  await openSampleCost(page);

  await test.step('the cost is laid out by part and cache state', async () => {
    const matrix = page.getByRole('table', { name: /by part and cache state/ });
    await expect(matrix.getByRole('rowheader', { name: 'History sent again' })).toBeVisible();
    const rows = await download(page, /^Cost by part and cache state as/);
    expect(rows[0]).toBe('part,cache_state,tokens,unpriced_tokens,list_cost_usd');
    expect(rows.some((row) => row.startsWith('resentHistory,'))).toBe(true);
    await expectAccessible(page);
  });

  await test.step('tools are named by what their results cost, in the address and in a file', async () => {
    await page
      .getByRole('group', { name: 'Split cost by' })
      .getByRole('radio', { name: 'Tool' })
      .check({ force: true });
    await expect(page).toHaveURL(/by=tool/);
    await expect(page.getByRole('heading', { name: /^Results of .+ of the cost$/ })).toBeVisible();
    await expect(page.getByText('All that is no result of a tool')).toBeVisible();
    const rows = await download(page, /^Cost by tool as/);
    expect(rows[0]).toMatch(/^kind,tool,part,/);
    expect(rows.some((row) => row.startsWith('no_tool,'))).toBe(true);
    await expectAccessible(page);
  });

  await test.step('the dearest session says why, and opens', async () => {
    const section = page.getByRole('region', { name: /^The dearest session/ });
    const first = section.getByRole('listitem').first();
    await expect(first).toContainText(/^.+\$[\d.,]+: \d+ calls/);
    await expect(first.getByRole('definition').first()).toBeVisible();
    await first.getByRole('link').click();
    await page.waitForURL(/\/sessions\/.+/);
    await expect(page.getByRole('heading', { level: 1 })).toContainText('$');
  });
});
