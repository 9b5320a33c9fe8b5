import { expect, test } from "@playwright/test";
import { expectAccessible, signIn, watchPolicy } from "../support/browser";
import { caseWithCentre, sendEstimate } from "../support/main-job";
import { xlsxOf } from "../support/xlsx";

const XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
const PASSWORD = "a long sentence to remember";

test("a centre brings its lines from a workbook, mends a cell and saves them as its template", async ({
  page,
}) => {
  await signIn(page, "manager2@demo.valvia.test");
  const refused = watchPolicy(page);
  await page.goto("/en/cabinet/prices");
  await page.getByRole("link", { name: "Rehabilitation" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText("Lines of estimates");
  const rows = page.getByRole("group", { name: /^Line \d+$/ });
  const before = await rows.count();
  const sheet = xlsxOf({
    rows: [
      ["kind", "label", "quantity", "expected", "cause"],
      ["Rehab", "Three weeks", 21, { formula: "C2*900", value: 18_900 }, "Length of stay"],
      ["other", "Private room", 21, "dear", "Season"],
    ],
  });
  await page
    .getByLabel("Lines from XLSX or CSV")
    .setInputFiles({ name: "lines.xlsx", mimeType: XLSX, buffer: Buffer.from(sheet) });
  await page.getByRole("button", { name: "Add these lines" }).click();
  await expect(rows).toHaveCount(before + 2);
  await expect(page.getByRole("row", { name: "3 expected dear A sum such as" })).toBeVisible();
  const dear = rows.last().getByLabel("Expected");
  await expect(dear).toHaveValue("dear");
  await expectAccessible(page);
  await dear.fill("4200");
  await page.getByRole("button", { name: "Save as the template" }).click();
  await expect(page.getByText("Saved. The next estimate of this treatment")).toBeVisible();
  await expect(rows.last().getByLabel("Expected")).toHaveValue("4200");
  await expect(rows.last().getByLabel("Label")).toHaveValue("Private room");
  await expect(page.getByText(/The lines below begin with: the centre's template of/)).toBeVisible();
  expect(refused).toEqual([]);
});

test("a patient reads what is paid when, and the sums in another currency, before accepting", async ({
  page,
}) => {
  test.setTimeout(120_000);
  const { email, caseId, reviewId } = await caseWithCentre();
  await sendEstimate(reviewId);
  await signIn(page, email, PASSWORD);
  await page.goto(`/en/my/cases/${caseId}/estimates?currency=USD`);
  await expect(page.getByRole("heading", { name: "What you would pay, and when" })).toBeVisible();
  await expect(page.getByText("Deposit, when you sign")).toBeVisible();
  await expect(page.getByText("Balance, 14 days before the treatment").first()).toBeVisible();
  await expect(page.getByText(/In your currency about US\$/)).toBeVisible();
  await expect(page.getByText(/At the rate it was sent with: 1 EUR = [\d.]+ USD/)).toBeVisible();
  await expect(page.getByRole("button", { name: "Accept this estimate" })).toBeVisible();
  await expectAccessible(page);
});
