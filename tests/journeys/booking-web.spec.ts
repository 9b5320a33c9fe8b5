import { expect, type Page, test } from "@playwright/test";
import { expectAccessible, signIn, watchPolicy } from "../support/browser";
import { caseWithCentre, sendEstimate } from "../support/main-job";

const PASSWORD = "a long sentence to remember";

/** Days may be taken by others meanwhile: a person would choose the next one. */
async function holdADay(page: Page): Promise<void> {
  const day = page.getByLabel("Day of the procedure");
  const count = await day.getByRole("option").count();
  for (let index = Math.min(20, count - 1); index < count; index += 3) {
    await day.selectOption({ index });
    await page.getByRole("button", { name: "Hold this day for me" }).click();
    const held = page.getByText("Held for you: sign the two contracts");
    // A new refusal takes the focus; the one before may still stand there.
    const refused = page.locator("form [role=alert]:focus");
    await expect(held.or(refused).first()).toBeVisible();
    if (await held.isVisible()) return;
  }
  throw new Error("No day could be held.");
}

test("a patient accepts an estimate, books, signs and pays in the browser", async ({ page }) => {
  test.setTimeout(150_000);
  const refused = watchPolicy(page);
  const { caseId, reviewId, email } = await caseWithCentre();
  await sendEstimate(reviewId);
  await signIn(page, email, PASSWORD);
  await expectAccessible(page);
  await page.goto(`/en/my/cases/${caseId}/estimates`);
  await expectAccessible(page);
  await page.getByRole("button", { name: "Accept this estimate" }).click();
  await page.getByRole("link", { name: "Choose a day" }).click();
  await expect(page.getByLabel("Day of the procedure")).toBeVisible();
  // Nothing costs money before it was asked for, and the refund rules stand beside the form.
  await expect(page.locator("input[name=services]:checked")).toHaveCount(0);
  await expect(page.getByRole("table", { name: "Refunds by cause" })).toBeVisible();
  await expectAccessible(page);
  await holdADay(page);
  await expect(page.getByText("Nothing has been paid yet.")).toBeVisible();
  await expectAccessible(page);

  await page.getByLabel("Type your full name to sign").first().fill("Samira Haddad");
  await page.getByRole("button", { name: "Sign contract A" }).click();
  await expect(page.getByText("Signed by Samira Haddad").first()).toBeVisible();
  await page.getByLabel("Type your full name to sign").first().fill("Samira Haddad");
  await page.getByRole("button", { name: "Order with obligation to pay" }).click();
  await expect(page.getByText("Signed: now the deposit")).toBeVisible();

  await page.getByRole("button", { name: /^Pay / }).first().click();
  await page.waitForURL(/\/c\/pay\//);
  await expectAccessible(page);
  await page.getByLabel(/card number/i).fill("4242424242424242");
  await page.getByRole("button", { name: /pay/i }).first().click();
  await page.waitForURL(/\/payment\?session=/);
  await expect(page.getByText("Paid. Thank you.")).toBeVisible({ timeout: 20_000 });
  await expectAccessible(page);
  await page.getByRole("link", { name: "Back to the booking" }).click();
  await expect(page.getByText("Deposit paid: waiting for the clinic to confirm the day")).toBeVisible();
  expect(refused).toEqual([]);
});
