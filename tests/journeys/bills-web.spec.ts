import { expect, test } from "@playwright/test";
import { makePdf } from "../../prisma/seed/files/pdf";
import { expectAccessible, expectNothingCut, signIn, signOut } from "../support/browser";
import { demoStaff, must } from "../support/main-job";
import { xlsxOf } from "../support/xlsx";

interface Listed {
  items: { id: string; number: string }[];
}
interface Bills {
  bills: { id: string; number: string }[];
  rows: { agreed: { amount: number } }[];
}

/** A treated patient of the centre whose invoice has not come, with what was agreed in major units. */
async function treatedDay() {
  const { manager } = await demoStaff();
  const { items } = must(await manager.get<Listed>("/bookings?limit=100"), 200);
  for (const { id, number } of items) {
    const { rows } = must(await manager.get<Bills>(`/bookings/${id}/bills`), 200);
    const tried = await manager.post(`/bookings/${id}/bills`, {
      ...{ fileId: id, number: "none", issuedOn: "2026-01-01", currency: "EUR", total: 1 },
      lines: [{ wording: "none", amount: 1 }],
    });
    // Refused for its file alone: everything else about the day would let an invoice in.
    const isOpen = (tried.body as { code?: string }).code === "invalid_bill_file";
    if (isOpen) return { id, number, agreed: rows.reduce((sum, row) => sum + row.agreed.amount, 0) / 100 };
  }
  throw new Error("No treated patient of the demo waits for an invoice.");
}

test("a centre sends its original invoice, and it stands beside what was agreed", async ({ page }) => {
  test.setTimeout(120_000);
  const { id, agreed } = await treatedDay();
  await signIn(page, "manager@demo.valvia.test");
  await page.goto(`/en/cabinet/bookings/${id}`);
  await page.getByRole("link", { name: "Hospital bill" }).click();
  await expect(page.getByRole("heading", { name: "Bill beside estimate" })).toBeVisible();
  const form = page.locator("form#bill");
  if (!(await form.isVisible())) await page.getByText("Enter an invoice", { exact: true }).click();
  const number = `J-${Date.now()}`;
  const original = makePdf([[number, "Procedure"]], "Invoice");
  // On a slow line it is still on its way when the lines are there: what is sent waits for it.
  const line = Promise.withResolvers<void>();
  await page.route("**/bill-uploads*", async (route) => {
    await line.promise;
    await route.continue();
  });
  await form.getByLabel("Original invoice").setInputFiles({
    ...{ name: `${number}.pdf`, mimeType: "application/pdf", buffer: original },
  });
  await expect(form.getByText("Being sent and checked …")).toBeVisible();
  await form.getByLabel("Invoice number").fill(number);
  await form.getByLabel("Date of the invoice").fill("2026-11-01");
  await form.getByLabel("Total in EUR").fill(String(agreed - 500));
  const lines = xlsxOf({
    rows: [
      ["wording", "kind", "amount"],
      ["Clip procedure, whole stay", "Treatment", { formula: "D9-400", value: agreed - 400 }],
    ],
  });
  await form.getByLabel("Or choose the lines as XLSX or CSV").setInputFiles({
    ...{ name: "lines.xlsx", mimeType: "application/vnd.ms-excel", buffer: Buffer.from(lines) },
  });
  await expectAccessible(page);
  await form.getByRole("button", { name: "Enter the invoice" }).click();
  await expect(form.getByText("Being sent and checked …")).toBeVisible();
  line.resolve();
  await expect(form.getByText(`Kept: ${number}.pdf`)).toBeVisible({ timeout: 30_000 });
  await expect(form.getByText("The lines do not add up to the total.").first()).toBeVisible();
  const read = form.getByLabel("Or paste the lines as CSV");
  await expect(read).toHaveValue(/"Clip procedure, whole stay",Treatment,/);
  await form.getByLabel("Or choose the lines as XLSX or CSV").setInputFiles([]);
  await read.fill((await read.inputValue()).replace(String(agreed - 400), String(agreed - 500)));
  await form.getByRole("button", { name: "Enter the invoice" }).click();
  await expect(page.getByText("Clip procedure, whole stay").first()).toBeVisible();
  // What was entered is no longer in the form.
  await expect(page.getByText(`Kept: ${number}.pdf`)).toHaveCount(0);
  await expect(form.locator('input[name="fileId"]')).toHaveValue("");
  await expect(page.getByText(/(?:less|more) than agreed\.$/).first()).toBeVisible();
  await expectAccessible(page);
  const href = await page.getByRole("link", { name: "Download the original" }).first().getAttribute("href");
  const content = await page.request.get(href ?? "");
  expect((await content.body()).equals(original)).toBe(true);
});

