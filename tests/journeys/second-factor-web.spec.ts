import { expect, type Page } from "@playwright/test";
import { newPatient } from "../support/api";
import { appWith, switchOnByPage } from "../support/authenticator";
import {
  expectAccessible,
  mailedLink,
  newestLink,
  signIn,
  signOut,
  typePassword,
  untilAwake,
  watchPolicy,
} from "../support/browser";
import { test } from "../support/elsewhere";
import { forgetPassword, letLinkAge, letProofAge } from "../support/staff";

const PASSWORD = "a long sentence to remember";

test("a second step guards an account, by the app or by a code kept for the day it is lost", async ({
  page,
}) => {
  const refused = watchPolicy(page);
  const { email } = await newPatient();
  await signIn(page, email, PASSWORD);
  const { app, codes } = await switchOnByPage(page, PASSWORD);
  await expectAccessible(page);

  await signOut(page);
  await typePassword(page, email, PASSWORD);
  await page.waitForURL(/\/signin\/second$/);
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
  await typePassword(page, email, PASSWORD);
  await page.waitForURL(/\/signin\/second$/);
  await page.getByText("Without your phone").click();
  await page.getByLabel("Recovery code").fill(codes[0]?.toUpperCase() ?? "");
  await page.getByRole("button", { name: "Sign in with this code" }).click();
  await page.waitForURL(/\/en\/my$/);

  await page.goto("/en/account/second-factor");
  await expect(page.getByText("9 are left")).toBeVisible();
  await page.getByText("Switch the app off").click();
  await page.getByRole("button", { name: "Switch off", exact: true }).click();
  await expect(page.getByRole("button", { name: "Set up an app" })).toBeVisible();
  expect(refused).toEqual([]);
});

