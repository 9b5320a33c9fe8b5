import { expect } from "@playwright/test";
import { switchOnByPage } from "../support/authenticator";
import { expectAccessible, signIn } from "../support/browser";
import { test } from "../support/elsewhere";
import { letProofAge, newStaff } from "../support/staff";

const PASSWORD = "valvia-demo";

test("without scripts a box that was unticked comes back unticked from a refused form", async ({
  elsewhere,
  signedIn,
}) => {
  const signed = await signedIn("manager2@demo.valvia.test");
  const plain = await elsewhere({
    javaScriptEnabled: false,
    storageState: await signed.context().storageState(),
  });
  await plain.goto("/en/cabinet/listing");
  const box = plain.getByRole("checkbox", { name: "Heart team" });
  const before = await box.isChecked();
  await box.setChecked(!before);
  await plain.getByLabel("Languages spoken").fill("english");
  await plain.getByRole("button", { name: "Save the draft" }).click();
  await expect(plain.getByText("Some answers need another look").first()).toBeVisible();
  await expect(plain.getByLabel("Languages spoken")).toHaveValue("english");
  expect(await box.isChecked()).toBe(!before);
});

test("without scripts a fresh second step is taken on a page of its own, and what was typed goes through", async ({
  elsewhere,
  page,
}) => {
  test.setTimeout(120_000);
  const felix = await newStaff("Felix Kleiber", "finance");
  await signIn(page, felix.email);
  const { app } = await switchOnByPage(page, PASSWORD);
  await letProofAge(felix);
  const plain = await elsewhere({
    javaScriptEnabled: false,
    storageState: await page.context().storageState(),
  });
  await plain.goto("/en/desk/money");
  const reference = `PLAIN-${Date.now()}`;
  await plain.getByText("Record a bank transfer").click();
  await plain.getByLabel("Reference").fill(reference);
  await plain.getByLabel("Amount", { exact: true }).fill("1250.00");
  await plain.getByRole("button", { name: "Record the transfer" }).click();
  await expect(plain.getByLabel("Reference")).toHaveValue(reference);
  const opened = plain.context().waitForEvent("page");
  await plain.getByRole("link", { name: "Confirm that it is you in another tab" }).click();
  const confirm = await opened;
  await expect(confirm.getByRole("heading", { level: 1, name: "Confirm that it is you" })).toBeVisible();
  await confirm.getByLabel("Code").fill("000000");
  await confirm.getByRole("button", { name: "Confirm", exact: true }).click();
  await expect(confirm.getByRole("alert")).toContainText("does not fit");
  await confirm.getByLabel("Code").fill(app.code(1));
  await confirm.getByRole("button", { name: "Confirm", exact: true }).click();
  await expect(confirm.getByText(/^Confirmed for the next minutes/)).toBeVisible();
  await expect(confirm.getByRole("link", { name: "Back to where you were" })).toHaveAttribute(
    "href",
    "/en/desk/money",
  );
  await plain.getByRole("button", { name: "Record the transfer" }).click();
  await expect(
    plain.getByText("Recorded, but it pays nothing yet. No booking with this reference"),
  ).toBeVisible();

  // The same page with scripts, for whoever comes upon it.
  await page.goto("/en/account/confirm?next=/en/desk/money");
  await expectAccessible(page);
});