test("a patient sees bill and estimate side by side, and asks about a line", async ({ page }) => {
  test.setTimeout(120_000);
  await signIn(page, "patient2@demo.valvia.test");
  await page.goto("/en/my");
  const addresses = await page
    .locator('a[href*="/my/cases/"]')
    .evaluateAll((links) =>
      links.map((link) => link.getAttribute("href")?.split("/").slice(0, 5).join("/") ?? ""),
    );
  let found = "";
  for (const address of new Set(addresses)) {
    await page.goto(`${address}/bill`);
    if ((await page.getByRole("heading", { name: "Original invoices" }).count()) > 0) found = address;
    if (found) break;
  }
  await expect(page.getByText("Final account", { exact: true })).toBeVisible();
  await expect(page.getByText(/less than agreed\.$/)).toBeVisible();
  await expect(page.getByText(/^Closed on .* Your final bill: /)).toBeVisible();
  const paid = page.locator("div", { has: page.getByRole("heading", { name: "The hospital's final bill" }) });
  for (const term of ["Final bill", "Paid for the treatment", "Came back to you"])
    await expect(paid.last().getByText(term, { exact: true })).toBeVisible();
  await expect(page.getByText(/It has gone back to whoever paid/)).toBeVisible();
  await expect(page.getByText(/You owe/)).toHaveCount(0);
  await expectAccessible(page);
  await page.setViewportSize({ width: 360, height: 780 });
  await page.goto(`${found.replace("/en/", "/ar/")}/bill`);
  await expectAccessible(page);
  await expectNothingCut(page, "the bill on a phone");
  // The statement knows the final bill too.
  await page.goto(`${found}/statement`);
  await expect(page.getByRole("heading", { name: "The hospital's final bill" })).toBeVisible();
  await expect(page.getByText(/until the hospital's final invoice has been checked/)).toHaveCount(0);
  await page.goto(`${found}/bill`);
  const question = `What is in this sum? ${Date.now()}`;
  const ask = page.locator("form#ask-about-bill");
  await ask.getByLabel("Which line").selectOption({ index: 1 });
  await ask.getByLabel("Your question").fill(question);
  await ask.getByRole("button", { name: "Send the question" }).click();
  await expect(ask.getByText("Sent. The answer comes in your messages.")).toBeVisible();
  await page.goto(`${found}/messages`);
  await expect(page.getByText(question)).toBeVisible();
  await signOut(page);
});

test("finance finds what is to be settled, and quoted versus paid as a sheet", async ({ page }) => {
  await signIn(page, "finance@demo.valvia.test");
  await page.goto("/en/desk/money/bills");
  await expect(page.getByRole("heading", { name: "Hospital bills" })).toBeVisible();
  await expectAccessible(page);
  const sheet = await page.request.get("/en/desk/money/bills/export");
  expect(await sheet.text()).toMatch(/^clinic,cases,median_bp,low_bp,high_bp\r\n/);
  // A patient who has left the hospital: before that an account stays open.
  const row = page.getByRole("row", { name: /Bohai Heart Hospital.*To be settled/ });
  await row.getByRole("link").first().click();
  // Closing is final: it is asked once more, with what it moves in words.
  const close = page.getByRole("button", { name: /^Close the account at/ });
  await expect(close).toBeHidden();
  await page.getByText("Close the account …", { exact: true }).click();
  await expect(page.getByText(/^The patient's final bill becomes /)).toBeVisible();
  await expect(page.getByText(/ was paid beyond it\. That is proposed to go back at once/)).toBeVisible();
  await expect(close).toBeVisible();
  await expectAccessible(page);
  await page.goto("/en/desk/money/bills");
  const settled = page.getByRole("row", { name: /Settled/ }).first();
  await settled.getByRole("link").first().click();
  await expect(page.getByText("This account is closed")).toBeVisible();
  await expect(page.getByText("Correct the comparison")).toBeHidden();
});
