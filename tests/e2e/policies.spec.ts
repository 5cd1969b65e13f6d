import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { encodeTenThousandSessions } from './ten-thousand-sessions';

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

const stage = (page: Page, name: string) =>
  page.getByRole('navigation', { name: /stages/i }).getByRole('link', { name });

async function openPolicies(page: Page): Promise<void> {
  await page.goto('/');
  await page.getByRole('link', { name: 'Open the sample project' }).click();
  await page.waitForURL(/\/projects\//);
  await expect(page.getByText('Sample: three agents').first()).toBeVisible();
  await stage(page, 'Policies').click();
  await page.waitForURL(/\/policies/);
}

test('levers answer while they move, and what they are set to is kept', async ({ page }) => {
  test.slow();
  const finding = page.getByRole('heading', { level: 1 });
  const savedName = `Leaner ${Date.now()}`;
  await openPolicies(page);

  await test.step('without a policy, sessions cost what they did', async () => {
    await expect(finding).toContainText('As today: $', { timeout: 60_000 });
    await expect(
      page.getByText('Nothing: these are the calls as they were measured'),
    ).toBeVisible();
    await expectAccessible(page);
  });

  await test.step('a policy is switched on and its lever moved with the keyboard', async () => {
    await page.getByRole('checkbox', { name: 'Compaction' }).focus();
    await page.keyboard.press('Space');
    await expect(finding).toContainText('Compaction at');
    await expect(page.getByRole('checkbox', { name: 'Compaction' })).toBeFocused();
    const before = await finding.textContent();
    const lever = page.getByRole('slider', { name: 'Compact at' });
    await lever.focus();
    for (let press = 0; press < 3; press++) await page.keyboard.press('Shift+ArrowLeft');
    await expect(finding).not.toHaveText(before ?? '');
    await expect(page).toHaveURL(/p=compact:\d+:2000/);
    await expect(page.getByText('95 %:').first()).toBeVisible();
  });

  await test.step('policies are applied in the order in which they stand', async () => {
    await page.getByRole('checkbox', { name: 'Sliding window' }).check();
    await expect(page).toHaveURL(/p=compact:\d+:2000,window:\d+/);
    await page.getByRole('button', { name: 'Apply Sliding window earlier' }).press('Enter');
    await expect(page).toHaveURL(/p=window:\d+,compact:\d+:2000/);
    await expect(page.getByRole('button', { name: 'Apply Sliding window earlier' })).toBeFocused();
    await expect(page.getByRole('cell', { name: / to / }).first()).toBeVisible();
    await expectAccessible(page);
  });

  await test.step('they are kept under a name, which nothing else may have', async () => {
    const save = async () => {
      await page.getByRole('button', { name: 'Save as…' }).click();
      await page.getByRole('textbox', { name: 'Name' }).fill(savedName);
      await page.getByRole('button', { name: 'Save', exact: true }).click();
    };
    await save();
    await expect(page).toHaveURL(/set=/);
    await expect(page).not.toHaveURL(/p=/);
    await page.getByRole('checkbox', { name: 'Compaction' }).uncheck();
    await save();
    await expect(page.getByRole('dialog').getByText('exists. Choose another name')).toBeVisible();
    await expectAccessible(page);
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Undo changes' }).click();
    await expect(page.getByRole('checkbox', { name: 'Compaction' })).toBeChecked();
  });

  await test.step('the address alone gives the same page again', async () => {
    const before = await finding.textContent();
    await page.reload();
    await expect(finding).toHaveText(before ?? '', { timeout: 60_000 });
    await expect(page.getByRole('button', { name: `Open ${savedName}` })).toBeDisabled();
  });

  await test.step('what the address holds and cannot be read is told', async () => {
    const { pathname } = new URL(page.url());
    await page.goto(`${pathname}?p=window:2,magic:1`);
    await expect(page.getByText('Left out because it cannot be read: magic:1')).toBeVisible();
    await expect(finding).toContainText('A window of 2 turns', { timeout: 60_000 });
  });

  await test.step('the saved policies are compared with today, and the sides can change places', async () => {
    await page.getByRole('link', { name: `Compare ${savedName} with today` }).click();
    await page.waitForURL(/\/compare\?a=today&b=set/);
    await expect(finding).toContainText(/B costs|No difference/, { timeout: 60_000 });
    await expect(page.getByRole('cell', { name: / to / }).first()).toBeVisible();
    await expect(page.getByRole('heading', { name: `B: ${savedName}` })).toBeVisible();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Swap' }).click();
    await expect(page.getByRole('heading', { name: `A: ${savedName}` })).toBeVisible();
    await expect(page).toHaveURL(/b=today/);
  });

  await test.step('a set is renamed and deleted', async () => {
    await stage(page, 'Policies').click();
    await page.getByRole('button', { name: `Rename ${savedName}` }).click();
    await page.getByRole('textbox', { name: 'Name' }).fill(`${savedName} still`);
    await page.getByRole('button', { name: 'Rename', exact: true }).click();
    await page.getByRole('button', { name: `Delete ${savedName} still` }).click();
    await page.getByRole('button', { name: 'Delete policies' }).click();
    await expect(page.getByText(`${savedName} still`)).toHaveCount(0);
  });
});

test('ten thousand sessions are replayed while a lever moves', async ({ page }) => {
  test.slow();
  const { bytes, sessions, calls } = encodeTenThousandSessions();
  await page.route('**/replay-set', (route) =>
    route.fulfill({
      body: Buffer.from(bytes),
      contentType: 'application/octet-stream',
      headers: { 'x-input-hash': 'ten-thousand' },
    }),
  );
  await openPolicies(page);
  await expect(page.getByText(/10,000 sessions/).first()).toBeVisible({ timeout: 60_000 });
  await page.getByRole('checkbox', { name: 'Prompt caching' }).check();
  await page.getByRole('checkbox', { name: 'Compaction' }).check();
  const lever = page.getByRole('slider', { name: 'Compact at' });
  await lever.focus();
  const presses = 30;
  for (let press = 0; press < presses; press++) await page.keyboard.press('ArrowLeft');
  await expect(page.getByRole('cell', { name: / to / }).first()).toBeVisible();

  const answers = await page.evaluate(() =>
    performance.getEntriesByName('plimsoll:cost-answer').flatMap((entry) => {
      const { detail, duration } = entry as PerformanceMeasure;
      return detail.question.resamples === 0 && detail.question.side?.policies.length === 2
        ? [{ durationMs: duration, workMs: detail.workMs as number }]
        : [];
    }),
  );
  expect(answers.length).toBeGreaterThan(0);
  const at = (values: number[], share: number) =>
    values.toSorted((a, b) => a - b)[Math.floor((values.length - 1) * share)]?.toFixed(1);
  const durations = answers.map(({ durationMs }) => durationMs);
  const work = answers.map(({ workMs }) => workMs);
  process.stdout.write(
    `${sessions} sessions, ${calls} calls, caching and compaction: ${answers.length} answers to ${presses} key presses, from question to answer p50 ${at(durations, 0.5)} ms, p95 ${at(durations, 0.95)} ms; work p50 ${at(work, 0.5)} ms, p95 ${at(work, 0.95)} ms\n`,
  );
});
