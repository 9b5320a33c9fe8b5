import { expect, type Page } from "@playwright/test";

/** What nobody sees; cumulative layout shift is called good below 0.1. */
const STILL = 0.01;

/** Scripts come so late that the page has been seen without them. */
const LATE_MS = 900;

/** Letters that come late move a page too, once, and only where the line is slow: here none come at all. */
export async function slowDown(page: Page): Promise<void> {
  await page.route("**/*.woff2", (route) => route.abort());
  await page.route("**/*.js", async (route) => {
    await new Promise((resolve) => setTimeout(resolve, LATE_MS));
    await route.continue();
  });
}

/** What jumped since the page came though nobody touched it: a finger on its way would meet something else. */
export async function expectStill(page: Page): Promise<void> {
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
