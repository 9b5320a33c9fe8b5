import { expect, type Page } from "@playwright/test";

/** The screen of one question of the intake, by its number and its heading. */
export async function atQuestion(page: Page, number: number, heading: string): Promise<void> {
  await expect(page.getByRole("heading", { level: 1, name: heading })).toBeVisible();
  await expect(page.getByText(`Step ${number} of 9`)).toBeVisible();
}

/** "No" to every question on this screen. */
export async function answerNo(page: Page): Promise<void> {
  const groups = page.getByRole("group").filter({ has: page.getByRole("radio") });
  for (const group of await groups.all()) await group.getByLabel("No", { exact: true }).check();
}

export async function goOn(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Save and go on" }).click();
}

/** A draft with the four warning signs answered "no", in the browser of this page. */
export async function beginIntake(page: Page): Promise<void> {
  await page.goto("/en/start");
  await page.getByLabel("I agree").check();
  await page.getByRole("button", { name: "Agree and go on" }).click();
  await atQuestion(page, 1, "Warning signs first");
  await answerNo(page);
  await goOn(page);
  await atQuestion(page, 2, "What is your valve problem?");
}

export const RED_FLAGS = [
  "Are you short of breath while you are resting?",
  "Do you have chest pain while you are resting?",
  "Did you faint today?",
  "Was your oxygen reading below 92 %?",
];
