import { randomUUID } from "node:crypto";
import { expect, type Page, test } from "@playwright/test";
import { caseWithCentre, sendEstimate } from "../support/main-job";
import { RED_FLAGS } from "../support/intake";
import { choose, enter, tabTo, typeInto } from "../support/keyboard";

/** By Tab to the act of a question, and Enter; the next question stands there. */
async function press(page: Page, act: string, next: string): Promise<void> {
  await enter(page, page.getByRole("button", { name: act, exact: true }));
  await expect(page.getByRole("heading", { level: 1, name: next })).toBeVisible();
}

async function tick(page: Page, label: string | RegExp): Promise<void> {
  const box = page.getByRole("checkbox", { name: label });
  await tabTo(page, box);
  await page.keyboard.press("Space");
  await expect(box).toBeChecked();
}

test("somebody without a mouse finds a centre, tells their case, sends it and writes a message", async ({
  page,
}) => {
  test.setTimeout(180_000);
  await page.goto("/en");
  await enter(page, page.getByRole("link", { name: "Skip to the content" }));
  // The links above the content were passed over.
  expect(await tabTo(page, page.getByRole("combobox", { name: "Treatment" }))).toBeLessThan(4);
  await page.keyboard.type("Mitral");
  await enter(page, page.getByRole("button", { name: "Show treatment centres" }));
  await enter(page, page.getByRole("link", { name: "Herzzentrum Rheintal" }).first());
  await enter(page, page.getByRole("link", { name: "Start a case with this centre" }).first());

  await tick(page, /I agree/);
  await press(page, "Agree and go on", "Warning signs first");
  for (const question of RED_FLAGS) await choose(page, page.getByRole("group", { name: question }), "No");
  await press(page, "Save and go on", "What is your valve problem?");
  await typeInto(page, page.getByLabel("In your own words"), "Leaky mitral valve");
  await press(page, "Save and go on", "Which treatment were you told about?");
  await press(page, "Save and go on", "When was the patient born?");
  await press(page, "Skip this question", "What makes you short of breath or tired?");
  await press(page, "Skip this question", "How are your days?");
  await press(page, "Skip this question", "Is your last report at hand?");
  await press(page, "Skip this question", "Who is the patient?");
  await typeInto(page, page.getByLabel("Name of the patient"), "Samira Haddad");
  await tabTo(page, page.getByLabel("Country the patient lives in"));
  await page.keyboard.type("Indonesia");
  await press(page, "Save and go on", "How do we reach you?");
  await typeInto(page, page.getByLabel("E-mail address we write to"), `keys.${randomUUID()}@example.test`);
  await press(page, "Save and go on", "Check your answers");
  await enter(page, page.getByRole("link", { name: "Open an account" }));
  await typeInto(page, page.getByLabel("Password"), "a long sentence to remember");
  await enter(page, page.getByRole("button", { name: "Open the account" }));
  await tick(page, /I agree/);
  await press(page, "Send my case", "Sent");

  const sections = page.getByRole("navigation", { name: "This case" });
  await enter(page, sections.getByRole("link", { name: "Messages", exact: true }));
  await expect(page.getByRole("heading", { level: 1, name: "Messages" })).toBeVisible();
  await typeInto(page, page.getByLabel("Your message"), "When will somebody call me?");
  await enter(page, page.getByRole("button", { name: "Send", exact: true }));
  await expect(page.getByRole("main").getByText("When will somebody call me?").last()).toBeVisible();
  await enter(page, page.getByRole("button", { name: "Sign out" }));
  // Wholly there: a browser that is closed while its next page comes may hang.
  await page.waitForURL((url) => url.pathname === "/en");
  await expect(page.getByRole("link", { name: /Sign in|My case/ }).first()).toBeVisible();
});

test("somebody without a mouse accepts an estimate, holds a day, signs both contracts and pays", async ({
  page,
}) => {
  test.setTimeout(180_000);
  const { caseId, reviewId, email } = await caseWithCentre();
  await sendEstimate(reviewId);
  await page.goto("/en/signin");
  const form = page.locator("form").filter({ has: page.getByLabel("Password") });
  await typeInto(page, form.getByLabel("E-mail address"), email);
  await typeInto(page, form.getByLabel("Password"), "a long sentence to remember");
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/my/);
  await page.goto(`/en/my/cases/${caseId}/estimates`);
  await enter(page, page.getByRole("button", { name: "Accept this estimate" }));
  await enter(page, page.getByRole("link", { name: "Choose a day" }));

  const day = page.getByLabel("Day of the procedure");
  const held = page.getByText("Held for you: sign the two contracts");
  // A new refusal takes the focus; the one before may still stand there.
  const refused = page.locator("form [role=alert]:focus");
  // Days may be taken by others meanwhile: a person would choose the next one.
  for (let tries = 0; tries < 8 && !(await held.isVisible()); tries += 1) {
    await tabTo(page, day);
    for (let downs = 0; downs < 5; downs += 1) await page.keyboard.press("ArrowDown");
    await enter(page, page.getByRole("button", { name: "Hold this day for me" }));
    await expect(held.or(refused).first()).toBeVisible();
  }

  await typeInto(page, page.getByLabel("Type your full name to sign").first(), "Samira Haddad");
  await enter(page, page.getByRole("button", { name: "Sign contract A" }));
  await expect(page.getByText("Signed by Samira Haddad").first()).toBeVisible();
  await typeInto(page, page.getByLabel("Type your full name to sign").first(), "Samira Haddad");
  await enter(page, page.getByRole("button", { name: "Order with obligation to pay" }));
  await expect(page.getByText("Signed: now the deposit")).toBeVisible();
  await enter(page, page.getByRole("button", { name: /^Pay / }).first());
  await page.waitForURL(/\/c\/pay\//);
  await typeInto(page, page.getByLabel(/card number/i), "4242424242424242");
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/payment\?session=/);
  await expect(page.getByText("Paid. Thank you.")).toBeVisible({ timeout: 20_000 });
});
