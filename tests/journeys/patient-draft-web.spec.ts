import { randomUUID } from "node:crypto";
import { expect, type Page } from "@playwright/test";
import { newPatient } from "../support/api";
import { expectAccessible, signIn, watchPolicy } from "../support/browser";
import { test } from "../support/elsewhere";
import { answerNo, atQuestion, beginIntake, goOn } from "../support/intake";
import { CALM, must } from "../support/main-job";

async function mailedLink(page: Page, email: string): Promise<string> {
  await page.goto(`/en/mailbox?to=${encodeURIComponent(email)}`);
  const text = await page.locator("body").innerText();
  return /https?:\/\/\S+\/start\/resume#\S+/.exec(text)?.[0] ?? "";
}

test("somebody breaks off in the middle of a sentence and goes on elsewhere by the mailed link", async ({
  page,
  elsewhere,
}) => {
  const refused = watchPolicy(page);
  await beginIntake(page);
  await page.getByLabel("In your own words").fill("Leaky, they say.");
  await page.getByRole("button", { name: "Save and come back later" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Your answers are kept" })).toBeVisible();
  await expectAccessible(page);
  const email = `later.${randomUUID()}@example.test`;
  await page.getByLabel("Your e-mail address").fill(email);
  await page.getByRole("button", { name: "Mail me the link" }).click();
  await expect(page.getByText(`The link is on its way to ${email}`)).toBeVisible();
  const close = page.getByRole("button", { name: "Close the answers on this device" });
  await close.click();
  await expect(page.getByText("The answers are still open here.").first()).toBeVisible();
  await page.getByLabel("I have the link in my mail, or I give these answers up.").check();
  await close.click();
  await page.waitForURL(/\/en$/);
  await page.goto("/en/start");
  await expect(page.getByRole("button", { name: "Agree and go on" })).toBeVisible();

  const link = await mailedLink(page, email);
  expect(link).toContain("#token=");
  const phone = await elsewhere();
  await phone.goto(link);
  await expectAccessible(phone);
  await phone.getByRole("button", { name: "Open my answers" }).click();
  await atQuestion(phone, 2, "What is your valve problem?");
  await expect(phone.getByLabel("In your own words")).toHaveValue("Leaky, they say.");

  await page.goto("/en/start/resume#token=nobody-has-this-one");
  await page.getByRole("button", { name: "Open my answers" }).click();
  await expect(page.getByText("This link opens nothing any more")).toBeVisible();
  expect(refused).toEqual([]);
});

test("an answer never goes into another draft than the one its page was made for", async ({ page }) => {
  const { api, email } = await newPatient();
  const problem = "My own case, begun before.";
  const created = must(
    await api.post<{ id: string }>("/cases", { ...OWN, problem, contact: { ...OWN.contact, email } }),
    201,
  );
  await signIn(page, email, "a long sentence to remember");
  await beginIntake(page);
  const anonymous = page.getByLabel("In your own words");
  await anonymous.fill("For my mother.");

  // In another tab the patient opens the own draft for changes: this browser now holds two.
  const tab = await page.context().newPage();
  await tab.goto(`/en/my/cases/${created.id}`);
  await tab.getByRole("button", { name: "Change my answers" }).click();
  await expect(tab.getByText("You are changing the answers of your case")).toBeVisible();

  await goOn(page);
  await expect(page.getByText("This page belongs to other answers").first()).toBeVisible();
  await expect(anonymous).toHaveValue("For my mother.");
  await tab.goto("/en/start?step=check");
  await expect(tab.getByText(problem)).toBeVisible();
  await expect(tab.getByText("For my mother.")).toBeHidden();

  await tab.getByRole("button", { name: "Start another case" }).click();
  await atQuestion(tab, 2, "What is your valve problem?");
  await goOn(page);
  await atQuestion(page, 3, "Which treatment were you told about?");
});

test("an old page sent once more puts no begun draft aside", async ({ page }) => {
  await page.goto("/en/start");
  const old = await page.context().newPage();
  await old.goto("/en/start");
  await beginIntake(page);
  await page.getByLabel("In your own words").fill("Kept.");
  await goOn(page);
  await old.getByLabel("I agree").check();
  await old.getByRole("button", { name: "Agree and go on" }).click();
  await atQuestion(old, 3, "Which treatment were you told about?");
});

test("an empty answer is refused in the language of the page, with the focus on what is wrong", async ({
  page,
}) => {
  await beginIntake(page);
  await page.goto("/ar/start?step=problem");
  await page.getByRole("button", { name: "احفظ وتابع" }).click();
  const summary = page.locator("[role=alert]:focus");
  await expect(summary).toContainText("اكتب بضع كلمات عن مشكلة الصمّام.");
  await expect(page.getByRole("textbox")).toHaveAttribute("aria-invalid", "true");
  await page.goto("/ar/start?step=born");
  await page.getByLabel("اليوم").fill("3");
  await page.getByLabel("الشهر").fill("3");
  await page.getByLabel("السنة").fill("2090");
  await page.getByRole("button", { name: "احفظ وتابع" }).click();
  await expect(summary).toContainText("لم يأتِ هذا اليوم بعد.");
  await expect(page.getByLabel("السنة")).toHaveAttribute("aria-invalid", "true");
  await expectAccessible(page);
});

test("leaving is never refused: what fits is kept, and what does not is named", async ({ page }) => {
  await beginIntake(page);
  await page.goto("/en/start?step=values");
  const gradient = page.getByLabel("Mean pressure gradient across the valve", { exact: true });
  await gradient.fill("40");
  await page.getByLabel("Size of the leak (EROA)", { exact: true }).fill("many");
  await page.getByRole("button", { name: "Save and come back later" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Your answers are kept" })).toBeVisible();
  await expect(
    page.getByText("Not kept, because it could not be read: Size of the leak (EROA)."),
  ).toBeVisible();
  await page.goto("/en/start?step=values");
  await expect(gradient).toHaveValue("40");
});

test("the questions are answered without JavaScript, and a refusal keeps what was typed", async ({
  elsewhere,
}) => {
  const page = await elsewhere({ javaScriptEnabled: false });
  await beginIntake(page);
  await page.getByLabel("In your own words").fill("Leaky.");
  await goOn(page);
  await goOn(page);
  await atQuestion(page, 4, "When was the patient born?");
  await page.getByLabel("Year").fill("19");
  await goOn(page);
  await expect(page.getByText("This day does not exist").first()).toBeVisible();
  await expect(page.getByLabel("Year")).toHaveValue("19");
  await page.getByRole("button", { name: "Skip this question" }).click();
  await atQuestion(page, 5, "What makes you short of breath or tired?");
  await page.goto("/en/start?step=flags");
  await answerNo(page);
  await page.getByRole("group", { name: "Did you faint today?" }).getByLabel("Yes", { exact: true }).check();
  await goOn(page);
  await expect(page.getByRole("heading", { level: 1, name: "Get help now" })).toBeVisible();
});

const OWN = {
  treatment: "teer",
  contact: { name: "Samira Haddad", country: "AE" },
  redFlags: CALM,
};
