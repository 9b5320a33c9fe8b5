import { expect } from "@playwright/test";
import { expectAccessible, watchPolicy } from "../support/browser";
import { test } from "../support/elsewhere";
import { caseWithCentre } from "../support/main-job";

test("a coordinator copies numbers out of a report, and the reviewer sees what they say by each guideline", async ({
  signedIn,
}) => {
  test.setTimeout(180_000);
  const { caseId, reviewId } = await caseWithCentre();
  const desk = await signedIn("coordinator@demo.valvia.test");
  const refused = watchPolicy(desk);
  await desk.goto(`/en/desk/cases/${caseId}/records`);
  await desk.locator("summary", { hasText: "Write numbers down" }).click();
  await desk.getByLabel("Day of the examination").fill("2026-01-20");
  await desk.getByLabel("Mitral EROA (PISA)", { exact: true }).fill("0,45");
  await desk.getByLabel("Mitral regurgitant volume (PISA)", { exact: true }).fill("65");
  await desk.getByRole("button", { name: "Keep these numbers" }).click();
  await expect(desk.getByText(/0\.45 cm² would fit/).first()).toBeVisible();
  await expect(desk.getByLabel("Mitral regurgitant volume (PISA)", { exact: true })).toHaveValue("65");
  await expectAccessible(desk);
  await desk.getByLabel("Unit of Mitral EROA (PISA)").selectOption({ label: "cm²" });
  await desk.getByRole("button", { name: "Keep these numbers" }).click();
  const examined = desk.getByRole("table", { name: /Examined on 20 Jan(uary)? 2026/ });
  await expect(examined.getByText("45 mm²")).toBeVisible();
  await expect(examined.getByText(/told as .*0\.45 cm²/)).toBeVisible();
  expect(refused).toEqual([]);

  const reviewer = await signedIn("reviewer@demo.valvia.test");
  await reviewer.goto(`/en/cabinet/reviews/${reviewId}/numbers`);
  await expectAccessible(reviewer);
  const secondary = reviewer.getByRole("table", { name: "Mitral regurgitation, read as secondary" });
  await expect(secondary.getByRole("row", { name: /2025 ESC\/EACTS/ })).toContainText("severe");
  await expect(secondary.getByRole("row", { name: /2020 ACC\/AHA/ })).toContainText("severe");
  // A centre takes back its own numbers, never the desk's.
  await expect(reviewer.getByRole("button", { name: /Take back/ })).toHaveCount(0);

  await examined.getByRole("button", { name: "Take back Mitral EROA (PISA)" }).click();
  await expect(examined.getByText("45 mm²")).toBeHidden();
  await reviewer.reload();
  await expect(secondary.getByRole("row", { name: /2025 ESC\/EACTS/ })).toContainText("cannot be graded");
});
