import { randomBytes } from "node:crypto";
import { expect, type Page, test } from "@playwright/test";
import { signIn } from "../support/browser";
import { sentCase } from "../support/main-job";

const PASSWORD = "a long sentence to remember";
const BYTES = 9 * 1_048_576;

/** Has the page loaded anew, as somebody's hand would; answers what the browser asked first, if it did. */
async function askedOnReload(page: Page): Promise<string | null> {
  const asked: string[] = [];
  const stay = async (dialog: { type: () => string; dismiss: () => Promise<void> }) => {
    asked.push(dialog.type());
    await dialog.dismiss();
  };
  page.on("dialog", stay);
  await page.evaluate(() => {
    Object.assign(globalThis, { isStill: true });
    setTimeout(() => location.reload(), 0);
  });
  const isStill = () => page.evaluate(() => "isStill" in globalThis).catch(() => false);
  await expect.poll(async () => asked.length > 0 || !(await isStill())).toBe(true);
  page.off("dialog", stay);
  return asked[0] ?? null;
}

test("leaving the page while files are on their way, or paused, asks first", async ({ page }) => {
  const { id, email } = await sentCase();
  await signIn(page, email, PASSWORD);
  await page.goto(`/en/my/cases/${id}/records`);
  // The line takes the file and never answers.
  await page.route(/\/uploads(\/|$)/, () => undefined);
  const chooser = page.waitForEvent("filechooser");
  await page.getByText("Choose files", { exact: true }).click();
  const file = { name: "IM0001", mimeType: "application/dicom", buffer: randomBytes(BYTES) };
  await (await chooser).setFiles([file]);
  const pause = page.getByRole("button", { name: "Pause" });
  await expect(pause).toBeVisible();
  await expect(page.getByText("Files are still on their way.")).toBeVisible();
  expect(await askedOnReload(page)).toBe("beforeunload");

  await pause.click();
  await expect(page.getByText("paused")).toBeVisible();
  expect(await askedOnReload(page)).toBe("beforeunload");
  await expect(page.getByText("IM0001", { exact: true })).toBeVisible();

  await page.getByRole("button", { name: /Stop this file/ }).click();
  await expect(page.getByText("IM0001", { exact: true })).toBeHidden();
  expect(await askedOnReload(page)).toBeNull();
});
