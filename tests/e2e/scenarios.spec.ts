import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';

/** Fails on any accessibility rule that the page in its present state breaks, in either theme. */
async function expectAccessible(page: Page): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    const { violations } = await new AxeBuilder({ page })
      .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
      .analyze();
    expect(violations.map(({ id, nodes }) => [id, nodes.map(({ target }) => target)])).toEqual([]);
  }
}

async function openScenarios(page: Page): Promise<void> {
  await page.goto('/');
  await page.getByRole('link', { name: 'Open the sample project' }).click();
  await page.waitForURL(/\/projects\//);
  await expect(page.getByText('Sample: three agents').first()).toBeVisible();
  await page
    .getByRole('navigation', { name: /stages/i })
    .getByRole('link', { name: 'Scenarios' })
    .click();
  await page.waitForURL(/\/scenarios/);
}

const desk = `plimsoll: 1
name: One desk
horizonSec: 400
replications: 10
resources:
  desk: { kind: pool, slots: 2 }
classes:
  visitor:
    arrivals: { kind: poisson, ratePerSec: 1 }
    program:
      - use: desk
        forSec: { law: exponential, mean: 1 }
slos:
  - { measure: waitSec, resource: desk, quantile: 0.95, atMost: 5 }
`;

test('a preset is run, its answer read, and a session followed', async ({ page }) => {
  test.slow();
  const outside: string[] = [];
  page.on('request', (request) => {
    const { protocol, hostname } = new URL(request.url());
    if (protocol.startsWith('http') && hostname !== 'localhost') outside.push(request.url());
  });
  const finding = page.getByRole('heading', { level: 1 });
  await openScenarios(page);

  await test.step('nothing is said before it has run', async () => {
    await expect(finding).toHaveText('Connection pool exhausted by thinking agents');
    await expect(page.getByText('Not run yet.')).toBeVisible();
    await expectAccessible(page);
  });

  await test.step('it runs with the keyboard, and the answer takes the focus', async () => {
    await page.getByRole('button', { name: 'Run', exact: true }).focus();
    await page.keyboard.press('Enter');
    await expect(finding).toHaveText(/^The objective fails: P95 wait for database/, {
      timeout: 90_000,
    });
    await expect(page.getByRole('region', { name: 'Answers' })).toBeFocused();
    await expect(page.getByRole('status').filter({ hasText: 'The objective fails' })).toHaveCount(
      1,
    );
    await expect(page.getByRole('heading', { name: /^database: .* waiting/ })).toBeVisible();
    await expectAccessible(page);
  });

  await test.step('every table can be had as a file', async () => {
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Resources as CSV' }).click();
    expect((await download).suggestedFilename()).toBe('resources.csv');
  });

  await test.step('a session is followed step by step, and the address says which', async () => {
    await page.getByRole('radio', { name: 'One session' }).check();
    await expect(page.getByRole('heading', { name: /^Session 1 of agent/ })).toBeVisible();
    await page.getByRole('textbox', { name: /^Session/ }).fill('3');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('heading', { name: /^Session 3 of agent/ })).toBeVisible();
    await expect(page).toHaveURL(/tab=session.*session=3|session=3.*tab=session/);
    await expectAccessible(page);
  });

  expect(outside).toEqual([]);
});

test('a text of one’s own is mended, run and searched for its limit', async ({ page }) => {
  test.slow();
  const finding = page.getByRole('heading', { level: 1 });
  await openScenarios(page);
  const editor = page.getByRole('textbox', { name: 'Scenario in YAML or JSON' });

  await test.step('what is wrong is a sentence that leads to its line', async () => {
    await editor.fill(desk.replace('slots: 2', 'slots: 0'));
    await expect(finding).toHaveText('The scenario cannot be run: 1 thing to mend');
    const issue = page.getByRole('button', { name: /^Line 6:/ });
    await issue.click();
    await expect(editor).toBeFocused();
    const before = await editor.evaluate((area) =>
      area instanceof HTMLTextAreaElement ? area.value.slice(0, area.selectionStart) : '',
    );
    expect(before.split('\n')).toHaveLength(6);
    await page.getByRole('button', { name: 'Run', exact: true }).press('Enter');
    await expect(page.getByRole('progressbar')).toHaveCount(0);
    await expectAccessible(page);
  });

  await test.step('mended, it runs, and the address alone gives it again', async () => {
    await editor.fill(desk);
    await expect(page.getByText('whoever has the address has the text')).toBeVisible();
    await page.getByRole('button', { name: 'Run', exact: true }).click();
    await expect(finding).toHaveText(/^The objective holds: P95 wait for desk/);
    await expect(page).toHaveURL(/text=/);
    await page.reload();
    await expect(editor).toHaveValue(desk);
  });

  await test.step('the limit is found, with what binds first', async () => {
    await page.getByRole('radio', { name: 'Find the limit' }).check();
    await page.getByRole('button', { name: 'Find the limit' }).click();
    await expect(page.getByRole('heading', { name: /^Every objective holds up to/ })).toBeVisible({
      timeout: 60_000,
    });
    await expect(page.getByText('First to give way: P95 wait for desk')).toBeVisible();
    await expectAccessible(page);
  });

  await test.step('overload is named, and gives no steady wait', async () => {
    await page.getByRole('radio', { name: 'Results' }).check();
    await editor.fill(desk.replace('ratePerSec: 1 ', 'ratePerSec: 4 '));
    await page.getByRole('button', { name: 'Run', exact: true }).click();
    await expect(finding).toHaveText(
      /^desk is overloaded: its queue grows by .* waiters a second$/,
    );
    await expect(page.getByText('no steady state').first()).toBeVisible();
  });

  await test.step('a long run is cancelled, and what was there stays', async () => {
    await editor.fill(desk.replace('horizonSec: 400', 'horizonSec: 90000000'));
    await page.getByRole('button', { name: 'Run', exact: true }).click();
    await page.getByRole('button', { name: 'Cancel' }).click();
    await expect(page.getByRole('progressbar')).toHaveCount(0);
    await expect(finding).toHaveText('Changed since the run: One desk');
    await expect(page.getByText('no steady state').first()).toBeVisible();
    await expect(page.getByText(/are of the text as it was run: desk is overloaded/)).toBeVisible();
  });

  await test.step('the project’s own sessions are drafted and played', async () => {
    await page.getByRole('button', { name: 'Draft from this project' }).click();
    await expect(editor).toHaveValue(/kind: observed/);
    await expect(page.getByLabel('Command that gives the same result')).toHaveValue(
      /--project 'Sample: three agents'/,
    );
    await page.getByRole('button', { name: 'Run', exact: true }).click();
    await expect(page.getByText(/^Means of [12]0 replications/)).toBeVisible({ timeout: 120_000 });
    await expect(finding).not.toHaveText(/^desk/);
  });

  await test.step('a text too long for the address says where it is kept', async () => {
    await editor.fill(`${desk}${'# a remark\n'.repeat(200)}`);
    await expect(page.getByText('longer than 2,000 characters')).toBeVisible();
    await expect(page).not.toHaveURL(/text=/);
  });
});
