import { expect, type Page, test } from "@playwright/test";
import { expectAccessible, signIn, watchPolicy } from "../support/browser";
import { caseWithCentre, sendEstimate } from "../support/main-job";

const PASSWORD = "a long sentence to remember";

/** Days may be taken by others meanwhile: a person would choose the next one. */
async function takeADay(page: Page, label: string, button: string, done: string): Promise<void> {
  const day = page.getByLabel(label);
  await expect(day).toBeVisible();
  const count = await day.getByRole("option").count();
  for (let index = Math.min(22, count - 1); index < count; index += 3) {
    await day.selectOption({ index });
    await page.getByRole("button", { name: button }).click();
    const taken = page.getByText(done).first();
    // A new refusal takes the focus; the one before may still stand there.
    await expect(taken.or(page.locator("form [role=alert]:focus")).first()).toBeVisible();
    if (await taken.isVisible()) return;
  }
  throw new Error("No day could be had.");
}

test("a patient moves a hold to another day, reads the new contract and signs it", async ({ page }) => {
  test.setTimeout(150_000);
  const refused = watchPolicy(page);
  const { caseId, reviewId, email } = await caseWithCentre();
  await sendEstimate(reviewId);
  await signIn(page, email, PASSWORD);
  await page.goto(`/en/my/cases/${caseId}/estimates`);
  await page.getByRole("button", { name: "Accept this estimate" }).click();
  await page.getByRole("link", { name: "Choose a day" }).click();
  await takeADay(
    page,
    "Day of the procedure",
    "Hold this day for me",
    "Held for you: sign the two contracts",
  );

  await page.getByText("Move to another day").click();
  await expect(page.getByText("the time to sign and pay stays what it is")).toBeVisible();
  await expectAccessible(page);
  await takeADay(page, "New day", "Move the booking to this day", "The day was moved from");
  const told = await page.getByText("The day was moved from").innerText();
  const newDay = /to (.+?), on/.exec(told)?.[1] ?? "no day";
  await page.getByText("Read the contract").first().click();
  // The contract writes its months out.
  const inFull = newDay.replace(/ ([A-Z][a-z]{2}) /, " $1[a-z]* ");
  await expect(page.getByText(new RegExp(`planned for ${inFull}`))).toBeVisible();
  await expectAccessible(page);

  await page.getByLabel("Type your full name to sign").first().fill("Samira Haddad");
  await page.getByRole("button", { name: "Sign contract A" }).click();
  await expect(page.getByText("Signed by Samira Haddad").first()).toBeVisible();
  // Still unfolded, the same place now says why the day stays.
  await expect(page.getByText("A contract is signed for this day")).toBeVisible();
  await expect(page.getByRole("button", { name: "Move the booking to this day" })).toHaveCount(0);

  // What would come back follows the day and the reason, without a button.
  await page.goto(`/en/my/cases/${caseId}/booking/refund`);
  const answer = page.getByText(/^If .+ comes back\.$/);
  const today = await answer.innerText();
  await page.getByRole("slider").press("End");
  await expect(answer).not.toHaveText(today);
  const later = await answer.innerText();
  await page.getByLabel("Why it would end").selectOption({ index: 2 });
  await expect(answer).not.toHaveText(later);
  await expect(page.getByRole("slider")).toHaveValue(
    (await page.getByRole("slider").getAttribute("max")) ?? "",
  );
  await expectAccessible(page);

  await page.goto(`/en/my/cases/${caseId}/statement`);
  await expect(page.getByText("No sum has changed by it.")).toBeVisible();
  await expectAccessible(page);
  expect(refused).toEqual([]);
});
