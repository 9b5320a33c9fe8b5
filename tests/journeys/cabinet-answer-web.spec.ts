import { expect, type Page } from "@playwright/test";
import { expectAccessible, signIn, watchPolicy } from "../support/browser";
import { test } from "../support/elsewhere";
import { caseWithCentre } from "../support/main-job";

/** Goes on with Tab until the named control has the focus. */
async function tabTo(page: Page, name: RegExp | string, role: "textbox" | "button" | "combobox" | "radio") {
  const wanted = page.getByRole(role, { name }).first();
  for (let step = 0; step < 80; step += 1) {
    await page.keyboard.press("Tab");
    if (await wanted.evaluate((node) => node === document.activeElement)) return;
  }
  throw new Error(`Tab never came to ${String(name)}.`);
}

test("a doctor answers by keyboard alone, and signs only after the summary", async ({ page }) => {
  test.setTimeout(120_000);
  const { reviewId } = await caseWithCentre();
  await signIn(page, "reviewer@demo.valvia.test");
  const refused = watchPolicy(page);
  await page.goto("/en/cabinet");
  await expect(page.getByRole("heading", { level: 1, name: "Today" })).toBeVisible();
  await expect(page.locator(`a[href$="/cabinet/reviews/${reviewId}"]`)).toBeVisible();
  await page.goto(`/en/cabinet/reviews/${reviewId}`);
  await page.getByRole("button", { name: "Begin the review" }).press("Enter");
  await page.getByRole("link", { name: "Write the answer" }).press("Enter");
  await expect(page.getByRole("radio").first()).toBeVisible();
  await expect(page.getByRole("heading", { name: "Risks" })).toBeHidden();

  await tabTo(page, "Can be treated here", "radio");
  await page.keyboard.press("Space");
  await expect(page.getByRole("heading", { name: "Risks" })).toBeVisible();
  await expect(page.getByRole("heading", { name: "Conditions" })).toBeHidden();
  await page.keyboard.press("ArrowDown");
  await expect(page.getByRole("heading", { name: "Conditions" })).toBeVisible();
  await expectAccessible(page);
  await tabTo(page, "What must be done first", "textbox");
  await page.keyboard.type("Dental check");
  await tabTo(page, "Who sees to it", "textbox");
  await page.keyboard.type("Home dentist");
  await tabTo(page, "Diagnosis as understood", "textbox");
  await page.keyboard.type("Severe aortic stenosis");
  await tabTo(page, "Event", "textbox");
  await page.keyboard.type("Stroke within 30 days");
  await tabTo(page, "Of 100", "textbox");
  await page.keyboard.type("two");
  await tabTo(page, "Check the answer", "button");
  await page.keyboard.press("Enter");
  const summary = page.getByRole("region", { name: "Check before you sign" });
  await expect(summary).toContainText("Dental check");
  await expect(summary).toContainText("Risk 1 · Event");
  await expect(page.getByRole("textbox", { name: "Event" }).first()).toBeHidden();
  await expectAccessible(page);

  await tabTo(page, "Sign as first doctor", "button");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("main").getByRole("alert")).toBeVisible();
  const percent = page.getByRole("textbox", { name: "Of 100" }).first();
  await expect(percent).toHaveAttribute("aria-invalid", "true");
  await expect(percent).toHaveValue("two");
  await percent.focus();
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.type("2");
  await tabTo(page, "Check the answer", "button");
  await page.keyboard.press("Enter");
  await expect(summary).toBeVisible();
  await tabTo(page, "Sign as first doctor", "button");
  await page.keyboard.press("Enter");
  await expect(page.getByText("You signed first. A colleague signs second.")).toBeVisible();
  await expect(page.getByText(/Dental check – Home dentist/)).toBeVisible();
  expect(refused).toEqual([]);
});

test("without JavaScript every question of the verdict is there, and the button signs", async ({
  elsewhere,
  signedIn,
}) => {
  test.setTimeout(120_000);
  const { reviewId } = await caseWithCentre();
  const page = await signedIn("reviewer@demo.valvia.test");
  await page.goto(`/en/cabinet/reviews/${reviewId}`);
  await page.getByRole("button", { name: "Begin the review" }).click();
  await expect(page.getByRole("link", { name: "Write the answer" })).toBeVisible();
  const still = await elsewhere({
    javaScriptEnabled: false,
    storageState: await page.context().storageState(),
  });
  await still.goto(`/en/cabinet/reviews/${reviewId}/answer`);
  await still.getByLabel("This centre cannot treat it").check();
  await still.getByRole("textbox", { name: "Reason" }).fill("Too frail for the procedure.");
  await still.getByRole("button", { name: "Sign as first doctor" }).click();
  await expect(still.getByText("You signed first. A colleague signs second.")).toBeVisible();
  await expect(still.getByText("Too frail for the procedure.")).toBeVisible();
});

test("a manager sees what waits, and sets places with the arrow keys", async ({ page }) => {
  await signIn(page, "manager@demo.valvia.test");
  const refused = watchPolicy(page);
  await page.goto("/en/cabinet");
  await expect(page.getByRole("heading", { level: 1, name: "Today" })).toBeVisible();
  await expectAccessible(page);
  await page.goto("/en/cabinet/capacity?page=4");
  const first = page.locator('[data-place="0 0"]');
  // The arrows are the script's, which comes a moment after the page.
  await expect(async () => {
    await first.focus();
    await page.keyboard.press("ArrowRight");
    await expect(page.locator('[data-place="0 1"]')).toBeFocused({ timeout: 500 });
  }).toPass();
  await page.keyboard.press("ArrowDown");
  await expect(page.locator('[data-place="1 1"]')).toBeFocused();
  // Another number than the one that stands there: what is not changed is not saved.
  const offered = String((Number(await page.locator('[data-place="1 1"]').inputValue()) % 9) + 1);
  await page.keyboard.type(offered);
  await page.keyboard.press("ArrowUp");
  await expect(page.locator('[data-place="0 1"]')).toBeFocused();
  await expect(page.getByText("Saved.")).toBeVisible();
  await expectAccessible(page);
  await page.reload();
  await expect(page.locator('[data-place="1 1"]')).toHaveValue(offered);
  expect(refused).toEqual([]);
});
