import { expect, type Page, test } from "@playwright/test";
import { newPatient } from "../support/api";
import { type appWith, switchOnByPage } from "../support/authenticator";
import { expectAccessible, signIn, watchPolicy } from "../support/browser";
import { letProofAge, newStaff } from "../support/staff";

const PASSWORD = "valvia-demo";
const PATIENT_PASSWORD = "a long sentence to remember";
const confirm = (page: Page) => page.getByRole("dialog", { name: "Confirm that it is you" });

type App = ReturnType<typeof appWith>;

/** A wrong code first, then the right one, into the dialog over the page. */
async function confirmByApp(page: Page, app: App, ahead: number): Promise<void> {
  await expect(confirm(page)).toBeVisible();
  await expectAccessible(page);
  await confirm(page).getByLabel("Code").fill("000000");
  await confirm(page).getByRole("button", { name: "Confirm and go on" }).click();
  await expect(confirm(page).getByRole("alert")).toContainText("does not fit");
  await confirm(page).getByLabel("Code").fill(app.code(ahead));
  await confirm(page).getByRole("button", { name: "Confirm and go on" }).click();
  await expect(confirm(page)).toBeHidden();
}

test("money waits for a fresh second step, and moves once when it is taken", async ({ page }) => {
  const refused = watchPolicy(page);
  const felix = await newStaff("Felix Amsel", "finance");
  await signIn(page, felix.email);
  const { app } = await switchOnByPage(page, PASSWORD);
  await letProofAge(felix);
  await page.goto("/en/desk/money");
  const reference = `NO-BOOKING-${Date.now()}`;
  await page.getByText("Record a bank transfer").click();
  await page.getByLabel("Reference").fill(reference);
  await page.getByLabel("Amount", { exact: true }).fill("1250.00");
  await page.getByRole("button", { name: "Record the transfer" }).click();
  await expect(page.getByLabel("Reference")).toHaveValue(reference);
  await confirmByApp(page, app, 1);
  await expect(
    page.getByText("Recorded, but it pays nothing yet. No booking with this reference"),
  ).toBeVisible();
  const booked = page.getByRole("row").filter({ hasText: reference }).filter({ hasText: "No booking" });
  await expect(booked).toHaveCount(1);
  await page.reload();
  await expect(booked).toHaveCount(1);
  expect(refused).toEqual([]);
});

test("whoever closes the question moves nothing and keeps what was typed", async ({ page }) => {
  const felix = await newStaff("Felix Buntspecht", "finance");
  await signIn(page, felix.email);
  await switchOnByPage(page, PASSWORD);
  await letProofAge(felix);
  await page.goto("/en/desk/money");
  const reference = `NOT-SENT-${Date.now()}`;
  await page.getByText("Record a bank transfer").click();
  await page.getByLabel("Reference").fill(reference);
  await page.getByLabel("Amount", { exact: true }).fill("99.00");
  await page.getByRole("button", { name: "Record the transfer" }).click();
  await expect(confirm(page)).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(confirm(page)).toBeHidden();
  await expect(page.getByText("Confirm that it is you first", { exact: false })).toBeVisible();
  await expect(page.getByLabel("Reference")).toHaveValue(reference);
  await page.reload();
  await expect(page.getByText(reference)).toHaveCount(0);
});

test("a token of the API is made after a fresh second step", async ({ page }) => {
  const felix = await newStaff("Felix Zeisig", "finance");
  await signIn(page, felix.email);
  const { app } = await switchOnByPage(page, PASSWORD);
  await letProofAge(felix);
  await page.goto("/en/account");
  await page.getByLabel("What is it for?").fill("ledger export");
  await page.getByRole("button", { name: "Make a token" }).click();
  await confirmByApp(page, app, 1);
  await expect(page.getByText(/vlv_/)).toBeVisible();
  await expect(page.getByRole("row").filter({ hasText: "ledger export" })).toHaveCount(1);
});

