import { expect } from "@playwright/test";
import { newPatient } from "../support/api";
import { expectAccessible, signIn } from "../support/browser";
import { test } from "../support/elsewhere";

const PASSWORD = "a long sentence to remember";

test("somebody sees where they are signed in, and signs out there", async ({ page, elsewhere }) => {
  const { email } = await newPatient();
  const others = await Promise.all([elsewhere(), elsewhere({ timezoneId: "Asia/Dubai" })]);
  for (const other of others) await signIn(other, email, PASSWORD);
  await signIn(page, email, PASSWORD);
  await page.goto("/en/account");
  const rows = page.getByRole("table", { name: "Where you are signed in" }).getByRole("row");
  await expect(rows).toHaveCount(4);
  await expect(rows.nth(1)).toContainText("this browser");
  await expect(rows.nth(1)).toContainText("Germany Time");
  await expectAccessible(page);
  await rows
    .filter({ hasText: "United Arab Emirates Time" })
    .getByRole("button", { name: "Sign out there" })
    .click();
  await expect(rows).toHaveCount(3);
  await page.getByRole("button", { name: "Sign out everywhere else" }).click();
  await expect(rows).toHaveCount(2);
  for (const other of others) {
    await other.goto("/en/my");
    await expect(other).toHaveURL(/\/signin\?next/);
  }
  await page.goto("/ar/account");
  await expectAccessible(page);
});
