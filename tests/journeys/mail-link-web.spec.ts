import { expect, test } from "@playwright/test";
import { newPatient } from "../support/api";
import { mailedLink, watchPolicy } from "../support/browser";

test.describe("a link by mail", () => {
  test("signs its owner in by the button of the page it opens, once", async ({ page, request }) => {
    const refused = watchPolicy(page);
    const { email } = await newPatient();
    const link = await mailedLink(page, email);
    const fragment = new URLSearchParams(link.split("#")[1]);
    const followed = await request.get(`/api/auth/callback/email?${fragment}`, { maxRedirects: 0 });
    expect(followed.status()).toBe(404);
    const posted = await request.post("/api/auth/callback/email", {
      form: Object.fromEntries(fragment),
      headers: { origin: "https://evil.test" },
      maxRedirects: 0,
    });
    expect(posted.status()).toBe(403);

    await page.goto(link);
    await page.getByRole("button", { name: "Sign in now" }).click();
    await page.waitForURL((url) => url.pathname === "/en/my");
    await page.goto("/en/account");
    await expect(page.getByText(email).first()).toBeVisible();

    await page.context().clearCookies();
    await page.goto("/en/signin");
    await page.goto(link);
    await page.getByRole("button", { name: "Sign in now" }).click();
    await page.waitForURL((url) => url.pathname === "/en/signin");
    expect(refused).toEqual([]);
  });

  test("tells nobody who has an account", async ({ request }) => {
    const known = await newPatient();
    for (const email of [known.email, "nobody@example.test"]) {
      const asked = await request.post("/api/auth/signin/email", { form: { email }, maxRedirects: 0 });
      expect(asked.status()).toBe(404);
    }
  });
});
