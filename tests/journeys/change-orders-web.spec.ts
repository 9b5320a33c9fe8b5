import { expect, test } from "@playwright/test";
import { until } from "../support/api";
import { expectAccessible, signIn, signOut } from "../support/browser";
import { confirmedDay, must } from "../support/main-job";

const PASSWORD = "a long sentence to remember";

test("a price rises only after the patient has seen old and new and typed a name", async ({ page }) => {
  test.setTimeout(150_000);
  const { email, caseId, bookingId, patient } = await confirmedDay();
  await signIn(page, "manager@demo.valvia.test");
  await page.goto(`/en/cabinet/bookings/${bookingId}`);
  await page.getByText("Propose a change of contract A").click();
  const form = page.locator("form#change-A");
  await form.getByLabel("Reason").selectOption("longer_stay");
  await form.getByLabel("In words the patient understands").fill("Two more nights, because of a fever.");
  const sum = form.locator('input[name="lines.0.amount"]');
  const before = Number(await sum.inputValue());
  await sum.fill(String(before + 900));
  // Sent as it is booked, it says so at once; the link leads to the first sum.
  await sum.fill(`${before}.00`);
  await form.getByRole("button", { name: "Send to the patient" }).click();
  const nothing = form.getByRole("alert").getByRole("link", { name: /^Nothing differs from what is booked/ });
  await nothing.click();
  await expect(sum).toBeFocused();
  await sum.fill(String(before + 900));
  await form.getByRole("button", { name: "Send to the patient" }).click();
  await expect(form.getByRole("alert").getByRole("link", { name: /, Why it changes: / })).toBeVisible();
  await form.locator('input[name="lines.0.cause"]').fill("Two nights at 450 euros");
  await expectAccessible(page);
  await form.getByRole("button", { name: "Send to the patient" }).click();
  await expect(page.getByText("waits for an answer", { exact: true })).toBeVisible();
  await signOut(page);

  await signIn(page, email, PASSWORD);
  await page.goto(`/en/my/cases/${caseId}`);
  await expect(page.getByText("A change of your booking waits for your answer.")).toBeVisible();
  await page.getByRole("link", { name: "See old and new" }).click();
  const changes = page.locator("#changes");
  await expect(changes.getByText("Two more nights, because of a fever.")).toBeVisible();
  await expect(changes.getByText("€900.00 more", { exact: true })).toBeVisible();
  await expectAccessible(page);
  // The bar of a phone asks for money; it lies over no answer.
  await expect(page.locator(".next-bar")).toHaveCSS("position", "static");
  await changes.getByLabel("Type your name to agree").fill("Somebody Else");
  await changes.getByRole("button", { name: /^Agree to/ }).click();
  await expect(changes.getByText("This is not your name as we know it.").first()).toBeVisible();
  await changes.getByLabel("Type your name to agree").fill("Samira Haddad");
  await changes.getByRole("button", { name: /^Agree to/ }).click();
  await expect(page.locator("#answered")).toContainText(/^You have agreed: contract A is €.* now/);
  await expect(page.locator(".next-bar")).toHaveCSS("position", "sticky");
  await expect(changes.getByText("agreed", { exact: true })).toBeVisible();
  await expect(page.locator("#payments").getByText("Agreed change").first()).toBeVisible();

  const { items } = must(
    await patient.get<{ items: { state: string; typedName: string }[] }>(
      `/change-orders?bookingId=${bookingId}`,
    ),
    200,
  );
  expect(items).toMatchObject([{ state: "accepted", typedName: "Samira Haddad" }]);
  const papers = await until(
    () => patient.get<{ items: { kind: string }[] }>(`/cases/${caseId}/documents`),
    (answer) => answer.body.items.some((paper) => paper.kind === "change_order"),
  );
  expect(papers.status).toBe(200);
});
