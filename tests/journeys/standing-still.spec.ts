import { expect, type Page, test } from "@playwright/test";
import { BASE, newPatient } from "../support/api";
import { signIn, typePassword } from "../support/browser";
import { walkPages } from "../support/every-page";

/** What nobody sees; cumulative layout shift is called good below 0.1. */
const STILL = 0.01;

test.use({ viewport: { width: 360, height: 780 } });

// Letters that come late move a page too, once, and only where the line is slow: here none come at all.
test.beforeEach(({ page }) => page.route("**/*.woff2", (route) => route.abort()));

/** What jumped since the page came though nobody touched it: a finger on its way would meet something else. */
async function expectStill(page: Page): Promise<void> {
  await expect(page.locator("html[data-awake]")).toHaveCount(1);
  const moved = await page.evaluate(async () => {
    interface Shift extends PerformanceEntry {
      value: number;
      hadRecentInput: boolean;
      sources: readonly { node: Node | null }[];
    }
    const shifts = await new Promise<Shift[]>((resolve) => {
      const seen: Shift[] = [];
      const watcher = new PerformanceObserver((list) => seen.push(...(list.getEntries() as Shift[])));
      watcher.observe({ type: "layout-shift", buffered: true });
      // What has just been drawn is told a little later.
      setTimeout(() => resolve(seen), 400);
    });
    return shifts
      .filter(({ hadRecentInput }) => !hadRecentInput)
      .map(({ value, sources }) => {
        const names = sources.map(({ node }) =>
          node instanceof Element ? `${node.tagName.toLowerCase()}.${node.className}` : node?.nodeName,
        );
        return { value, what: names.join(", ").slice(0, 200) };
      });
  });
  const sum = moved.reduce((all, { value }) => all + value, 0);
  expect(sum, `${page.url()} moves: ${JSON.stringify(moved)}`).toBeLessThanOrEqual(STILL);
}

for (const locale of ["en", "ar"] as const)
  test(`no page of a patient jumps while its scripts come, in ${locale}`, async ({ page }) => {
    test.setTimeout(180_000);
    await signIn(page, "patient@demo.valvia.test");
    const walk = { locale, roots: ["/my", "/account"], area: /^\/(my|account)\b/, cases: 1 };
    const { count, wrong } = await walkPages(page, walk, () => expectStill(page));
    expect.soft(count).toBeGreaterThanOrEqual(14);
    expect(wrong).toEqual([]);
  });

test("where passkeys work, their forms come without pushing anything away", async ({ browser }) => {
  const { email } = await newPatient();
  const context = await browser.newContext({ baseURL: BASE.replace("127.0.0.1", "localhost") });
  const page = await context.newPage();
  await page.route("**/*.woff2", (route) => route.abort());
  await page.setViewportSize({ width: 360, height: 1_600 });
  await page.goto("/en/signin");
  await expectStill(page);
  await typePassword(page, email, "a long sentence to remember");
  await page.waitForURL(/\/en\/my$/);
  await page.goto("/en/account/second-factor");
  await expect(page.getByRole("button", { name: "Add a passkey" })).toBeVisible();
  await expectStill(page);
  await context.close();
});
