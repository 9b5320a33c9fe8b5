import { expect, type Page } from "@playwright/test";
import { expectAccessible, signIn, watchPolicy } from "../support/browser";
import { test } from "../support/elsewhere";
import { caseWithCentre } from "../support/main-job";

async function visit(page: Page, path: string): Promise<void> {
  const answer = await page.goto(path);
  expect(answer?.status(), path).toBe(200);
  await expect(page.getByRole("heading", { level: 1 }).first()).toBeVisible();
  await expectAccessible(page);
}

const PUBLIC = [
  "",
  "/clinics",
  "/clinics?treatment=teer&country=DE&sort=price",
  "/clinics/herzzentrum-rheintal",
  "/clinics/bohai-heart-hospital",
  "/compare?c=herzzentrum-rheintal,bohai-heart-hospital",
  "/treatments/teer",
  "/treatments/tavi-transapical",
  "/devices/j-valve",
  "/conditions/mitral-regurgitation",
  "/countries/DE",
  "/prices",
  "/how-it-works",
  "/how-we-rank",
  "/who-pays-us",
  "/emergency",
  "/your-data",
  "/developers",
];

test("public pages answer and stand up to axe, in light and dark, in English and Arabic", async ({
  page,
}) => {
  test.setTimeout(180_000);
  for (const path of PUBLIC) await visit(page, `/en${path}`);
  await page.emulateMedia({ colorScheme: "dark" });
  for (const path of ["", "/clinics", "/clinics/herzzentrum-rheintal", "/treatments/teer"])
    await visit(page, `/en${path}`);
  for (const path of ["", "/clinics", "/emergency"]) await visit(page, `/ar${path}`);
  await expect(page.locator("html")).toHaveAttribute("dir", "rtl");
});

test("somebody without JavaScript searches and reads", async ({ elsewhere }) => {
  const page = await elsewhere({ javaScriptEnabled: false });
  await page.goto("/en/clinics?q=tianjin");
  await expect(page.getByRole("article")).toHaveCount(1);
  await page.getByRole("link", { name: "Bohai Heart Hospital" }).first().click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText("Bohai Heart Hospital");
});

test("a coordinator reads the desk", async ({ page }) => {
  test.setTimeout(120_000);
  const refused = watchPolicy(page);
  const { caseId } = await caseWithCentre();
  await signIn(page, "coordinator@demo.valvia.test");
  await visit(page, "/en/desk");
  await visit(page, "/en/desk/cases");
  await visit(page, "/en/desk/listings");
  await visit(page, `/en/desk/cases/${caseId}`);
  for (const tab of ["/records", "/clinics", "/estimates", "/booking", "/messages", "/log"]) {
    await visit(page, `/en/desk/cases/${caseId}${tab}`);
  }
  await visit(page, "/en/account");
  expect(refused).toEqual([]);
});

test("finance reads the ledger, an administrator the listings", async ({ page, signedIn }) => {
  await signIn(page, "finance@demo.valvia.test");
  await visit(page, "/en/desk/money");
  const other = await signedIn("admin@demo.valvia.test");
  await visit(other, "/en/desk/listings");
});

test("a reviewer and a manager work in the cabinet", async ({ page, signedIn }) => {
  test.setTimeout(120_000);
  const { reviewId } = await caseWithCentre();
  await signIn(page, "reviewer@demo.valvia.test");
  for (const path of ["", "/reviews"]) await visit(page, `/en/cabinet${path}`);
  for (const tab of ["", "/answer", "/messages"]) await visit(page, `/en/cabinet/reviews/${reviewId}${tab}`);
  const other = await signedIn("manager@demo.valvia.test");
  for (const path of ["", "/bookings", "/listing", "/prices", "/capacity", "/ages"])
    await visit(other, `/en/cabinet${path}`);
});

test("a stranger finds nothing behind an address of somebody else", async ({ page }) => {
  const { caseId } = await caseWithCentre();
  await signIn(page, "patient2@demo.valvia.test");
  expect((await page.goto(`/en/my/cases/${caseId}`))?.status()).toBe(404);
  expect((await page.goto("/en/desk"))?.status()).toBe(404);
  expect((await page.goto("/en/cabinet"))?.status()).toBe(404);
});
