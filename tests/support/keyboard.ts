import { expect, type Locator, type Page } from "@playwright/test";

const TABS_MAX = 250;

/** Presses Tab until the focus is on it, as somebody without a mouse would, and sees that the focus can be seen. */
export async function tabTo(page: Page, wanted: Locator, key: "Tab" | "Shift+Tab" = "Tab"): Promise<number> {
  await expect(wanted).toBeVisible();
  for (let presses = 0; presses <= TABS_MAX; presses += 1) {
    if (await wanted.evaluate((one) => one === document.activeElement)) {
      expect(await isFocusSeen(wanted), `the focus on ${String(wanted)} can be seen`).toBe(true);
      return presses;
    }
    await page.keyboard.press(key);
  }
  throw new Error(`${TABS_MAX} times ${key} did not reach ${String(wanted)}.`);
}

/** A page that has just been sent hears no key of its own yet; who presses again is heard. */
export async function pressUntil(page: Page, key: string, isSeen: () => Promise<unknown>): Promise<void> {
  await expect(async () => {
    await page.keyboard.press(key);
    await isSeen();
  }).toPass();
}

/** Goes there by Tab and presses Enter. */
export async function enter(page: Page, wanted: Locator): Promise<void> {
  await tabTo(page, wanted);
  await page.keyboard.press("Enter");
}

/** Goes to a field by Tab and types. */
export async function typeInto(page: Page, field: Locator, text: string): Promise<void> {
  await tabTo(page, field);
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.type(text);
}

/** Goes to a group of radio buttons by Tab, to the wanted one by the arrows, and chooses it. */
export async function choose(page: Page, group: Locator, label: string): Promise<void> {
  const wanted = group.getByLabel(label, { exact: true });
  const all = group.getByRole("radio");
  const checked = group.locator("input:checked");
  await tabTo(page, (await checked.count()) > 0 ? checked.first() : all.first());
  for (let presses = await all.count(); presses > 0; presses -= 1) {
    if (await wanted.evaluate((one) => one === document.activeElement)) break;
    await page.keyboard.press("ArrowDown");
  }
  await expect(wanted).toBeFocused();
  if (!(await wanted.isChecked())) await page.keyboard.press("Space");
  await expect(wanted).toBeChecked();
}

/** An outline around it, or around the label it stands in; a shadow may be there without the focus too. */
function isFocusSeen(wanted: Locator): Promise<boolean> {
  return wanted.evaluate((one) =>
    [one, one.closest("label")].some((each) => {
      if (each === null) return false;
      const { outlineStyle, outlineWidth } = getComputedStyle(each);
      return outlineStyle !== "none" && Number.parseFloat(outlineWidth) >= 1;
    }),
  );
}
