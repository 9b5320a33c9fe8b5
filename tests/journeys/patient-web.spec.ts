import { randomUUID } from "node:crypto";
import { expect, test } from "@playwright/test";
import { ApiClient } from "../support/api";
import { expectAccessible, watchPolicy, openSection } from "../support/browser";
import { answerNo, atQuestion, goOn } from "../support/intake";
import { PDF } from "../support/main-job";

test.describe("a patient in the browser", () => {
  test("starts a case, sees the warning page, goes on, sends records and consents", async ({ page }) => {
    test.setTimeout(120_000);
    const refused = watchPolicy(page);
    await page.goto("/en/clinics/herzzentrum-rheintal");
    await page.getByRole("link", { name: "Start a case with this centre" }).first().click();
    await expect(page.getByText("You start with Herzzentrum Rheintal")).toBeVisible();
    await expectAccessible(page);
    await page.getByLabel("I agree").check();
    await page.getByRole("button", { name: "Agree and go on" }).click();
    await atQuestion(page, 1, "Warning signs first");
    await expect(page.getByText("You start with Herzzentrum Rheintal")).toBeVisible();

    await answerNo(page);
    const rest = page.getByRole("group", { name: "Are you short of breath while you are resting?" });
    await rest.getByLabel("Yes", { exact: true }).check();
    await page
      .getByRole("group", { name: "Was your oxygen reading below 92 %?" })
      .getByLabel("Not measured")
      .check();
    await goOn(page);
    await expect(page.getByRole("heading", { level: 1, name: "Get help now" })).toBeVisible();
    await expectAccessible(page);
    // No address goes past it, breaking off neither.
    for (const address of ["start?step=check", "start/later"]) {
      await page.goto(`/en/${address}`);
      await expect(page.getByRole("heading", { level: 1, name: "Get help now" })).toBeVisible();
    }
    await page.getByRole("button", { name: "I have been seen by a doctor: go on" }).click();

    await atQuestion(page, 2, "What is your valve problem?");
    await page.getByLabel("In your own words").fill("Leaky mitral valve. I stop on every second stair.");
    await expectAccessible(page);
    await goOn(page);
    await atQuestion(page, 3, "Which treatment were you told about?");
    await page.getByLabel(/clip/i).first().check();
    await expectAccessible(page);
    await goOn(page);
    await atQuestion(page, 4, "When was the patient born?");
    await page.getByLabel("Day").fill("31");
    await page.getByLabel("Month").fill("2");
    await page.getByLabel("Year").fill("1951");
    await goOn(page);
    await expect(page.getByText("This day does not exist").first()).toBeVisible();
    await expect(page.getByLabel("Year")).toHaveValue("1951");
    await expectAccessible(page);
    await page.getByLabel("Day").fill("24");
    await page.getByLabel("Month").fill("3");
    await goOn(page);

    await atQuestion(page, 5, "What makes you short of breath or tired?");
    // Somebody who comes back another day goes on where they stopped; what is behind can be opened again.
    await page.goto("/en/start");
    await atQuestion(page, 5, "What makes you short of breath or tired?");
    await page.getByRole("link", { name: "Back", exact: true }).click();
    await atQuestion(page, 4, "When was the patient born?");
    await expect(page.getByLabel("Day")).toHaveValue("24");
    await page.getByRole("link", { name: "Back", exact: true }).click();
    await page.getByRole("link", { name: "On to step 5, where you stopped" }).click();
    await page.getByLabel("Small efforts: getting dressed, a few steps on the flat").check();
    await expectAccessible(page);
    await goOn(page);
    await atQuestion(page, 6, "How are your days?");
    await page.getByRole("group", { name: "Are your ankles swollen?" }).getByLabel("In the evening").check();
    await expectAccessible(page);
    await goOn(page);
    await atQuestion(page, 7, "Is your last report at hand?");
    await page.getByRole("textbox", { name: "Size of the leak (EROA)" }).fill("0,4");
    await goOn(page);
    await expect(page.getByText("0.4 mm² is not possible. 0.4 cm² would be.").first()).toBeVisible();
    await expectAccessible(page);
    await page.locator('[name="unit.eroa"]').selectOption("cm2");
    await goOn(page);

    await atQuestion(page, 8, "Who is the patient?");
    await page.getByLabel("Name of the patient").fill("Samira Haddad");
    await page.getByLabel("Country the patient lives in").selectOption("ID");
    await expectAccessible(page);
    await goOn(page);
    await atQuestion(page, 9, "How do we reach you?");
    const email = `web.${randomUUID()}@example.test`;
    await page.getByLabel("E-mail address we write to").fill(email);
    await expectAccessible(page);
    await goOn(page);

    await expect(page.getByRole("heading", { level: 1, name: "Check your answers" })).toBeVisible();
    await expect(page.getByText("Leaky mitral valve. I stop on every second stair.")).toBeVisible();
    await expect(page.getByText("Size of the leak (EROA): 0.4 cm²")).toBeVisible();
    await expectAccessible(page);
    await page.getByRole("link", { name: "Change: How are your days?" }).click();
    await page.getByRole("group", { name: "Are your ankles swollen?" }).getByLabel("All day").check();
    await goOn(page);
    await expect(page.getByRole("heading", { level: 1, name: "Check your answers" })).toBeVisible();
    await expect(page.getByText("Are your ankles swollen? All day")).toBeVisible();

    await page.getByRole("link", { name: "Open an account" }).click();
    await expect(page.getByLabel("Your name")).toHaveValue("Samira Haddad");
    await expect(page.getByLabel("E-mail address")).toHaveValue(email);
    await page.getByLabel("Password").fill("a long sentence to remember");
    await expectAccessible(page);
    await page.getByRole("button", { name: "Open the account" }).click();
    await expect(page.getByText("One step is left: agree and send it.")).toBeVisible();
    await page.getByRole("link", { name: "Go to the last step" }).click();
    const send = page.getByRole("button", { name: "Send my case" });
    await expect(send).toBeInViewport();
    await send.click();
    await expect(page.getByText("Tick that you agree").first()).toBeVisible();
    await page.getByLabel("I agree").check();
    await send.click();

    await expect(page.getByRole("heading", { level: 1, name: "Sent" })).toBeVisible();
    await expect(page.getByRole("link", { name: "Herzzentrum Rheintal" })).toBeVisible();
    await expectAccessible(page);
    await openSection(page, "Records");
    await expect(page.getByRole("heading", { level: 1, name: "Records" })).toBeVisible();
    await page.getByLabel("Choose files").setInputFiles([
      { name: "echo.pdf", mimeType: "application/pdf", buffer: PDF },
      { name: "letter.pdf", mimeType: "application/pdf", buffer: Buffer.concat([PDF, Buffer.from("\n")]) },
    ]);
    await expect(page.getByText("2 of 2 files, 100 %").first()).toBeVisible({ timeout: 20_000 });
    await expect(page.getByText("Readable, waiting for the coordinator")).toHaveCount(2, { timeout: 30_000 });
    await expectAccessible(page);

    await openSection(page, "Clinics");
    await expect(page.getByLabel("Treatment centre")).toHaveValue("herzzentrum-rheintal");
    await page.getByRole("button", { name: "I agree to share with this clinic" }).click();
    await expect(page.getByRole("button", { name: "Take it back" })).toBeVisible();
    await expectAccessible(page);

    await openSection(page, "Messages");
    await page.getByLabel("Your message").fill("When will somebody call me?");
    await page.getByRole("button", { name: "Send", exact: true }).click();
    await expect(page.getByText("When will somebody call me?").last()).toBeVisible();
    await expectAccessible(page);

    await openSection(page, "Documents");
    const archive = page.waitForEvent("download");
    await page.getByRole("link", { name: "Download all of this case" }).click();
    expect((await archive).suggestedFilename()).toMatch(/\.zip$/);

    await openSection(page, "Who saw it");
    await expect(page.getByText("opened the case").first()).toBeVisible();
    await expectAccessible(page);
    expect(refused).toEqual([]);
  });

  test("may pass over a page, change the wish, and is read by nobody before sending", async ({ page }) => {
    await page.goto("/en/start?clinic=bohai-heart-hospital");
    await page.getByLabel("I agree").check();
    await page.getByRole("button", { name: "Agree and go on" }).click();
    await atQuestion(page, 1, "Warning signs first");
    await answerNo(page);
    await goOn(page);
    await page.getByLabel("In your own words").fill("Only for me, so far.");
    await goOn(page);
    await goOn(page);
    await atQuestion(page, 4, "When was the patient born?");
    for (const number of [5, 6, 7, 8]) {
      await page.getByRole("button", { name: "Skip this question" }).click();
      await expect(page.getByText(`Step ${number} of 9`)).toBeVisible();
    }
    await page.getByRole("button", { name: "Start without this centre" }).click();
    await atQuestion(page, 8, "Who is the patient?");
    await expect(page.getByText("You start with")).toBeHidden();

    const desk = await ApiClient.signIn("coordinator@demo.valvia.test");
    const drafts = await desk.get<{ items: unknown[] }>("/cases?stage=draft");
    expect(drafts.body.items).toEqual([]);
  });

  test("has a dead cookie after signing out", async ({ page, context, request }) => {
    await page.goto("/en/signin");
    await page.locator("form").first().getByLabel("E-mail address").fill("patient@demo.valvia.test");
    await page.getByLabel("Password").fill("valvia-demo");
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.waitForURL("**/my");
    const cookies = await context.cookies();
    const copied = cookies.map(({ name, value }) => `${name}=${value}`).join("; ");
    expect((await request.get("/api/v1/cases", { headers: { cookie: copied } })).status()).toBe(200);
    await page.getByRole("button", { name: "Sign out" }).click();
    await page.waitForURL(/\/en$/);
    expect((await request.get("/api/v1/cases", { headers: { cookie: copied } })).status()).toBe(401);
  });
});
