import { expect, type Page, test } from "@playwright/test";
import { newPatient } from "../support/api";
import { expectAccessible, signIn, untilAwake, watchPolicy } from "../support/browser";
import { caseWithCentre } from "../support/main-job";

const PASSWORD = "a long sentence to remember";

/** The worker is there and has put the offline page of this language away. */
async function workerIsReady(page: Page, locale = "en"): Promise<void> {
  await page.waitForFunction(async (path) => {
    await navigator.serviceWorker.ready;
    return navigator.serviceWorker.controller !== null && (await caches.match(path)) !== undefined;
  }, `/${locale}/offline`);
}

const namesOfCaches = (page: Page) => page.evaluate(() => caches.keys());

test("a page that cannot be reached says what happened, what is kept and what to do", async ({
  page,
  context,
}) => {
  const refused = watchPolicy(page);
  await page.goto("/en/start");
  await workerIsReady(page);
  await context.setOffline(true);
  await page.goto("/en/how-it-works").catch(() => null);
  await expect(page.getByRole("heading", { level: 1, name: "There is no connection" })).toBeVisible();
  await expect(page.getByRole("link", { name: "112" })).toHaveAttribute("href", "tel:112");
  await expect(page.getByRole("link", { name: /\+49 221/ }).first()).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("link", { name: "Warning signs and emergency numbers" }).click();
  await expect(page.getByRole("heading", { level: 1 })).not.toHaveText("There is no connection");
  await page.goto("/en/how-it-works").catch(() => null);
  await context.setOffline(false);
  await page.getByRole("link", { name: "Try again" }).click();
  await expect(page.getByRole("heading", { level: 1 })).not.toHaveText("There is no connection");
  expect(refused).toEqual([]);
});

test("the pages for the journey are read without a line once they were kept, and go at sign-out", async ({
  page,
  context,
}) => {
  test.setTimeout(120_000);
  const refused = watchPolicy(page);
  const { caseId, email } = await caseWithCentre();
  await signIn(page, email, PASSWORD);
  await page.goto(`/en/my/cases/${caseId}/pocket`);
  await expectAccessible(page);
  await workerIsReady(page);
  expect((await namesOfCaches(page)).filter((name) => name.startsWith("valvia-kept-"))).toEqual([]);

  // A page nobody kept is not there without a line.
  await context.setOffline(true);
  await page.goto(`/en/my/cases/${caseId}/messages`).catch(() => null);
  await expect(page.getByRole("heading", { level: 1, name: "There is no connection" })).toBeVisible();
  await context.setOffline(false);
  await page.goto(`/en/my/cases/${caseId}/pocket`);
  await page.getByRole("button", { name: "Keep on this phone" }).click();
  await expect(page.getByText("Kept. You can read it without a connection")).toBeVisible();

  await context.setOffline(true);
  await page.goto(`/en/my/cases/${caseId}/pocket`).catch(() => null);
  await expect(page.getByRole("heading", { level: 1, name: "For the journey" })).toBeVisible();
  await expect(page.getByText(/^As of /)).toBeVisible();
  await page.goto(`/en/my`).catch(() => null);
  await page.getByRole("link", { name: "Documents" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Documents" })).toBeVisible();
  await context.setOffline(false);

  await page.goto("/en/my");
  // The copies are the script's to forget.
  const out = page.getByRole("button", { name: "Sign out" });
  await untilAwake(out);
  await out.click();
  await page.waitForURL(/\/en$/);
  await expect
    .poll(async () => (await namesOfCaches(page)).filter((name) => name.startsWith("valvia-kept-")))
    .toEqual([]);
  await context.setOffline(true);
  await page.goto(`/en/my/cases/${caseId}/pocket`).catch(() => null);
  await expect(page.getByRole("heading", { level: 1, name: "There is no connection" })).toBeVisible();
  expect(refused).toEqual([]);
});

test("what one person kept goes when another signs in on the same phone; their own stays", async ({
  page,
  context,
}) => {
  test.setTimeout(120_000);
  const { caseId, email } = await caseWithCentre();
  const other = await newPatient();
  const kept = async () => (await namesOfCaches(page)).filter((name) => name.startsWith("valvia-kept-"));
  await signIn(page, email, PASSWORD);
  await page.goto(`/en/my/cases/${caseId}/pocket`);
  await workerIsReady(page);
  await page.getByRole("button", { name: "Keep on this phone" }).click();
  await expect(page.getByText("Kept. You can read it without a connection")).toBeVisible();

  // The session ends by itself: the same person signs in again and finds the copies.
  await context.clearCookies();
  await signIn(page, email, PASSWORD);
  await page.goto(`/en/my/cases/${caseId}/pocket`);
  await expect(page.getByText("Kept. You can read it without a connection")).toBeVisible();
  expect(await kept()).toHaveLength(1);

  await context.clearCookies();
  await signIn(page, other.email, PASSWORD);
  await expect.poll(kept).toEqual([]);
  await context.setOffline(true);
  await page.goto(`/en/my/cases/${caseId}/pocket`).catch(() => null);
  await expect(page.getByRole("heading", { level: 1, name: "There is no connection" })).toBeVisible();
});

test("the worker keeps nothing of a person by itself", async ({ page }) => {
  const { email } = await newPatient();
  await signIn(page, email, PASSWORD);
  await page.goto("/en/my");
  await workerIsReady(page);
  await page.goto("/en/account");
  const kept = await page.evaluate(async () => {
    const paths: string[] = [];
    for (const name of await caches.keys())
      for (const request of await (await caches.open(name)).keys()) paths.push(new URL(request.url).pathname);
    return paths;
  });
  expect(kept.length).toBeGreaterThan(0);
  for (const path of kept)
    expect(path).toMatch(/^\/(en|de|zh|ru|ar)\/(offline|emergency)$|^\/_next\/static\//);
});

test("what makes it installable is there: manifest, icons, worker", async ({ request }) => {
  const answer = await request.get("/manifest.webmanifest");
  expect(answer.headers()["content-type"]).toContain("manifest");
  const manifest = (await answer.json()) as { display: string; start_url: string; icons: { src: string }[] };
  expect(manifest).toMatchObject({ display: "standalone", start_url: "/" });
  for (const { src } of manifest.icons) expect((await request.get(src)).status(), src).toBe(200);
  const worker = await request.get("/sw.js");
  expect(worker.headers()["content-type"]).toContain("javascript");
  expect(worker.headers()["cache-control"]).toMatch(/max-age=0|no-cache/);
});
