import { expect, type Page } from "@playwright/test";
import { expectAccessible, signIn, untilAwake, watchPolicy } from "../support/browser";
import { test } from "../support/elsewhere";
import { bindingYes, caseWithCentre } from "../support/main-job";

/** The builder of a new case's first estimate. */
async function openBuilder(page: Page, locale = "en"): Promise<string> {
  const { caseId, reviewId } = await caseWithCentre();
  await bindingYes(reviewId);
  await signIn(page, "coordinator@demo.valvia.test");
  await page.goto(`/${locale}/desk/cases/${caseId}/estimates/new?review=${reviewId}&template=none`);
  return caseId;
}

const lineOf = (page: Page, n: number) => page.getByRole("group", { name: `Line ${n}`, exact: true });
const totalOf = (page: Page, name: string) =>
  page.getByRole("table", { name: "What the lines come to" }).getByRole("row", { name });

test("a coordinator sees what the lines come to with every change, and hears it once the hand rests", async ({
  page,
}) => {
  test.setTimeout(120_000);
  const refused = watchPolicy(page);
  const caseId = await openBuilder(page);
  const treatment = lineOf(page, 1);
  await untilAwake(treatment.getByLabel("Expected"));
  await treatment.getByLabel("Low", { exact: true }).fill("30000");
  await treatment.getByLabel("Expected").fill("٣٤٬٠٠٠");
  await treatment.getByLabel("High", { exact: true }).fill("41,000.50");
  const hospital = totalOf(page, "Contract A, with the hospital");
  await expect(hospital).toContainText("€30,000.00");
  await expect(hospital).toContainText("€34,000.00");
  await expect(hospital).toContainText("€41,000.50");
  await expect(page.getByText(/^Required lines: Low €/)).toHaveText(/Expected €3\d,\d{3}\.00, High €4\d,/);

  const before = await totalOf(page, "Required lines").innerText();
  await page.getByRole("button", { name: "Add a line" }).click();
  const added = page.getByRole("group", { name: /^Line \d+$/ }).last();
  await expect(page.getByText(/because a sum is missing/)).toContainText("Line 7");
  await added.getByLabel("Expected").fill("100");
  await expect(page.getByText(/because a sum is missing/)).toHaveCount(0);
  await expect(totalOf(page, "Required lines")).not.toHaveText(before);
  await added.getByRole("button", { name: /^Remove/ }).click();
  await expect.poll(() => totalOf(page, "Required lines").innerText()).toBe(before);

  await page.getByLabel("Currency").selectOption("KWD");
  await expect(hospital).toContainText("KWD 34,000.000");
  await page.getByLabel("Currency").selectOption("EUR");
  await expectAccessible(page);
  await page.getByRole("button", { name: "Save the draft" }).click();
  await page.waitForURL(new RegExp(`/desk/cases/${caseId}/estimates#`));
  await expect(totalOf(page, "Contract A, with the hospital")).toContainText("€41,000.50");
  await expect(page.getByText("Together: the expected total")).toBeVisible();
  await expectAccessible(page);
  expect(refused).toEqual([]);
});

test("a refused estimate names line and field, and leads to it", async ({ page }) => {
  test.setTimeout(120_000);
  await openBuilder(page);
  await untilAwake(lineOf(page, 1).getByLabel("Expected"));
  // From here on what is the third line in the form's names is the second one on the page.
  await lineOf(page, 2)
    .getByRole("button", { name: /^Remove/ })
    .click();
  await lineOf(page, 2).getByLabel("Expected").fill("much");
  await page.getByRole("button", { name: "Save the draft" }).click();
  const link = page.getByRole("alert").getByRole("link", { name: /^Line 2, Expected: A sum such as/ });
  await link.click();
  await expect(lineOf(page, 2).getByLabel("Expected")).toBeFocused();
});

test("without JavaScript the totals are there when it opens and after it came back refused", async ({
  elsewhere,
}) => {
  test.setTimeout(120_000);
  const page = await elsewhere({ javaScriptEnabled: false, viewport: { width: 360, height: 780 } });
  await openBuilder(page);
  await expect(totalOf(page, "Required lines")).toContainText("€");
  await expect(page.getByText("reckoned anew each time you save")).toBeVisible();
  await lineOf(page, 1).getByLabel("Expected").fill("31234.50");
  await lineOf(page, 1).getByLabel("Low", { exact: true }).fill("");
  await lineOf(page, 1).getByLabel("High", { exact: true }).fill("");
  await lineOf(page, 3).getByLabel("Expected").fill("much");
  await page.getByRole("button", { name: "Save the draft" }).click();
  await expect(totalOf(page, "Contract A, with the hospital")).toContainText("€31,234.50");
  await expect(page.getByText(/because a sum is missing/)).toContainText("Line 3");
  await page.getByRole("link", { name: /^Line 3, Expected: A sum such as/ }).click();
  await expect(lineOf(page, 3).getByLabel("Expected")).toBeFocused();
});