test("an administrator changes a colleague's roles, signs them out and removes lost factors", async ({
  page,
  browser,
}) => {
  test.setTimeout(150_000);
  const refused = watchPolicy(page);
  const [ada, clara] = [
    await newStaff("Ada Drossel", "admin"),
    await newStaff("Clara Elster", "coordinator"),
  ];
  const there = await (await browser.newContext()).newPage();
  await signIn(there, clara.email);
  await switchOnByPage(there, PASSWORD);

  await signIn(page, ada.email);
  const { app } = await switchOnByPage(page, PASSWORD);
  await page.getByRole("link", { name: "Staff", exact: true }).first().click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Staff");
  await expectAccessible(page);
  await page.getByLabel("Name, address or centre").fill("elster");
  await page.getByRole("button", { name: "Find" }).click();
  await expect(page.getByRole("row").filter({ hasText: clara.email })).toContainText("App");
  await page.getByRole("link", { name: "Clara Elster" }).first().click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Clara Elster");
  await expectAccessible(page);

  await letProofAge(ada);
  await page.getByRole("checkbox", { name: /^Coordinator/ }).uncheck();
  await page.getByRole("button", { name: "Change the roles" }).click();
  await confirmByApp(page, app, 1);
  await expect(page.getByRole("link", { name: "Choose at least one role." })).toBeVisible();
  await page.getByRole("checkbox", { name: /^Finance/ }).check();
  await page.getByRole("button", { name: "Change the roles" }).click();
  await expect(page.getByText("The roles are changed.")).toBeVisible();
  await expect(page.getByRole("checkbox", { name: /^Finance/ })).toBeChecked();
  await expect(page.getByRole("checkbox", { name: /^Coordinator/ })).not.toBeChecked();
  await there.goto("/en/desk");
  await expect(there).toHaveURL(/\/signin/);

  await page.getByText("Remove the second step").click();
  await page.getByLabel("I called back, by a number we knew before").check();
  await page.getByRole("button", { name: "Remove every factor" }).click();
  await expect(page.getByText("The second step is removed.")).toBeVisible();
  await expect(page.getByText("There is no second step to remove.")).toBeVisible();
  await expectAccessible(page);
  await signIn(there, clara.email);
  await expect(there).toHaveURL(/\/en\/desk\/money$/);
  await expect(there.getByRole("link", { name: "Staff", exact: true })).toHaveCount(0);
  await there.goto("/en/desk/people");
  await expect(there.getByRole("heading", { level: 1 })).not.toHaveText("Staff");

  await page.getByRole("button", { name: "Sign out everywhere" }).click();
  await expect(page.getByText("One browser was signed out")).toBeVisible();
  await there.goto("/en/desk/money");
  await expect(there).toHaveURL(/\/signin/);
  await page.goto(`/en/mailbox?to=${encodeURIComponent(clara.email)}`);
  await expect(page.getByText("Your second step was removed").first()).toBeVisible();

  await page.goto(`/en/desk/people/${ada.id}`);
  await expect(page.getByText("Nobody changes their own roles")).toBeVisible();
  await expect(page.getByRole("button", { name: "Change the roles" })).toHaveCount(0);
  expect(refused).toEqual([]);
});

test("an administrator lets a patient in again who has lost every factor, by the exact address", async ({
  page,
  browser,
}) => {
  const refused = watchPolicy(page);
  const ada = await newStaff("Ada Kleiber", "admin");
  const { email } = await newPatient();
  const there = await (await browser.newContext()).newPage();
  await signIn(there, email, PATIENT_PASSWORD);
  await switchOnByPage(there, PATIENT_PASSWORD);

  await signIn(page, ada.email);
  const { app } = await switchOnByPage(page, PASSWORD);
  await letProofAge(ada);
  await page.goto("/en/desk/people");
  await page.getByText("Remove a patient's second step").click();
  await expectAccessible(page);
  const address = page.getByLabel("Mail address of the account");
  await address.fill(`x${email}`);
  await page.getByLabel("I saw their identity papers").check();
  await page.getByRole("button", { name: "Remove every factor" }).click();
  await confirmByApp(page, app, 1);
  await expect(page.getByText("No patient with this address", { exact: false })).toBeVisible();
  await expect(address).toHaveValue(`x${email}`);
  await address.fill(email);
  await page.getByRole("button", { name: "Remove every factor" }).click();
  await expect(page.getByText("The patient has been told by mail.", { exact: false })).toBeVisible();
  await there.goto("/en/my");
  await expect(there).toHaveURL(/\/signin/);
  await signIn(there, email, PATIENT_PASSWORD);
  expect(refused).toEqual([]);
});
