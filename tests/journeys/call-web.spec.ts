import { expect } from "@playwright/test";
import { expectAccessible, signIn, watchPolicy } from "../support/browser";
import { test } from "../support/elsewhere";
import { caseWithCentre } from "../support/main-job";

test("a patient asks for a call, the desk rings and writes it down", async ({ page, signedIn }) => {
  test.setTimeout(120_000);
  const { caseId, email } = await caseWithCentre();
  const refused = watchPolicy(page);
  await signIn(page, email, "a long sentence to remember");
  await page.getByRole("link", { name: "Ask us to call you" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Ask for a call" })).toBeVisible();
  await page.getByLabel("Which number shall we ring?").fill("0");
  await page.getByRole("button", { name: "Ask for a call" }).click();
  await expect(page.getByLabel("Which number shall we ring?")).toHaveAttribute("aria-invalid", "true");
  await expectAccessible(page);
  await page.getByLabel("Which number shall we ring?").fill("+962 6 555 0100");
  await page.getByLabel("When does it suit").fill("after 18:00 in Amman");
  await page.getByRole("button", { name: "Ask for a call" }).click();
  await expect(page.getByText("You asked for a call.")).toBeVisible();
  await expectAccessible(page);

  const desk = await signedIn("coordinator@demo.valvia.test");
  await desk.goto(`/en/desk/cases/${caseId}`);
  await expect(desk.getByText("Call back: the patient asked for it")).toBeVisible();
  await desk.getByRole("link", { name: "Calls", exact: true }).click();
  await expect(desk.getByText("after 18:00 in Amman")).toBeVisible();
  await expect(desk.getByRole("link", { name: "+962 6 555 0100" })).toHaveAttribute(
    "href",
    "tel:+96265550100",
  );
  await desk.getByLabel("We spoke with each other").check();
  await desk.getByLabel("What was said").fill("Her daughter translates.");
  await desk.getByRole("button", { name: "Save the call" }).click();
  await expect(desk.getByText("Written down.")).toBeVisible();
  await expectAccessible(desk);

  await page.reload();
  await expect(page.getByText("Spoken with each other")).toBeVisible();
  await expect(page.getByText("Her daughter translates.")).toHaveCount(0);
  expect(refused).toEqual([]);
});
