import { expect, test } from "@playwright/test";
import { expectAccessible, signIn } from "../support/browser";
import { databaseOf, withUnreadableViews } from "../support/unreadable";

const EMAIL = "coordinator2@demo.valvia.test";
const DATA = process.env["VALVIA_DATA"] ?? "";

test("a part the desk cannot read is said in its place, and the board stands", async ({ page }) => {
  await signIn(page, EMAIL);
  await page.goto("/en/desk/cases?stage=triage");
  await page.getByText("Save this view").click();
  await page.getByLabel("Name of the view").fill(`Morning ${Date.now().toString(36)}`);
  await page.getByRole("button", { name: "Save the view" }).click();
  await expect(page.getByText("Saved. It stands above the table.")).toBeVisible();
  await withUnreadableViews(databaseOf(DATA), EMAIL, async () => {
    const answer = await page.goto("/en/desk");
    expect(answer?.status()).toBe(200);
    await expect(page.getByText("Your saved views: this part could not be fetched")).toBeVisible();
    await expect(page.getByText(/Number for our team: [0-9a-f]{8}/)).toBeVisible();
    await expect(page.getByRole("heading", { name: /^Due next/ })).toBeVisible();
    await expect(page.getByRole("heading", { name: /Triage/ }).first()).toBeVisible();
    await expectAccessible(page);
  });
  await page.getByRole("link", { name: "Load again" }).click();
  await expect(page.getByRole("navigation", { name: "Your saved views" })).toBeVisible();
});
