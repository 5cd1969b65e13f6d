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

async function openForecast(page: Page): Promise<string> {
  await page.goto('/');
  await page.getByRole('link', { name: 'Open the sample project' }).click();
  await page.waitForURL(/\/projects\/.+/);
  const root = new URL(page.url()).pathname.replace(/\/$/, '');
  await page.goto(`${root}/forecast`);
  await expect(page.getByRole('heading', { level: 1 })).toContainText('the first month costs', {
    timeout: 60_000,
  });
  return root;
}

async function type(page: Page, label: string, text: string): Promise<void> {
  const field = page.getByRole('textbox', { name: label, exact: true });
  await field.fill(text);
  await field.press('Enter');
}

test('a plan is typed as ranges, answered, saved and found again', async ({ page }) => {
  const root = await openForecast(page);
  const finding = page.getByRole('heading', { level: 1 });

  await test.step('a range changes the finding and stands in the address', async () => {
    await type(page, 'Sessions a day', '1,200 to 2,000');
    await expect(finding).toContainText('At 1,200 to 2,000 sessions a day');
    await expect(page).toHaveURL(/perday=1200~2000/);
    await expect(page.getByRole('heading', { name: 'The plan' })).toBeVisible();
  });

  await test.step('a budget is judged, and a higher one is passed less often', async () => {
    const passed = page.getByRole('row', { name: /^Passed, share of draws/ }).getByRole('cell');
    const percent = async () => Number((await passed.textContent())?.replaceAll(/[^\d.]/g, ''));
    await type(page, 'Budget in all', '100,000');
    await expect(finding).toContainText('the budget of $100,000 for');
    await expect(page.locator('[aria-busy="true"]')).toHaveCount(0);
    const before = await percent();
    await type(page, 'Budget in all', '150,000');
    await expect(finding).toContainText('the budget of $150,000');
    await expect(page.locator('[aria-busy="true"]')).toHaveCount(0);
    expect(await percent()).toBeLessThan(before);
    await expect(page.getByRole('img', { name: /median/ }).first()).toBeVisible();
  });

  await test.step('what cannot be read stays with what is wrong', async () => {
    await type(page, 'Growth per month', 'a lot');
    await expect(page.getByText('Type a range such as 20 to 40, or one number.')).toBeVisible();
    await expect(page.getByRole('textbox', { name: 'Growth per month' })).toHaveValue('a lot');
    await page.getByRole('textbox', { name: 'Growth per month' }).press('Escape');
    await expectAccessible(page);
  });

  await test.step('everything is exported', async () => {
    const downloading = page.waitForEvent('download');
    await page.getByRole('button', { name: 'CSV of everything' }).click();
    const download = await downloading;
    const lines = readFileSync(await download.path(), 'utf8').split('\r\n');
    expect(lines[0]).toBe('section,item,figure,value');
    expect(lines.some((line) => line.startsWith('budget,total,share of draws over,'))).toBe(true);
  });

  await test.step('saved, it comes back without an address', async () => {
    await page.getByRole('button', { name: 'Save the plan' }).click();
    await expect(page.getByText('Saved.', { exact: true })).toBeVisible();
    await expect(page).not.toHaveURL(/perday/);
    await page.reload();
    await expect(finding).toContainText('At 1,200 to 2,000 sessions a day', { timeout: 60_000 });
    await expect(finding).toContainText('the budget of $150,000');
  });

  await test.step('memory and state take the volume of the plan, and prices can be typed', async () => {
    await page.getByRole('link', { name: 'Memory and state' }).click();
    await page.waitForURL(`**${root}/forecast/infrastructure`);
    await expect(finding).toContainText('Infrastructure adds at least', { timeout: 60_000 });
    await expect(page.getByText('The median of the saved plan, to begin with.')).toBeVisible();
    const lacking = page.getByText(/lack a price or a quantity/);
    const before = await lacking.textContent();
    await type(page, 'Checkpoints per step', '1');
    await expect(lacking).not.toHaveText(before ?? '');
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Save the rate card' }).click();
    await expect(page.getByText('Saved with the project.')).toBeVisible();
    await page.reload();
    await expect(page.getByRole('textbox', { name: 'Checkpoints per step' })).toHaveValue('1', {
      timeout: 60_000,
    });
  });
});
