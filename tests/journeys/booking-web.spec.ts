import { expect, type Page } from "@playwright/test";
import { expectAccessible, signIn, watchPolicy } from "../support/browser";
import { test } from "../support/elsewhere";
import { caseWithCentre, must, sendEstimate } from "../support/main-job";

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

test("the language of an interpreter is asked only once one is ticked, without scripts too", async ({
  elsewhere,
}) => {
  test.setTimeout(120_000);
  const { patient, caseId, reviewId, email } = await caseWithCentre();
  const { id, hash } = await sendEstimate(reviewId);
  must(await patient.post(`/estimates/${id}/accept`, { hash }), 200);
  const page = await elsewhere({ javaScriptEnabled: false });
  await signIn(page, email, PASSWORD);
  await page.goto(`/en/my/cases/${caseId}/booking`);
  const language = page.getByLabel("Language for the interpreter");
  await expect(page.getByLabel("Day of the procedure")).toBeVisible();
  await expect(language).toBeHidden();
  await page.getByLabel(/^Interpreter/).check();
  await expect(language).toBeVisible();
  await language.selectOption("");
  await page.getByRole("button", { name: "Hold this day for me" }).click();
  await expect(page.getByText("You ticked the interpreter: choose the language.").first()).toBeVisible();
  await expect(page.getByLabel(/^Interpreter/)).toBeChecked();
  await page.getByLabel(/^Interpreter/).uncheck();
  await expect(language).toBeHidden();
  await holdADayPlainly(page);
});

/** Each answer is a page of its own. */
async function holdADayPlainly(page: Page): Promise<void> {
  const day = page.getByLabel("Day of the procedure");
  const count = await day.getByRole("option").count();
  for (let index = Math.min(20, count - 1); index < count; index += 3) {
    await day.selectOption({ index });
    await page.getByRole("button", { name: "Hold this day for me" }).click();
    if (await page.getByText("Held for you: sign the two contracts").isVisible()) return;
    await expect(page.getByRole("main").getByRole("alert")).toBeVisible();
  }
  throw new Error("No day could be held.");
}
