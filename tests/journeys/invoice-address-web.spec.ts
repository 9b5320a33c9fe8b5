import { expect } from "@playwright/test";
import { expectAccessible, signIn, watchPolicy } from "../support/browser";
import { test } from "../support/elsewhere";
import { caseWithCentre } from "../support/main-job";

test("a patient says where invoices go to, and the coordinator corrects it", async ({ page, signedIn }) => {
  test.setTimeout(120_000);
  const { caseId, email } = await caseWithCentre();
  const refused = watchPolicy(page);
  await signIn(page, email, "a long sentence to remember");
  await page.goto(`/en/my/cases/${caseId}/documents`);
  const address = page.getByLabel("Street, postcode and town");
  await address.fill("a\nb\nc\nd\ne\nf\ng");
  await page.getByRole("button", { name: "Keep this address" }).click();
  await expect(address).toHaveAttribute("aria-invalid", "true");
  await expect(address).toHaveValue("a\nb\nc\nd\ne\nf\ng");
  await expectAccessible(page);
  await address.fill("Al Wasl Road 7\nDubai");
  await page.getByRole("button", { name: "Keep this address" }).click();
  await expect(page.getByText("Kept. Invoices from now on carry it.")).toBeVisible();
  await page.reload();
  await expect(address).toHaveValue("Al Wasl Road 7\nDubai");

  const desk = await signedIn("coordinator@demo.valvia.test");
  await desk.goto(`/en/desk/cases/${caseId}`);
  await desk.getByText("Address on invoices").click();
  const theirs = desk.getByLabel("Street, postcode and town");
  await expect(theirs).toHaveValue("Al Wasl Road 7\nDubai");
  await theirs.fill("Al Wasl Road 9\nDubai");
  await desk.getByRole("button", { name: "Keep this address" }).click();
  await expect(desk.getByText("Kept. Invoices from now on follow it.")).toBeVisible();
  await expectAccessible(desk);

  await page.reload();
  await expect(address).toHaveValue("Al Wasl Road 9\nDubai");
  expect(refused).toEqual([]);
});