test("a link from a mail is a first step too, and no way around the second", async ({ page }) => {
  const { email } = await newPatient();
  await signIn(page, email, PASSWORD);
  const { app } = await switchOnByPage(page, PASSWORD);
  await signOut(page);
  const link = await mailedLink(page, email);
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

test("whoever has no password shows by a link that it is they, before anything changes", async ({ page }) => {
  const refused = watchPolicy(page);
  const { email } = await newPatient();
  await forgetPassword(email);
  await page.goto(await mailedLink(page, email));
  await page.getByRole("button", { name: "Sign in now" }).click();
  await page.waitForURL(/\/en\/my$/);
  await page.goto("/en/account");
  await expect(page.getByLabel("New password")).toBeVisible();
  await page.goto("/en/account/second-factor");
  await page.getByRole("button", { name: "Set up an app" }).click();
  await expect(page.getByLabel("Code from the app")).toBeVisible();
  const app = appWith(await page.locator("code").innerText());

  // Too long ago while the form stood there: in its place the page offers a link.
  await letLinkAge(email);
  await page.getByLabel("Code from the app").fill(app.code());
  await page.getByRole("button", { name: "Switch on" }).click();
  await expect(page.getByRole("heading", { name: "Show first that this mailbox is yours" })).toBeVisible();
  await expectAccessible(page);
  await page.goto("/en/account");
  await expect(page.getByLabel("New password")).toHaveCount(0);
  await expectAccessible(page);
  await page.goto("/en/account/second-factor");
  await page.getByRole("button", { name: "Mail me a link" }).click();
  await expect(page.getByText("The link is on its way.", { exact: false })).toBeVisible();
  const mails = await page.context().newPage();
  await mails.goto(await newestLink(mails, email));
  await mails.getByRole("button", { name: "Sign in now" }).click();
  await mails.waitForURL(/\/en\/account\/second-factor$/);
  await page.getByRole("link", { name: "I have opened the link" }).click();
  await page.getByLabel("Code from the app").fill(app.code());
  await page.getByRole("button", { name: "Switch on" }).click();
  await expect(page.getByRole("region", { name: "Recovery codes" }).getByRole("listitem")).toHaveCount(10);
  expect(refused).toEqual([]);
});

test("a second step that nobody waits for says that it is over", async ({ page }) => {
  await page.goto("/en/signin/second");
  await expect(page.getByText("This sign-in is over")).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("link", { name: "Begin again" }).click();
  await page.waitForURL(/\/en\/signin$/);
});

const codesOn = (page: Page) => page.getByRole("region", { name: "Recovery codes" }).getByRole("listitem");

test("without scripts the recovery codes are shown once, and new ones after another second step", async ({
  elsewhere,
}) => {
  test.setTimeout(120_000);
  const page = await elsewhere({ javaScriptEnabled: false });
  const { email, id } = await newPatient();
  await signIn(page, email, PASSWORD);
  await page.goto("/en/account/second-factor");
  await page.getByRole("button", { name: "Set up an app" }).click();
  const app = appWith(await page.locator("code").innerText());
  await page.getByLabel("Code from the app").fill("000000");
  await page.getByLabel("Your password now").fill(PASSWORD);
  await page.getByRole("button", { name: "Switch on" }).click();
  await expect(page.getByRole("alert").first()).toContainText("does not fit");
  await page.getByLabel("Code from the app").fill(app.code(-1));
  await page.getByLabel("Your password now").fill(PASSWORD);
  await page.getByRole("button", { name: "Switch on" }).click();
  await expect(codesOn(page)).toHaveCount(10);
  const told = await codesOn(page).allInnerTexts();
  await expect(page.getByRole("button", { name: "Copy all" })).toHaveCount(0);
  await page.getByRole("link", { name: "I have kept them" }).click();
  await expect(page.getByText("10 are left")).toBeVisible();
  await expect(codesOn(page)).toHaveCount(0);

  // Too long ago: nothing is made before the second step was taken again.
  await letProofAge({ id });
  await page.getByLabel("stop working", { exact: false }).check();
  await page.getByRole("button", { name: "Make ten new codes" }).click();
  await expect(page.getByText("Confirm that it is you first", { exact: false }).first()).toBeVisible();
  await expect(codesOn(page)).toHaveCount(0);
  const opened = page.context().waitForEvent("page");
  await page.getByRole("link", { name: "Confirm that it is you in another tab" }).click();
  const confirm = await opened;
  await confirm.getByLabel("Code").fill(app.code());
  await confirm.getByRole("button", { name: "Confirm", exact: true }).click();
  await expect(confirm.getByText(/^Confirmed for the next minutes/)).toBeVisible();
  await page.getByLabel("stop working", { exact: false }).check();
  await page.getByRole("button", { name: "Make ten new codes" }).click();
  await expect(codesOn(page)).toHaveCount(10);
  const again = await codesOn(page).allInnerTexts();
  expect(again.filter((code) => told.includes(code))).toEqual([]);

  // The new ones open, the old ones do not.
  await page.goto("/en/account");
  await page.getByRole("button", { name: "Sign out" }).click();
  await typePassword(page, email, PASSWORD);
  for (const code of [told[0], again[0]]) {
    await page.getByText("Without your phone").click();
    await page.getByLabel("Recovery code").fill(code ?? "");
    await page.getByRole("button", { name: "Sign in with this code" }).click();
  }
  await page.waitForURL(/\/en\/my$/);
});

test("codes whose answer was lost on the way are made anew on the same page", async ({ page }) => {
  const { email } = await newPatient();
  await signIn(page, email, PASSWORD);
  await page.goto("/en/account/second-factor");
  await page.getByRole("button", { name: "Set up an app" }).click();
  const app = appWith(await page.locator("code").innerText());
  await untilAwake(page.getByRole("button", { name: "Switch on" }));
  await page.getByLabel("Code from the app").fill(app.code());
  await page.getByLabel("Your password now").fill(PASSWORD);
  const lost = page.waitForEvent("requestfailed", (one) => one.method() === "POST");
  await page.route("**/account/second-factor", async (route) => {
    if (route.request().method() !== "POST") return route.continue();
    await route.fetch();
    await route.abort();
  });
  await page.getByRole("button", { name: "Switch on" }).click();
  await lost;
  await page.unroute("**/account/second-factor");
  await page.goto("/en/account/second-factor");
  await expect(
    page.getByText("You have never seen them, or cannot find them?", { exact: false }),
  ).toBeVisible();
  await expectAccessible(page);
  await untilAwake(page.getByRole("button", { name: "Make ten new codes" }));
  await page.getByLabel("stop working", { exact: false }).check();
  await page.getByRole("button", { name: "Make ten new codes" }).click();
  await expect(codesOn(page)).toHaveCount(10);
});
