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

/** One page as it must be: both widths, both themes, in its language, nothing cut, nothing missing. */
export async function expectGoodLooks(page: Page, locale: "en" | "ar"): Promise<void> {
  const where = page.url();
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
