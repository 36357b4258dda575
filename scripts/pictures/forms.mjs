const button = (page, name) => page.getByRole('button', { name, exact: true });

/** A new webhook for this event, as it would be sent to one's own receiver. */
export async function fillIn(page, { name, event }) {
  await page.locator('[name="name"]').fill(name);
  await page.locator('[name="url"]').fill('https://accounting.example.com/hooks/payments');
  await page.getByRole('combobox', { name: 'Event', exact: true }).fill(event);
  await page
    .getByRole('option', { name: new RegExp(`^${event}`) })
    .first()
    .click();
  await page.keyboard.press('Escape');
  await page.getByRole('img', { name: 'This URL can be used' }).waitFor();
}

/** Only this section of the form is open, and in view. */
export async function openSection(page, title) {
  const head = page.getByRole('button', { name: title }).first();
  if ((await head.getAttribute('aria-expanded')) !== 'true') await head.click();
  await head.scrollIntoViewIfNeeded();
}

/** Adds a condition by its field and comparison, and a value that is picked. */
export async function addCondition(page, field, operator, value) {
  await button(page, 'Add a condition').first().click();
  const row = page.getByRole('group', { name: 'Condition 1', exact: true });
  await row.getByRole('combobox', { name: 'Field of condition 1' }).fill(field);
  await page.getByRole('option', { name: field, exact: true }).click();
  await row.getByRole('combobox', { name: 'Comparison of condition 1' }).click();
  await page.getByRole('option', { name: operator, exact: true }).click();
  if (value === undefined) return;
  await row.getByRole('combobox', { name: 'Value of condition 1' }).fill(value);
  await page.getByRole('option', { name: value, exact: true }).click();
}

/** The hosts do not exist: their names would be warned of. */
export const anyUrlIsGood = ({ page }) =>
  page.route('**/actions/check-url', (route) =>
    route.fulfill({
      json: { ok: true, reason: null, rule: null, host: 'accounting.example.com', inbox: false },
    }),
  );
