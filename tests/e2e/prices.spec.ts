import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';

/** Fails on any accessibility rule that the page in its present state breaks. */
async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
    .analyze();
  expect(violations.map(({ id, nodes }) => [id, nodes.map(({ target }) => target)])).toEqual([]);
}

/** Opens the prices of the sample project, once it has calls. @returns path of the project */
async function openSamplePrices(page: Page): Promise<string> {
  await page.goto('/');
  await page.getByRole('link', { name: 'Open the sample project' }).click();
  await page.waitForURL(/\/projects\/.+/);
  const root = new URL(page.url()).pathname.replace(/\/$/, '');
  await expect
    .poll(async () => (await readCost(page, root)).model !== null, { timeout: 90_000 })
    .toBe(true);
  await page.goto(`${root}/prices`);
  return root;
}

interface CostAnswer {
  readonly model: {
    readonly listCostUsd: number;
    readonly coverage: { unpricedCalls: number };
  } | null;
}

async function readCost(page: Page, root: string): Promise<CostAnswer> {
  return (await page.request.get(`/api/v1${root}/cost`)).json();
}

const unknownName = 'support-router-preview';
const heading = (page: Page) => page.getByRole('heading', { level: 1 });
const changed = (page: Page) =>
  page.getByText(/^Prices have changed since these calls were priced/);

test('an unpriced model is aliased, the difference is seen, and one step re-prices the calls', async ({
  page,
}) => {
  const root = await openSamplePrices(page);
  const before = await readCost(page, root);

  await test.step('the page says which model has no price and how much that leaves out', async () => {
    await expect(heading(page)).toHaveText(
      /^1 of \d+ models lacks a price: [\d,]+ calls? (is|are) unpriced$/,
    );
    await expect(page.getByRole('heading', { name: unknownName })).toContainText('Unpriced');
    await page.getByText('Where these numbers come from').first().click();
    await expect(page.getByText(/Matched by/).first()).toBeVisible();
    await expectAccessible(page);
  });

  await test.step('the name is said to stand for a model of the book', async () => {
    await page.getByRole('button', { name: `Say what ${unknownName} stands for` }).click();
    await page.getByLabel(`“${unknownName}” stands for`).fill('claude-haiku-4-5');
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Save alias' }).click();
    await expect(heading(page)).toHaveText(
      /^All \d+ models are priced; the book is \d+ days? old$/,
    );
    await expect(page.getByText(/By an alias of this project/)).toBeVisible();
  });

  await test.step('nothing has changed yet, and what would is told on both pages', async () => {
    await expect(changed(page)).toContainText('+ $');
    await expect(
      page.getByRole('region', { name: 'Table: What a re-price changes' }),
    ).toContainText(unknownName);
    await expectAccessible(page);
    expect(await readCost(page, root)).toMatchObject({
      model: { listCostUsd: before.model?.listCostUsd },
    });
    await page.goto(`${root}/cost`);
    await expect(changed(page)).toBeVisible();
    await page.getByRole('link', { name: 'See what changes' }).click();
    await expect(page).toHaveURL(/\/prices$/);
  });

  await test.step('re-pricing changes the cost', async () => {
    await page.getByRole('button', { name: 'Re-price' }).click();
    await expect(changed(page)).toHaveCount(0);
    await expect
      .poll(async () => (await readCost(page, root)).model?.coverage.unpricedCalls)
      .toBe(0);
    const after = await readCost(page, root);
    expect(after.model?.listCostUsd).toBeGreaterThan(before.model?.listCostUsd ?? Number.NaN);
    await page.goto(`${root}/cost`);
    await expect(heading(page)).not.toHaveText('');
    await expect(changed(page)).toHaveCount(0);
  });

  await test.step('a report keeps the prices and prints them', async () => {
    const frozen = await page.request.post(`/api/v1${root}/reports`, { data: {} });
    const { report } = await frozen.json();
    await page.goto(`${root}/reports/${report.reportId}`);
    const prices = page.getByRole('heading', { name: 'Prices that were used' });
    await expect(prices).toBeVisible();
    await expect(page.getByText(/genai-prices .* of \d{4}-\d{2}-\d{2}, /).first()).toBeVisible();
    await expectAccessible(page);
  });

  await test.step('what was said can be taken back', async () => {
    await page.goto(`${root}/prices`);
    await page.getByRole('button', { name: `Remove the alias ${unknownName}` }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Remove', exact: true }).click();
    await expect(changed(page)).toContainText('− $');
    await page.getByRole('button', { name: 'Re-price' }).click();
    await expect(changed(page)).toHaveCount(0);
    await expect.poll(() => readCost(page, root)).toEqual(before);
  });
});

test('a price of one’s own is refused with a reason, saved, edited and removed', async ({
  page,
}) => {
  await openSamplePrices(page);
  await page.getByRole('button', { name: 'Add a price' }).click();
  await page.getByLabel('Model', { exact: true }).fill('gpt-5*');
  await page.getByLabel('Output', { exact: true }).fill('a lot');
  await page.getByRole('button', { name: 'Save price' }).click();
  await expect(page.getByText(/a number of at least 0/)).toBeVisible();
  await expectAccessible(page);
  await page.getByLabel('Output', { exact: true }).fill('');
  await page.getByLabel('Discount, %').fill('50');
  await page.getByRole('button', { name: 'Save price' }).click();
  await expect(page.getByText('50 % off · since ever')).toBeVisible();
  await expect(changed(page)).toContainText('− $');
  await page.getByRole('button', { name: 'Edit the price of gpt-5*' }).click();
  await page.getByLabel('Discount, %').fill('0');
  await page.getByRole('button', { name: 'Save price' }).click();
  await expect(changed(page)).toHaveCount(0);
  await page.getByRole('button', { name: 'Remove the price of gpt-5*' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Remove', exact: true }).click();
  await expect(page.getByRole('button', { name: 'Remove the price of gpt-5*' })).toHaveCount(0);
});

test('the whole book is searched in its address, and a row tells where its prices come from', async ({
  page,
}) => {
  await page.goto('/prices?q=opus-4-5&provider=anthropic');
  await expect(heading(page)).toHaveText(/^[\d,]+ models of \d+ providers, in a book that is /);
  const table = page.getByRole('table').first();
  const first = table.getByRole('button').first();
  await expect(first).toContainText('opus-4-5');
  await expectAccessible(page);
  await first.click();
  const drawer = page.getByRole('dialog');
  await expect(drawer.getByText(/genai-prices/).first()).toBeVisible();
  await expect(drawer.getByText(/Matched by/).first()).toBeVisible();
  await expectAccessible(page);
  await page.keyboard.press('Escape');
  await page.getByRole('searchbox', { name: 'Search models' }).fill('no such model at all');
  await expect(page.getByText('No model of the book has such a name')).toBeVisible();
  await expect(page).toHaveURL(/q=no/);
});
