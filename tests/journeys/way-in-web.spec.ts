import { expect, test } from "@playwright/test";
import { signIn } from "../support/browser";

const STARTS = [
  ["patient@demo.valvia.test", "/en/my"],
  ["coordinator@demo.valvia.test", "/en/desk"],
  ["finance@demo.valvia.test", "/en/desk"],
  ["manager@demo.valvia.test", "/en/cabinet"],
] as const;

for (const [email, start] of STARTS) {
  test(`"Sign in" on a public page leads ${email} to their own start`, async ({ page }) => {
    await signIn(page, email);
    await page.goto("/en/clinics");
    await page.getByRole("link", { name: "Sign in", exact: true }).first().click();
    await page.waitForURL((url) => url.pathname.startsWith(start));
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await expect(page.getByRole("heading", { name: /not here|not found/i })).toHaveCount(0);
  });
}

test('"Sign in" on a public page leads a visitor to the sign-in page, in their language', async ({
  page,
}) => {
  await page.goto("/ar/clinics");
  await page.locator('nav a[href="/ar/signin/home"]').first().click();
  await page.waitForURL((url) => url.pathname === "/ar/signin");
});
