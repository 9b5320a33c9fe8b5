import { type Browser, expect, type Page, test } from "@playwright/test";
import { ApiClient, newPatient } from "../support/api";
import { switchOnByPage } from "../support/authenticator";
import { expectAccessible, signIn, watchPolicy } from "../support/browser";
import { caseWithCentre } from "../support/main-job";
import { endSessionOf } from "../support/sessions";

const PASSWORD = "a long sentence to remember";
const COORDINATOR = "coordinator@demo.valvia.test";

async function writing(page: Page, words: string): Promise<void> {
  const { caseId } = await caseWithCentre();
  await signIn(page, COORDINATOR);
  await page.goto(`/en/desk/cases/${caseId}/messages`);
  await page.getByRole("textbox").last().fill(words);
}

const send = (page: Page) =>
  page.getByRole("main").getByRole("button", { name: "Send", exact: true }).click();
const again = (page: Page) => page.getByRole("dialog", { name: "You were signed out" });

async function signInAgain(page: Page, email: string, password: string): Promise<void> {
  await again(page).getByLabel("E-mail address").fill(email);
  await again(page).getByLabel("Password").fill(password);
  await again(page).getByRole("button", { name: "Sign in and go on" }).click();
}

async function expectOnce(page: Page, words: string): Promise<void> {
  await expect(page.getByRole("listitem").filter({ hasText: words })).toHaveCount(1);
  await page.reload();
  await expect(page.getByRole("listitem").filter({ hasText: words })).toHaveCount(1);
}

test("what a coordinator writes outlives the session: in again over the page, sent once", async ({
  page,
  browser,
}) => {
  const refused = watchPolicy(page);
  const words = `The centre asks for the echo loops ${Date.now()}`;
  await writing(page, words);
  await endSessionOf(page, browser);
  await send(page);
  await expect(again(page)).toContainText("15 minutes");
  await expect(again(page).getByLabel("E-mail address")).toHaveValue(COORDINATOR);
  await expectAccessible(page);
  await signInAgain(page, COORDINATOR, "not this one");
  await expect(again(page).getByRole("alert")).toContainText("do not fit together");
  await signInAgain(page, COORDINATOR, "valvia-demo");
  await expect(again(page)).toBeHidden();
  await expect(page.getByText(/You were signed out while you were writing/)).toHaveCount(0);
  await expect(page.getByRole("textbox").last()).toHaveValue(words);
  await send(page);
  await expectOnce(page, words);
  expect(refused).toEqual([]);
});

test("a session that ends while the form is on its way is answered in the form", async ({
  page,
  browser,
}) => {
  const words = `Sent in the very last second ${Date.now()}`;
  await writing(page, words);
  const before = await (await page.request.get("/api/session")).json();
  await page.route("**/api/session", (route) =>
    route.request().method() === "GET" ? route.fulfill({ json: before }) : route.continue(),
  );
  await endSessionOf(page, browser);
  await send(page);
  await expect(again(page)).toBeVisible();
  await expect(page.getByText(/You were signed out while you were writing/)).toHaveCount(0);
  await signInAgain(page, COORDINATOR, "valvia-demo");
  await expect(again(page)).toBeHidden();
  await expect(page.getByRole("textbox").last()).toHaveValue(words);
  await send(page);
  await expectOnce(page, words);
});

test("somebody else who signs in there gets a page of their own, not what was typed", async ({
  page,
  browser,
}) => {
  await writing(page, "Not for other eyes");
  await endSessionOf(page, browser);
  await send(page);
  const { email } = await newPatient();
  await signInAgain(page, email, PASSWORD);
  await expect(page.getByText("Not for other eyes")).toHaveCount(0);
  await expect(page.getByRole("textbox")).toHaveCount(0);
});

async function patientWithApp(page: Page, browser: Browser) {
  const { caseId, email } = await caseWithCentre();
  await signIn(page, email, PASSWORD);
  const { app } = await switchOnByPage(page, PASSWORD);
  await page.goto(`/en/my/cases/${caseId}/messages`);
  await page.getByRole("textbox").last().fill("Please call me");
  await endSessionOf(page, browser);
  return { email, app };
}

test("coming back to the tab tells at once, and the second step is asked there too", async ({
  page,
  browser,
}) => {
  const { email, app } = await patientWithApp(page, browser);
  // A page whose scripts are still on their way hears nothing yet.
  await expect(async () => {
    await page.evaluate(() => document.dispatchEvent(new Event("visibilitychange")));
    await expect(again(page)).toBeVisible({ timeout: 2_000 });
  }).toPass();
  await expect(again(page)).toContainText("30 minutes");
  await signInAgain(page, email, PASSWORD);
  await again(page).getByLabel("Code").fill("000000");
  await again(page).getByRole("button", { name: "Sign in and go on" }).click();
  await expect(again(page).getByRole("alert")).toContainText("does not fit");
  await again(page).getByLabel("Code").fill(app.code(1));
  await again(page).getByRole("button", { name: "Sign in and go on" }).click();
  await expect(again(page)).toBeHidden();
  await expect(page.getByRole("textbox").last()).toHaveValue("Please call me");
});

test("the door for signing in from a page refuses other sites and other shapes", async ({ request }) => {
  const asked = (data: object, origin: string) =>
    request.post("/api/session", { data, headers: { origin }, failOnStatusCode: false });
  const { origin } = new URL(new ApiClient(null).base);
  const body = { email: COORDINATOR, password: "valvia-demo" };
  expect((await asked(body, "https://evil.test")).status()).toBeGreaterThanOrEqual(400);
  expect(await (await asked({ email: 1 }, origin)).json()).toMatchObject({ state: "refused" });
  expect(await (await asked({ code: "000000" }, origin)).json()).toMatchObject({ state: "over" });
});
