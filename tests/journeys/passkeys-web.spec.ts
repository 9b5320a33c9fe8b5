import { expect, type Page, test } from "@playwright/test";
import { BASE, newPatient } from "../support/api";
import { expectAccessible, signOut, typePassword, watchPolicy } from "../support/browser";
import { expectStill, slowDown } from "../support/standing-still";

const PASSWORD = "a long sentence to remember";

// Passkeys are bound to a name: the demo answers to its own as well as to its number.
test.use({ baseURL: BASE.replace("127.0.0.1", "localhost") });

/** A phone that keeps passkeys and knows the finger of whoever holds it. */
async function withAuthenticator(page: Page): Promise<void> {
  const chromium = await page.context().newCDPSession(page);
  await chromium.send("WebAuthn.enable");
  await chromium.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      protocol: "ctap2",
      transport: "internal",
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
}

test("a passkey is added, signs in alone and after a password, is renamed and removed", async ({ page }) => {
  test.setTimeout(150_000);
  const refused = watchPolicy(page);
  const { email } = await newPatient();
  await withAuthenticator(page);
  await typePassword(page, email, PASSWORD);
  await page.waitForURL(/\/en\/my$/);
  await page.goto("/en/account/second-factor");
  await expectAccessible(page);
  await page.getByLabel("Name of the device").fill("My phone");
  await page.getByLabel("Your password now").fill(PASSWORD);
  await page.getByRole("button", { name: "Add a passkey" }).click();
  const codes = page.getByRole("region", { name: "Recovery codes" });
  await expect(codes.getByRole("listitem")).toHaveCount(10);
  await page.getByRole("link", { name: "I have kept them" }).click();
  const rows = page.getByRole("table", { name: "Passkeys" }).getByRole("row");
  await expect(rows.nth(1)).toContainText("My phone");
  await expectAccessible(page);

  await signOut(page);
  await page.goto("/en/signin?next=/en/account/second-factor");
  await expectAccessible(page);
  await page.getByRole("button", { name: "Sign in with a passkey" }).click();
  await page.waitForURL(/\/en\/account\/second-factor$/);
  await expect(rows.nth(1)).not.toContainText("never");

  await signOut(page);
  await typePassword(page, email, PASSWORD);
  await page.waitForURL(/\/signin\/second$/);
  await page.getByRole("button", { name: "Use a passkey" }).click();
  await page.waitForURL(/\/en\/my$/);

  await page.goto("/en/account/second-factor");
  await page.getByText("Rename", { exact: true }).click();
  await rows.nth(1).getByLabel("Name of the device").fill("Old phone");
  await page.getByRole("button", { name: "Save the name" }).click();
  await expect(rows.nth(1).getByRole("rowheader")).toHaveText("Old phone");
  await page.getByLabel("stop working", { exact: false }).check();
  await page.getByRole("button", { name: "Make ten new codes" }).click();
  await expect(codes.getByRole("listitem")).toHaveCount(10);
  await page.goto("/ar/account/second-factor");
  await expectAccessible(page);
  await page.goto("/en/account/second-factor");
  await page.getByRole("button", { name: "Remove" }).click();
  await expect(page.getByRole("table", { name: "Passkeys" })).toHaveCount(0);
  await expect(page.getByText("10 are left")).toHaveCount(0);
  expect(refused).toEqual([]);
});

test("a passkey whose answer was lost is not called unused, and its codes are made anew", async ({
  page,
}) => {
  const { email } = await newPatient();
  await withAuthenticator(page);
  await typePassword(page, email, PASSWORD);
  await page.waitForURL(/\/en\/my$/);
  await page.goto("/en/account/second-factor");
  await page.getByLabel("Name of the device").fill("My phone");
  await page.getByLabel("Your password now").fill(PASSWORD);
  await page.route("**/api/session/passkey/new", async (route) => {
    const isAnswer = (route.request().postData() ?? "").includes("response");
    if (!isAnswer) return route.continue();
    await route.fetch();
    await route.abort();
  });
  await page.getByRole("button", { name: "Add a passkey" }).click();
  await expect(
    page.getByText("it is not certain whether the passkey was added", { exact: false }),
  ).toBeVisible();
  await expectAccessible(page);
  // On a slow line nothing is pressed for something else: the form that comes by script pushes nothing away.
  await slowDown(page);
  await page.setViewportSize({ width: 360, height: 1_600 });
  await page.getByRole("link", { name: "Look again" }).click();
  await expect(page.getByRole("button", { name: "Add a passkey" })).toBeVisible();
  await expectStill(page);
  await expect(page.getByRole("table", { name: "Passkeys" }).getByRole("row").nth(1)).toContainText(
    "My phone",
  );
  await page.getByLabel("stop working", { exact: false }).check();
  await page.getByRole("button", { name: "Make ten new codes" }).click();
  const codes = page.getByRole("region", { name: "Recovery codes" });
  await expect(codes.getByRole("listitem")).toHaveCount(10);
});

test("a page reached by a bare number says where passkeys work", async ({ page }) => {
  const { email } = await newPatient();
  await page.goto(`${BASE}/en/signin`);
  const form = page.locator("form").filter({ has: page.getByLabel("Password") });
  await form.getByLabel("E-mail address").fill(email);
  await form.getByLabel("Password").fill(PASSWORD);
  await form.getByRole("button", { name: "Sign in", exact: true }).click();
  await page.waitForURL(/\/en\/my$/);
  await page.goto(`${BASE}/en/account/second-factor`);
  await expect(page.getByRole("link", { name: /^http:\/\/localhost/ })).toBeVisible();
});
