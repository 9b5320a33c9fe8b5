import { readdirSync, readFileSync } from "node:fs";
import { expect, type Page } from "@playwright/test";
import { expectAccessible } from "./browser";

/** An identifier in an address: pages of the same shape differ only in whose they are. */
const IDS = /[0-9a-f]{8}-[0-9a-f-]{27}/g;
/** The catalogue's own pages: two of a kind tell what all of them look like. */
const NAMES = /^(\/[a-z]{2}\/(?:clinics|doctors|devices|treatments|conditions|countries))\/[^/?#]+/;
const NAMESPACES = readdirSync("locales/en").map((file) => file.replace(/\.json$/, ""));
/** What a page shows when a sentence is missing from the catalogue: "desk.board.title". */
const KEY = new RegExp(`(?<![\\w./@-])(?:${NAMESPACES.join("|")})(?:\\.[a-zA-Z_]+)+(?![\\w@-])`, "g");

export interface Walk {
  locale: "en" | "ar";
  /** Where it begins, without the language: "/desk". */
  roots: readonly string[];
  /** Which links belong to this area, without the language. */
  area: RegExp;
  /** How many pages of one shape are looked at. */
  alike?: number;
  /** How many of a shape that shows another picture in every stage. */
  cases?: number;
}

const CASE = /\/cases\/ID$/;

/**
 * Follows the links of an area as a person would and looks at each page once. Tells how many there were and what was
 * wrong with which: one bad page does not hide the next.
 */
export async function walkPages(
  page: Page,
  walk: Walk,
  look: () => Promise<void>,
): Promise<{ count: number; wrong: string[] }> {
  const { locale, roots, area, alike = 1, cases = 3 } = walk;
  const waiting = roots.map((path) => `/${locale}${path}`);
  const seen = new Map<string, number>();
  const done = new Set<string>();
  const wrong: string[] = [];
  await noteWaking(page);
  for (let path = waiting.shift(); path !== undefined; path = waiting.shift()) {
    const shape = path
      .replace(IDS, "ID")
      .replace(NAMES, "$1/NAME")
      .replace(/[?#].*$/, "");
    const count = seen.get(shape) ?? 0;
    if (done.has(path) || count >= (CASE.test(shape) ? cases : alike)) continue;
    seen.set(shape, count + 1);
    done.add(path);
    const answer = await page.goto(path);
    if (answer?.status() !== 200) wrong.push(`${path}: answered ${answer?.status()}`);
    const links = await page
      // A sheet is no page: the browser takes it along instead of showing it.
      .locator("a[href]:not([download], [href$='/export'])")
      .evaluateAll((all) => all.map((one) => one.getAttribute("href") ?? ""));
    waiting.push(
      ...links.filter((link) => link.startsWith(`/${locale}/`) && area.test(link.slice(locale.length + 1))),
    );
    await look().catch((failure: unknown) => wrong.push(`${path}: ${String(failure)}`));
  }
  return { count: done.size, wrong };
}

/** One page as it must be: it stands still, both widths, both themes, in its language, nothing cut, nothing missing. */
export async function expectGoodLooks(page: Page, locale: "en" | "ar"): Promise<void> {
  const where = page.url();
  expect(await moved(page), `${where} moves while it wakes`).toEqual([]);
  await page.emulateMedia({ colorScheme: "light" });
  await page.setViewportSize({ width: 1440, height: 900 });
  await expect(page.locator("html"), where).toHaveAttribute("dir", locale === "ar" ? "rtl" : "ltr");
  await expect(page.getByRole("heading", { level: 1 }).first(), where).toBeVisible();
  expect((await page.locator("body").innerText()).match(KEY) ?? [], where).toEqual([]);
  await expectAccessible(page);
  await page.emulateMedia({ colorScheme: "dark" });
  for (const width of [1440, 768, 360]) {
    await page.setViewportSize({ width, height: 780 });
    expect(await tooWide(page), `${where} at ${width} px`).toEqual([]);
  }
  await expectAccessible(page);
  // Last, when its scripts have run: a page that breaks in the browser has a heading and stands up to axe too.
  await expect(page.locator("[data-state='error']"), where).toHaveCount(0);
  expect(await page.locator("body").innerText(), where).not.toContain(failureWords(locale));
}

interface Woken {
  /** When the page's scripts had taken over, by its own clock. */
  wokenAt?: number;
}

/** To be called before the page is opened. */
async function noteWaking(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const note = () => {
      const root = document.documentElement;
      if (root?.dataset["awake"] !== undefined) (window as Woken).wokenAt ??= performance.now();
    };
    new MutationObserver(note).observe(document, { attributeFilter: ["data-awake"], subtree: true });
  });
}

/**
 * What jumped when the page's scripts took over, though nobody had touched it: a finger on its way would meet something else.
 * A hundredth is what nobody sees (cumulative layout shift, good below 0.1). Letters that arrive late are not counted.
 */
async function moved(page: Page): Promise<string[]> {
  await page.waitForFunction(() => (window as Woken).wokenAt !== undefined);
  return page.evaluate(async () => {
    interface Shift extends PerformanceEntry {
      value: number;
      hadRecentInput: boolean;
      sources: readonly { node: Node | null }[];
    }
    const shifts = await new Promise<Shift[]>((resolve) => {
      const watcher = new PerformanceObserver((list) => resolve(list.getEntries() as Shift[]));
      watcher.observe({ type: "layout-shift", buffered: true });
      // Two frames: what has just been drawn is counted with the next.
      requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => resolve([]), 100)));
    });
    const letters = performance
      .getEntriesByType("resource")
      .map((one) => one as PerformanceResourceTiming)
      .filter(({ name, transferSize }) => name.endsWith(".woff2") && transferSize > 0)
      .map(({ responseEnd }) => responseEnd);
    const since = ((window as Woken).wokenAt ?? 0) - 50;
    const seen = shifts.filter(
      ({ hadRecentInput, startTime }) =>
        !hadRecentInput &&
        startTime > since &&
        letters.every((came) => startTime < came || startTime > came + 500),
    );
    if (seen.reduce((sum, { value }) => sum + value, 0) <= 0.01) return [];
    return seen.map(({ value, sources }) => {
      const names = sources.map(({ node }) =>
        node instanceof Element ? `${node.tagName.toLowerCase()}.${node.className}` : node?.nodeName,
      );
      return `${value.toFixed(3)} ${names.join(", ")}`.slice(0, 200);
    });
  });
}

/** What stands with the number of a failure, also of one part that could not be fetched. */
function failureWords(locale: string): string {
  return (JSON.parse(readFileSync(`locales/${locale}/problem.json`, "utf8")) as { reference: string })
    .reference;
}

/** What stands out of the page sideways; what scrolls inside itself does not. */
function tooWide(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const room = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= room + 1) return [];
    return [...document.querySelectorAll("body *")]
      .filter((one) => {
        const { left, right, width } = one.getBoundingClientRect();
        return width > 0 && (right > room + 1 || left < -1);
      })
      .slice(0, 4)
      .map((one) => `${one.tagName.toLowerCase()}.${one.getAttribute("class") ?? ""}`.slice(0, 100));
  });
}
