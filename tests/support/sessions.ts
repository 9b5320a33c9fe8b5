import type { Browser, Page } from "@playwright/test";

/** Ends the session of this page at the server, without the page knowing: its cookie is left and opens nothing. */
export async function endSessionOf(page: Page, browser: Browser): Promise<void> {
  const twin = await browser.newContext({ storageState: await page.context().storageState() });
  const other = await twin.newPage();
  await other.goto("/en/account");
  await other.getByRole("button", { name: "Sign out", exact: true }).click();
  await other.waitForURL((url) => url.pathname === "/en");
  await twin.close();
}
