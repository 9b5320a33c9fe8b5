import { expect, test, type Page } from "@playwright/test";
import { clickUntil, expectAccessible, signIn, untilAwake, watchPolicy } from "../support/browser";

const AREAS = [
  { area: "my", email: "patient@demo.valvia.test", frame: "My cases" },
  { area: "desk", email: "coordinator@demo.valvia.test", frame: "Board" },
  { area: "cabinet", email: "reviewer@demo.valvia.test", frame: "Reviews" },
];

/** The three sentences everybody is owed, and the drawing. */
async function expectState(page: Page, title: string) {
  const state = page.locator("[data-state]");
  await expect(state.getByRole("heading", { level: 1, name: title })).toBeVisible();
  for (const label of ["What happened", "What is kept", "What you can do"])
    await expect(state.getByText(label, { exact: true })).toBeVisible();
  await expect(state.locator("svg.valve")).toBeVisible();
  await expectAccessible(page);
}

for (const { area, email, frame } of AREAS) {
  test.describe(`in the frame of ${area}`, () => {
    test.beforeEach(({ page }) => signIn(page, email));

    test("a page that fails says so, with a number, and the rest of the frame works", async ({ page }) => {
      const refused = watchPolicy(page);
      const answer = await page.goto(`/en/${area}/dev?how=page`);
      expect(answer?.status()).toBe(500);
      await expectState(page, "Something went wrong on our side");
      await expect(page).toHaveTitle("Something went wrong on our side · Valvia");
      await expect(page.getByText(/Number for our team: \d{6,}/)).toBeVisible();
      await page.getByRole("link", { name: frame }).first().click();
      await expect(page.locator("[data-state]")).toHaveCount(0);
      expect(refused).toEqual([]);
    });

    test("what is not there keeps the frame, and says whose account this is", async ({ page }) => {
      const answer = await page.goto(`/en/${area}/dev?how=missing`);
      expect(answer?.status()).toBe(404);
      await expect(page).toHaveTitle(/^This page is not here/);
      await expectState(page, "This page is not here");
      await expect(page.getByText("You are signed in as")).toBeVisible();
      await expect(page.getByRole("link", { name: frame }).first()).toBeVisible();
    });
  });
}

test("an area that is not theirs keeps people in the frame of their own", async ({ page }) => {
  await signIn(page, "patient@demo.valvia.test");
  const answer = await page.goto("/en/desk/cases");
  expect(answer?.status()).toBe(404);
  await expectState(page, "This page is not here");
  await page.getByRole("link", { name: "Go to your start page" }).click();
  await expect(page).toHaveURL(/\/en\/my$/);
});

test("a page that failed once comes when it is tried again", async ({ page }) => {
  await signIn(page, "patient@demo.valvia.test");
  await page.goto("/en/my/dev");
  await clickUntil(page.getByRole("button", { name: "Fail in the browser" }), page.locator("[data-state]"));
  await expectState(page, "Something went wrong on our side");
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(page.getByRole("heading", { name: "Pages that fail on purpose" })).toBeVisible();
});

test("one part that fails leaves the rest of the page standing", async ({ page }) => {
  await signIn(page, "patient@demo.valvia.test");
  await page.goto("/en/my/dev?how=part");
  await expect(page.getByText("This part could not be fetched")).toBeVisible();
  await expect(page.getByRole("heading", { name: "Pages that fail on purpose" })).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("link", { name: "Load again" }).click();
  await expect(page).toHaveURL(/how=part$/);
});

test("a page on its way shows the beating valve, one that comes at once does not", async ({ page }) => {
  await signIn(page, "patient@demo.valvia.test");
  await page.goto("/en/my/dev");
  const sign = page.getByText("One moment. This page is being fetched.");
  // How long after the click the sign stood there; a busy machine may be slower than a page that comes at once.
  const shown: number[] = [];
  await page.exposeFunction("noteSign", (afterMs: number) => shown.push(afterMs));
  await page.evaluate((words) => {
    const note = (window as unknown as { noteSign: (afterMs: number) => void }).noteSign;
    let left = performance.now();
    document.addEventListener("click", () => (left = performance.now()), true);
    new MutationObserver(() => {
      if (document.body.innerText.includes(words)) note(performance.now() - left);
    }).observe(document.body, { subtree: true, childList: true });
  }, "One moment.");
  const quick = page.getByRole("link", { name: "One part of the page fails" });
  await untilAwake(quick);
  await quick.click();
  await expect(page.getByText("This part could not be fetched")).toBeVisible();
  expect(shown.filter((afterMs) => afterMs < 495)).toEqual([]);

  const heading = page.getByRole("heading", { level: 1 });
  const before = await heading.boundingBox();
  await page.getByRole("link", { name: "The page takes its time" }).click();
  await expect(sign).toBeVisible();
  expect(await heading.boundingBox()).toEqual(before);
  await expect(page).toHaveURL(/how=slow$/);
  await expect(sign).toHaveCount(0);
});

test("when even the words of a failure are lost, a page of its own speaks the language of the address", async ({
  page,
}) => {
  await signIn(page, "patient@demo.valvia.test");
  for (const [locale, title] of [
    ["en", "Something went wrong on our side"],
    ["ar", "حدث خلل من جانبنا"],
  ]) {
    await page.goto(`/${locale}/my/dev`);
    await page.evaluate(() => (document.body.dataset["problem"] = "{"));
    const heading = page.getByRole("heading", { level: 1, name: title });
    await clickUntil(page.getByRole("main").getByRole("button").last(), heading);
    await expect(page.locator("html")).toHaveAttribute("dir", locale === "ar" ? "rtl" : "ltr");
  }
});

test("strangers meet the same page, in the frame of the public pages", async ({ page }) => {
  const answer = await page.goto("/en/nowhere");
  expect(answer?.status()).toBe(404);
  await expectState(page, "This page is not here");
  await expect(page.getByRole("contentinfo")).toBeVisible();
});

test.describe("without scripts", () => {
  test.use({ javaScriptEnabled: false });

  for (const { path, status, title } of [
    { path: "/en/nowhere", status: 404, title: "This page is not here" },
    { path: "/en/clinics/nowhere", status: 404, title: "This page is not here" },
    { path: "/ar/dev/fail?how=page", status: 500, title: "حدث خلل من جانبنا" },
  ])
    test(`${path} says what happened and where to go on`, async ({ page }) => {
      const answer = await page.goto(path);
      expect(answer?.status()).toBe(status);
      await expect(page.getByRole("heading", { level: 1, name: title })).toBeVisible();
      await page.getByRole("main").getByRole("link").last().click();
      await expect(page).toHaveURL(/\/clinics$/);
    });
});
