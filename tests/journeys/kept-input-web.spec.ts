import { expect, type Page, test } from "@playwright/test";
import { expectAccessible, signIn, untilAwake } from "../support/browser";
import { caseWithCentre } from "../support/main-job";

const PASSWORD = "a long sentence to remember";
const WORDS = "I feel worse since Monday. Please call me.";

async function writing(page: Page): Promise<void> {
  const { caseId, email } = await caseWithCentre();
  await signIn(page, email, PASSWORD);
  await page.goto(`/en/my/cases/${caseId}/messages`);
  const field = page.getByRole("textbox");
  // Whoever writes that much has a page that is awake by then.
  await untilAwake(field);
  await field.fill(WORDS);
}

async function send(page: Page): Promise<void> {
  await page.getByRole("main").locator("form button[type=submit]").last().click();
}

test("a patient's unsent words wait on the page of the talk, and leave the browser with its owner", async ({
  page,
}) => {
  await writing(page);
  const talk = page.url();
  const kept = () =>
    page.evaluate(() => Object.keys(sessionStorage).filter((key) => key.startsWith("valvia:kept:")));
  await expect.poll(kept).toHaveLength(1);
  await page.goto("/en/my");
  await page.goto(talk);
  await expect(page.getByRole("textbox")).toHaveValue(WORDS);
  await expect(page.getByText("You wrote this here before and did not send it.")).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(page).toHaveURL(/\/en$/);
  await expect.poll(kept).toEqual([]);
});

test("a message that is too long is refused whole, and nothing of it is cut", async ({ page }) => {
  await writing(page);
  const long = "word ".repeat(2_400).trim();
  await page.getByRole("textbox").fill(long);
  await expect(page.getByText("11,999 of 5,000 characters")).toBeVisible();
  await expect(page.getByText(/^This is longer than one message may be/)).toBeVisible();
  await send(page);
  await expect(page.getByText("At most 5000 characters.").first()).toBeVisible();
  await expect(page.getByRole("textbox")).toHaveValue(long);
  await expect(page.getByRole("log")).toHaveCount(0);
});

test("what was typed outlives a session that ended meanwhile", async ({ page, context }) => {
  await writing(page);
  const cookies = await context.cookies();
  await context.clearCookies();
  await send(page);
  const again = page.getByRole("dialog", { name: "You were signed out" });
  const said = page.getByText(/You were signed out while you were writing/);
  await expect(again).toBeVisible();
  await expect(said).toBeHidden();
  await again.press("Escape");
  await expect(page.getByRole("alert").filter({ has: said })).toBeVisible();
  await expect(page.getByRole("textbox").first()).toHaveValue(WORDS);
  await expect(page.getByRole("link", { name: "Sign in in another tab" })).toHaveAttribute(
    "target",
    "_blank",
  );
  await expectAccessible(page);
  await context.addCookies(cookies);
  await send(page);
  await expect(page.getByRole("listitem").filter({ hasText: WORDS })).toHaveCount(1);
});

test("what was typed outlives a lost connection, and a double click sends it once", async ({
  page,
  context,
}) => {
  await writing(page);
  await context.setOffline(true);
  await send(page);
  await expect(page.getByRole("alert").getByText(/There is no connection just now/)).toBeVisible();
  await expect(page.getByRole("textbox")).toHaveValue(WORDS);
  await context.setOffline(false);
  await page.getByRole("main").locator("form button[type=submit]").last().dblclick();
  await expect(page.getByRole("listitem").filter({ hasText: WORDS })).toHaveCount(1);
});

test("a listing typed on a shared computer goes with whoever typed it", async ({ page, context }) => {
  const kept = () =>
    page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith("valvia:kept:")));
  await page.goto("/en");
  await page.evaluate(() => localStorage.setItem("valvia:kept:somebody-else:listing:", "{}"));
  await signIn(page, "manager2@demo.valvia.test");
  await page.goto("/en/cabinet/listing");
  await expect.poll(kept).toEqual([]);
  await context.setOffline(true);
  await page.getByLabel("Summary", { exact: true }).fill(`Typed in vain at ${Date.now()}.`);
  await expect(page.getByText(/^No connection\. What you typed is kept/)).toBeVisible();
  expect(await kept()).toHaveLength(1);
  page.on("dialog", (dialog) => void dialog.accept());
  await context.setOffline(false);
  await page.route("**/cabinet/listing", (route) =>
    route.request().postData()?.includes("Typed in vain") ? route.abort() : route.continue(),
  );
  await page.getByRole("button", { name: "Sign out" }).click();
  await page.waitForURL(/\/en$/);
  await expect.poll(kept).toEqual([]);
});

test("what was typed a moment before signing out is not written down", async ({ page }) => {
  const { caseId } = await caseWithCentre();
  await signIn(page, "coordinator@demo.valvia.test");
  await page.goto(`/en/desk/cases/${caseId}/messages`);
  const kept = () =>
    page.evaluate(() => Object.keys(sessionStorage).filter((key) => key.startsWith("valvia:kept:")));
  const field = page.locator("form[id^=message-]").getByRole("textbox").first();
  await field.fill(WORDS);
  await expect.poll(kept).toHaveLength(1);
  page.on("dialog", (dialog) => void dialog.accept());
  // The last key and the way out within one turn, as a quick hand does it.
  await field.evaluate((box: HTMLTextAreaElement) => {
    box.value += " Now.";
    box.dispatchEvent(new Event("input", { bubbles: true }));
    const out = [...document.querySelectorAll("button")].find((one) => one.textContent === "Sign out");
    out?.click();
  });
  await page.waitForURL(/\/en$/);
  await expect.poll(kept).toEqual([]);
});
