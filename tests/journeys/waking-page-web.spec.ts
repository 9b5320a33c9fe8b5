import { expect, type Page, test } from "@playwright/test";
import { signIn } from "../support/browser";
import { caseWithCentre, PDF, sentCase } from "../support/main-job";

const PASSWORD = "a long sentence to remember";

// What it keeps would come from no line.
test.use({ serviceWorkers: "block" });

/** A page as a slow line brings it: all there to be read and typed into, its scripts still on their way. */
async function openWaking(page: Page, path: string): Promise<() => Promise<void>> {
  const scripts = "**/_next/static/**/*.js";
  const { promise, resolve } = Promise.withResolvers<void>();
  await page.route(scripts, async (route) => {
    await promise;
    await route.continue();
  });
  await page.goto(path, { waitUntil: "commit" });
  await page.waitForLoadState("domcontentloaded");
  return async () => {
    resolve();
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

test("files chosen before the scripts came are sent", async ({ page }) => {
  const { id, email } = await sentCase();
  await signIn(page, email, PASSWORD);
  const arrive = await openWaking(page, `/en/my/cases/${id}/records`);
  const file = { name: "echo.pdf", mimeType: "application/pdf", buffer: PDF };
  await page.getByLabel("Choose files").setInputFiles([file]);
  await arrive();
  await expect(page.getByText("1 of 1 file, 100 %").first()).toBeVisible({ timeout: 30_000 });
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
