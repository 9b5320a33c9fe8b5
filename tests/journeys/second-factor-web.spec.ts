import { expect, type Page, test } from "@playwright/test";
import { newPatient } from "../support/api";
import { appWith } from "../support/authenticator";
import { expectAccessible, signIn, watchPolicy } from "../support/browser";

const PASSWORD = "a long sentence to remember";

/** Switches the second step on, as its owner would; answers the app and the recovery codes. */
async function switchOn(page: Page) {
  await page.goto("/en/account");
  await page.getByRole("link", { name: "Set up a second step" }).click();
  await page.getByRole("button", { name: "Set up an app" }).click();
  await expect(page.getByRole("img", { name: "QR picture for your authenticator app" })).toBeVisible();
  await expectAccessible(page);
  const app = appWith(await page.locator("code").innerText());
  await page.getByLabel("Code from the app").fill(app.code(-1));
  await page.getByLabel("Your password now").fill(PASSWORD);
  await page.getByRole("button", { name: "Switch on" }).click();
  const codes = page.getByRole("region", { name: "Recovery codes" });
  await expect(codes.getByRole("listitem")).toHaveCount(10);
  await expectAccessible(page);
  const told = await codes.getByRole("listitem").allInnerTexts();
  await page.getByRole("link", { name: "I have kept them" }).click();
  await expect(page.getByText("10 are left")).toBeVisible();
  return { app, codes: told };
}

async function signOut(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Sign out", exact: true }).click();
  await page.waitForURL((url) => url.pathname === "/en");
}

async function typePassword(page: Page, email: string): Promise<void> {
  await page.goto("/en/signin");
  const form = page.locator("form").filter({ has: page.getByLabel("Password") });
  await form.getByLabel("E-mail address").fill(email);
  await form.getByLabel("Password").fill(PASSWORD);
  await form.getByRole("button", { name: "Sign in" }).click();
  await page.waitForURL(/\/signin\/second$/);
}

test("a second step guards an account, by the app or by a code kept for the day it is lost", async ({
  page,
}) => {
  const refused = watchPolicy(page);
  const { email } = await newPatient();
  await signIn(page, email, PASSWORD);
  const { app, codes } = await switchOn(page);
  await expectAccessible(page);

  await signOut(page);
  await typePassword(page, email);
  await expectAccessible(page);
  await page.goto("/en/my");
  await expect(page).toHaveURL(/\/signin\?next/);
  await page.goto("/en/signin/second");
  await page.getByLabel("Code", { exact: true }).fill("000000");
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(
    page
      .getByRole("alert")
      .getByText(/does not fit/)
      .first(),
  ).toBeVisible();
  await page.getByLabel("Code", { exact: true }).fill(app.code(1));
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await page.waitForURL(/\/en\/my$/);

  await signOut(page);
  await typePassword(page, email);
  await page.getByText("Without your phone").click();
  await page.getByLabel("Recovery code").fill(codes[0]?.toUpperCase() ?? "");
  await page.getByRole("button", { name: "Sign in with this code" }).click();
  await page.waitForURL(/\/en\/my$/);

  await page.goto("/en/account/second-factor");
  await expect(page.getByText("9 are left")).toBeVisible();
  await page.getByText("Switch the app off").click();
  await page
    .getByLabel("Code", { exact: true })
    .first()
    .fill(codes[1] ?? "");
  await page.getByRole("button", { name: "Switch off", exact: true }).click();
  await expect(page.getByRole("button", { name: "Set up an app" })).toBeVisible();
  expect(refused).toEqual([]);
});

test("a link from a mail is a first step too, and no way around the second", async ({ page }) => {
  const { email } = await newPatient();
  await signIn(page, email, PASSWORD);
  const { app } = await switchOn(page);
  await signOut(page);
  await page.goto("/en/signin");
  const form = page.locator("form").filter({ hasNot: page.getByLabel("Password") });
  await form.getByLabel("E-mail address").fill(email);
  await form.getByRole("button", { name: "Mail me a link" }).click();
  await expect(page.getByText("a link is on its way")).toBeVisible();
  await page.goto(`/en/mailbox?to=${encodeURIComponent(email)}`);
  const text = await page.locator("body").innerText();
  const link = /https?:\/\/\S+\/signin\/link#\S+/.exec(text)?.[0] ?? "";
  await page.goto(link.replace("/en/signin", "/ar/signin"));
  await page.locator("main form button[type=submit]").click();
  await page.waitForURL(/\/ar\/signin\/second$/);
  await expectAccessible(page);
  const names = (await page.context().cookies()).map((cookie) => cookie.name);
  expect(names).not.toContain("valvia");
  await page.goto("/en/my");
  await expect(page).toHaveURL(/\/signin\?next/);
  await page.goto("/en/signin/second");
  await page.getByLabel("Code", { exact: true }).fill(app.code(1));
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await page.waitForURL(/\/en\/my$/);
});

test("a second step that nobody waits for says that it is over", async ({ page }) => {
  await page.goto("/en/signin/second");
  await expect(page.getByText("This sign-in is over")).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("link", { name: "Begin again" }).click();
  await page.waitForURL(/\/en\/signin$/);
});
