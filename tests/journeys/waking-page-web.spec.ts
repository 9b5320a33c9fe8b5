import { expect, type Page, test } from "@playwright/test";
import { signIn, untilAwake } from "../support/browser";
import { caseWithCentre, PDF, sentCase } from "../support/main-job";

const PASSWORD = "a long sentence to remember";

// What it keeps would come from no line.
test.use({ serviceWorkers: "block" });

/** A page as a slow line brings it: all there to be read and typed into, its scripts still on their way. */
async function openHeld(page: Page, path: string): Promise<() => void> {
  const scripts = "**/_next/static/**/*.js";
  const { promise, resolve } = Promise.withResolvers<void>();
  await page.route(scripts, async (route) => {
    await promise;
    await route.continue();
  });
  await page.goto(path, { waitUntil: "commit" });
  await page.waitForLoadState("domcontentloaded");
  return resolve;
}

async function openWaking(page: Page, path: string): Promise<() => Promise<void>> {
  const comeScripts = await openHeld(page, path);
  return async () => {
    comeScripts();
    await page.waitForLoadState("load");
  };
}

test("words written before the scripts came are kept like any others", async ({ page }) => {
  const { caseId, email } = await caseWithCentre();
  await signIn(page, email, PASSWORD);
  const talk = `/en/my/cases/${caseId}/messages`;
  const field = page.getByLabel("Your message");
  const arrive = await openWaking(page, talk);
  await field.fill("Is the scan on the disc enough?");
  await arrive();
  const kept = () =>
    page.evaluate(() => Object.keys(sessionStorage).filter((key) => key.startsWith("valvia:kept:")));
  await expect.poll(kept).toHaveLength(1);
  await page.goto("/en/my");
  await page.goto(talk);
  await expect(field).toHaveValue("Is the scan on the disc enough?");

  // Newer words are not written over by those that were kept.
  const again = await openWaking(page, talk);
  await field.fill("I have found the report.");
  await again();
  await expect(page.getByText("You wrote this here before and did not send it.")).toBeVisible();
  await expect(field).toHaveValue("I have found the report.");
});

test("files chosen before the scripts came are sent, for what was chosen before them", async ({ page }) => {
  const { id, email } = await sentCase();
  await signIn(page, email, PASSWORD);
  const arrive = await openWaking(page, `/en/my/cases/${id}/records`);
  const item = await page.getByLabel("What is it?").selectOption({ index: 2 });
  const begun = page.waitForRequest((one) => one.headers()["upload-metadata"] !== undefined);
  const file = { name: "echo.pdf", mimeType: "application/pdf", buffer: PDF };
  await page.getByLabel("Choose files").setInputFiles([file]);
  await arrive();
  await expect(page.getByText("1 of 1 file, 100 %").first()).toBeVisible({ timeout: 30_000 });
  const told = Object.fromEntries(
    ((await begun).headers()["upload-metadata"] ?? "").split(",").map((each) => each.split(" ")),
  );
  expect(told).toMatchObject({ item: btoa(item[0] ?? "") });
});

test("one digit over another, typed before the scripts came and never left, is sent", async ({ page }) => {
  await signIn(page, "manager2@demo.valvia.test");
  const rows = "/en/cabinet/capacity?page=4";
  const arrive = await openWaking(page, rows);
  const places = page.getByRole("textbox", { name: /^Places on/ });
  const [first, second] = [places.nth(0), places.nth(1)];
  const next = async (field: typeof first) => String((Number(await field.inputValue()) % 9) + 1);
  const [one, two] = [await next(first), await next(second)];
  await second.fill(two);
  await first.fill(one);
  await arrive();
  await untilAwake(first);
  await expect(first).toBeFocused();
  await first.press("Enter");
  await expect(page.getByText("Saved.")).toBeVisible();
  await page.reload();
  await expect(first).toHaveValue(one);
  await expect(second).toHaveValue(two);
});

const isKeptWord = (key: string) => key.startsWith("valvia:kept:");
const keptWords = async (page: Page) =>
  (await page.evaluate(() => Object.keys(sessionStorage))).filter(isKeptWord);

/** Hears of words that are written down, also while the browser is on its way to another page and answers nothing. */
async function hearKept(page: Page): Promise<() => Promise<unknown>> {
  await page.addInitScript(() => {
    const isKept = (key: string) => key.startsWith("valvia:kept:");
    setInterval(() => Object.keys(sessionStorage).some(isKept) && void fetch("/robots.txt?kept"), 100);
  });
  return () => page.waitForRequest("**/robots.txt?kept");
}

/** Holds what the browser itself posts to these addresses until it is let go. */
async function holdPosts(page: Page, path: string): Promise<() => void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  await page.route(`**${path}`, async (route) => {
    if (route.request().method() === "POST") await promise;
    await route.continue();
  });
  return resolve;
}

