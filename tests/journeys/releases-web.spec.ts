import { expect, test, type Page } from "@playwright/test";
import { expectAccessible, signIn, signOut } from "../support/browser";

const [ONE, TWO] = ["finance@demo.valvia.test", "finance2@demo.valvia.test"];

/** The hospital's share that waits in the demo for its second person, proposed by the first of finance. */
function waitingRow(page: Page) {
  const waiting = page.getByRole("region", { name: "Wait for somebody" });
  return waiting.getByRole("listitem").filter({ hasText: "Bohai Heart Hospital" }).first();
}

async function open(page: Page, who: string) {
  await signIn(page, who);
  await page.goto("/en/desk/money/releases");
}

test("whoever approves a release sees its account and its evidence, and two people know the account", async ({
  page,
}) => {
  test.setTimeout(120_000);
  const number = `ACC-${Date.now()}`;
  await open(page, ONE);
  await waitingRow(page)
    .getByText(/^(?:Write down|Change) the account$/)
    .click();
  await waitingRow(page)
    .getByLabel("Legal name of whoever holds the account")
    .fill("Bohai Heart Hospital Co., Ltd.");
  await waitingRow(page).getByLabel("IBAN, or the number of the account").fill("DE00 3704 0044 0532 0130 00");
  await waitingRow(page).getByLabel("Where you have it from").fill("Its contract, read back by telephone");
  await waitingRow(page).getByRole("button", { name: "Write it down" }).click();
  await expect(waitingRow(page).getByText("This is no valid IBAN").first()).toBeVisible();
  await waitingRow(page).getByLabel("IBAN, or the number of the account").fill(number);
  await waitingRow(page).getByRole("button", { name: "Write it down" }).click();
  await expect(waitingRow(page).getByText("You wrote it down")).toBeVisible();
  await expect(waitingRow(page).getByRole("button", { name: "Confirm this account" })).toHaveCount(0);
  await expectAccessible(page);
  await signOut(page);

  await open(page, TWO);
  await expect(waitingRow(page).getByText("Nobody can approve it while")).toBeVisible();
  await expect(waitingRow(page).getByRole("button", { name: "Approve", exact: true })).toHaveCount(0);
  const original = waitingRow(page).getByRole("link", { name: "Invoice of the hospital, the original" });
  const href = await original.getAttribute("href");
  const content = await page.request.get(href ?? "");
  expect([content.status(), (await content.body()).length > 0]).toEqual([200, true]);
  await waitingRow(page).getByRole("button", { name: "Confirm this account" }).click();
  await expect(waitingRow(page).getByText(/^Confirmed by Tomás Herrera/)).toBeVisible();
  await expect(waitingRow(page).getByText(number)).toBeVisible();
  await expect(waitingRow(page).getByRole("button", { name: "Approve", exact: true })).toBeVisible();
  await expectAccessible(page);
});
