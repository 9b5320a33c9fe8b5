import { AxeBuilder } from "@axe-core/playwright";
import { expect, type Locator, type Page } from "@playwright/test";

/** Signs somebody of the demo in by the page, as a person would. */
export async function signIn(page: Page, email: string, password = "valvia-demo"): Promise<void> {
  await typePassword(page, email, password);
  await page.waitForURL((url) => !url.pathname.includes("/signin"));
}

/** The first step alone; what comes after it depends on whose account it is. */
export async function typePassword(page: Page, email: string, password: string): Promise<void> {
  await page.goto("/en/signin");
  const form = page.locator("form").filter({ has: page.getByLabel("Password") });
  await form.getByLabel("E-mail address").fill(email);
  await form.getByLabel("Password").fill(password);
  await form.getByRole("button", { name: "Sign in", exact: true }).click();
}

export async function signOut(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Sign out", exact: true }).click();
  await page.waitForURL((url) => url.pathname === "/en");
}

/** Asks for a sign-in link on the page and answers it as it stands in the local mailbox. */
export async function mailedLink(page: Page, email: string): Promise<string> {
  await page.goto("/en/signin");
  const form = page.locator("form").filter({ hasNot: page.getByLabel("Password") });
  await form.getByLabel("E-mail address").fill(email);
  await form.getByRole("button", { name: "Mail me a link" }).click();
  await expect(page.getByText("a link is on its way")).toBeVisible();
  return newestLink(page, email);
}

/** The sign-in link of the newest mail to somebody. */
export async function newestLink(page: Page, email: string): Promise<string> {
  await page.goto(`/en/mailbox?to=${encodeURIComponent(email)}`);
  const text = await page.locator("body").innerText();
  const link = /https?:\/\/\S+\/signin\/link#\S+/.exec(text)?.[0] ?? "";
  expect(link).toContain("token=");
  return link;
}

/** Nothing for axe to complain about on this page, by WCAG 2.2 A and AA. */
export async function expectAccessible(page: Page): Promise<void> {
  // The title of a page may stream in after its body.
  await expect(page).toHaveTitle(/./);
  let told = await violationsOf(page);
  if (told.join() === "document-title: html") {
    // On its way to the next page it has none for a moment.
    await expect(page).toHaveTitle(/./);
    told = await violationsOf(page);
  }
  expect(told, page.url()).toEqual([]);
}

async function violationsOf(page: Page): Promise<string[]> {
  // No page of ours has frames: without the way through frames, which opens a second page, it takes less than half as long.
  const found = await new AxeBuilder({ page })
    .options({ resultTypes: ["violations"] })
    .setLegacyMode(true)
    .withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"])
    .analyze();
  return found.violations.map(
    (one) => `${one.id}: ${one.nodes.map((node) => node.target.join(" ")).join("; ")}`,
  );
}

/** Presses a button whose script may still be on its way, again until what it does is seen; twice must do no harm. */
export async function clickUntil(button: Locator, seen: Locator): Promise<void> {
  await expect(async () => {
    if (!(await seen.isVisible())) await button.click({ timeout: 2_000 });
    await expect(seen).toBeVisible({ timeout: 2_000 });
  }).toPass();
}

/** Until the page's own scripts have taken over what the server sent: before that a link is the browser's alone. */
export async function untilAwake(one: Locator): Promise<void> {
  const isAwake = () =>
    one.evaluate(
      (node) =>
        document.documentElement.dataset.awake !== undefined &&
        Object.keys(node).some((key) => key.startsWith("__reactProps")),
    );
  await expect.poll(isAwake).toBe(true);
}

/** Collects what the page's own policy refused; a journey ends with none. */
export function watchPolicy(page: Page): string[] {
  const refused: string[] = [];
  page.on("console", (message) => {
    if (/Content.Security.Policy|Trusted ?Type/i.test(message.text())) refused.push(message.text());
  });
  return refused;
}

/** Opens a section of a case: from the bar, or on a phone from the list behind the name of the open section. */
export async function openSection(page: Page, name: string): Promise<void> {
  const sections = page.getByRole("navigation", { name: "This case" });
  const folded = sections.locator("summary");
  if (await folded.isVisible()) await folded.click();
  await sections.getByRole("link", { name, exact: true }).click();
}

/**
 * Letters twice as large, as somebody with weak eyes sets them: nothing is wider than the page, and no control or
 * heading is narrower than its own words.
 */
export async function expectNothingCut(page: Page, place: string): Promise<void> {
  const cut = await page.evaluate(() => {
    document.documentElement.style.fontSize = "200%";
    const width = document.documentElement.clientWidth;
    const found = [...document.querySelectorAll("body *")].filter((element) => {
      const box = element.getBoundingClientRect();
      const style = getComputedStyle(element);
      if (box.width === 0 || box.height === 0 || !element.checkVisibility({ visibilityProperty: true }))
        return false;
      if (element.closest(".skip, [class*='sr-only'], [data-scrolls], svg, option") !== null) return false;
      const isOutside = box.right > width + 1 || box.left < -1;
      const isText = element.matches("a, button, label, p, dt, dd, h1, h2, h3, legend, li, td, th, summary");
      const isNarrow = isText && element.scrollWidth > element.clientWidth + 2 && style.display !== "inline";
      return isOutside || isNarrow;
    });
    const told = found.map(
      (element) => `${element.tagName} "${element.textContent?.trim().slice(0, 40) ?? ""}"`,
    );
    document.documentElement.style.fontSize = "";
    return told;
  });
  expect(cut, place).toEqual([]);
}