test("words already on their way when the scripts come are not offered again", async ({ page }) => {
  const { caseId, email } = await caseWithCentre();
  await signIn(page, email, PASSWORD);
  const talk = `/en/my/cases/${caseId}/messages`;
  const written = (await hearKept(page))();
  const letGo = await holdPosts(page, talk);
  const comeScripts = await openHeld(page, talk);
  const field = page.getByLabel("Your message");
  await field.fill("The disc comes by mail.");
  await field.evaluate((box: HTMLTextAreaElement) => box.form?.requestSubmit());
  comeScripts();
  await written;
  letGo();
  await expect(page.getByRole("listitem").filter({ hasText: "The disc comes by mail." })).toHaveCount(1);
  await untilAwake(field);
  await field.press("N");
  await expect.poll(() => keptWords(page)).toHaveLength(1);
  await expect(field).toHaveValue("N");
});

test("words sent before the scripts came are not offered again where the sending leads on to a page", async ({
  page,
}) => {
  await signIn(page, "manager2@demo.valvia.test");
  const lines = "/en/cabinet/prices/lines/surgical-repair";
  const written = (await hearKept(page))();
  const letGo = await holdPosts(page, `${lines}*`);
  const comeScripts = await openHeld(page, lines);
  const field = page.getByRole("group", { name: "Line 1" }).getByLabel("Label");
  const said = `Three weeks with a view, ${Date.now()}`;
  await field.fill(said);
  await field.evaluate((box: HTMLInputElement) => box.form?.requestSubmit());
  comeScripts();
  await written;
  letGo();
  await page.waitForURL(/\?saved=/);
  await expect(field).toHaveValue(said);
  await untilAwake(field);
  expect(await keptWords(page)).toEqual([]);
  await expect(page.getByText("You wrote this here before", { exact: false })).toHaveCount(0);
  const left = async () => (await page.context().cookies()).some(({ name }) => name === "valvia_taken");
  expect(await left()).toBe(false);
  // What is written from here on is kept like any other words.
  await field.press("!");
  await expect.poll(() => keptWords(page)).toHaveLength(1);
});

test("words written on the page that answers a sending stay when its scripts come", async ({ page }) => {
  const { caseId, email } = await caseWithCentre();
  await signIn(page, email, PASSWORD);
  const arrive = await openWaking(page, `/en/my/cases/${caseId}/messages`);
  const field = page.getByLabel("Your message");
  await field.fill("The disc is lost.");
  await field.evaluate((box: HTMLTextAreaElement) => box.form?.requestSubmit());
  await expect(page.getByRole("listitem").filter({ hasText: "The disc is lost." })).toHaveCount(1);
  await field.fill("I have found it.");
  await arrive();
  await expect.poll(() => keptWords(page)).toHaveLength(1);
  await expect(field).toHaveValue("I have found it.");
});

test("who signs out before the scripts came leaves neither words nor papers in the browser", async ({
  page,
}) => {
  const { caseId, email } = await caseWithCentre();
  await signIn(page, email, PASSWORD);
  await page.goto(`/en/my/cases/${caseId}/pocket`);
  await page.getByRole("button", { name: "Keep on this phone" }).click();
  await expect(page.getByText("Kept. You can read it without a connection")).toBeVisible();
  const papers = async () =>
    (await page.evaluate(() => caches.keys())).filter((name) => name.startsWith("valvia-kept-"));
  expect(await papers()).toHaveLength(1);
  const talk = `/en/my/cases/${caseId}/messages`;
  const written = (await hearKept(page))();
  const letGo = await holdPosts(page, talk);
  const comeScripts = await openHeld(page, talk);
  await page.getByLabel("Your message").fill("I feel worse.");
  await page.getByRole("button", { name: "Sign out" }).evaluate((out: HTMLButtonElement) => out.click());
  comeScripts();
  await written;
  letGo();
  await page.waitForURL(/\/en$/);
  await expect.poll(() => keptWords(page)).toEqual([]);
  await expect.poll(papers).toEqual([]);
  const left = async () => (await page.context().cookies()).some(({ name }) => name === "valvia_left");
  await expect.poll(left).toBe(false);
});

test("cases ticked before the scripts came can be handed over", async ({ page }) => {
  const { number } = await sentCase();
  await signIn(page, "coordinator@demo.valvia.test");
  const arrive = await openWaking(page, `/en/desk/cases?q=${number}`);
  await page.getByRole("checkbox", { name: `Choose ${number}` }).check();
  await arrive();
  await expect(page.getByRole("button", { name: "Hand over" })).toBeVisible();
  await expect(page.getByRole("checkbox", { name: `Choose ${number}` })).toBeChecked();
});

test("the number of a country chosen before the scripts came is told", async ({ page }) => {
  const arrive = await openWaking(page, "/en/emergency");
  await page.getByRole("main").getByRole("combobox").selectOption({ label: "Germany" });
  await arrive();
  await expect(page.getByRole("link", { name: "Call 112" }).first()).toBeVisible();
});

test("what a form inside a fold answers is seen, though it was sent before the scripts came", async ({
  page,
}) => {
  await signIn(page, "finance@demo.valvia.test");
  const arrive = await openWaking(page, "/en/desk/money");
  await page.getByText("Record a bank transfer").click();
  await page.getByRole("button", { name: "Record the transfer" }).click();
  const refusal = page.getByRole("main").locator("form [role=alert]");
  await expect(refusal).toBeAttached();
  await expect(refusal).toBeHidden();
  await arrive();
  await expect(refusal).toBeVisible();
  await expect(page.getByLabel("Reference")).toBeVisible();
});
