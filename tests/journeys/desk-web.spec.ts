import { expect } from "@playwright/test";
import { clickUntil, expectAccessible, untilAwake, watchPolicy } from "../support/browser";
import { test } from "../support/elsewhere";
import { caseWithCentre, consentToCentre, sentCase } from "../support/main-job";

test("a coordinator takes a case, closes the gaps and asks a centre", async ({ signedIn }) => {
  test.setTimeout(150_000);
  const { id: caseId, number, patient } = await sentCase();
  await consentToCentre(patient, caseId);
  const page = await signedIn("coordinator@demo.valvia.test");
  const refused = watchPolicy(page);
  await page.goto(`/en/desk/cases?q=${number}`);
  await page.getByRole("link", { name: number }).click();
  await page.getByRole("button", { name: "Take this case" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText("Triage");

  await page.goto(`/en/desk/cases/${caseId}/clinics`);
  await page.getByRole("checkbox", { name: "Herzzentrum Rheintal" }).check();
  await page.getByRole("button", { name: "Send to the chosen centres" }).click();
  await expect(
    page.getByRole("alert").getByText(/close these lines of the checklist: Echo report/),
  ).toBeVisible();
  await expectAccessible(page);

  await page.goto(`/en/desk/cases/${caseId}/records`);
  const open = page.getByText(/^Still open before centres can be asked/);
  const whole = page.getByText(/Everything the first answer needs is there/);
  for (;;) {
    await expect(open.or(whole)).toBeVisible();
    if (await whole.isVisible()) break;
    const gap = page
      .getByRole("listitem")
      .filter({ hasText: "(Needed)" })
      .filter({ hasText: "Still missing" })
      .first();
    const before = await open.innerText();
    await gap.getByText("Close this gap").click();
    await gap.getByLabel("Reason").fill("The centre said it can answer without it");
    await gap.getByRole("button", { name: "Close with this reason" }).click();
    await expect(page.getByText(before, { exact: true })).toBeHidden();
  }

  await page.goto(`/en/desk/cases/${caseId}/clinics`);
  await page.getByRole("checkbox", { name: "Herzzentrum Rheintal" }).check();
  await page.getByRole("button", { name: "Send to the chosen centres" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText("With centres");

  await page.goto(`/en/desk/cases/${caseId}/messages?audience=internal`);
  await page.getByLabel("Message").fill("Call on Friday.");
  await page.getByRole("button", { name: "Keep the note" }).click();
  await expect(page.getByRole("listitem").filter({ hasText: "Call on Friday." })).toBeVisible();
  await expectAccessible(page);
  expect(refused).toEqual([]);
});

test("two doctors sign an answer, and the coordinator turns it into an estimate", async ({ signedIn }) => {
  test.setTimeout(150_000);
  const { caseId, reviewId } = await caseWithCentre();
  const reviewer = await signedIn("reviewer@demo.valvia.test");
  await reviewer.goto(`/en/cabinet/reviews/${reviewId}`);
  await reviewer.getByRole("button", { name: "Begin the review" }).click();
  await reviewer.getByRole("link", { name: "Write the answer" }).click();
  await reviewer.getByLabel("Can be treated here, with conditions").check();
  const sign = reviewer.getByRole("button", { name: "Sign as first doctor" });
  await clickUntil(reviewer.getByRole("button", { name: "Check the answer" }), sign);
  await sign.click();
  await expect(reviewer.getByRole("alert").getByText("Name at least one condition.")).toBeVisible();
  await expectAccessible(reviewer);
  await reviewer.getByLabel("What must be done first").first().fill("Dental check first");
  await reviewer.getByLabel("Fit to travel now").selectOption("with_escort");
  await reviewer.getByLabel("Event").first().fill("Death within 30 days");
  await reviewer.getByLabel("Of 100").first().fill("1,7");
  await reviewer.getByRole("button", { name: "Check the answer" }).click();
  await expect(reviewer.getByRole("region", { name: "Check before you sign" })).toContainText(
    "Dental check first",
  );
  await expectAccessible(reviewer);
  await reviewer.getByRole("button", { name: "Sign as first doctor" }).click();
  await expect(reviewer.getByText("You signed first. A colleague signs second.")).toBeVisible();

  const surgeon = await signedIn("surgeon@demo.valvia.test");
  await surgeon.goto(`/en/cabinet/reviews/${reviewId}/answer`);
  await expect(surgeon.getByText("Death within 30 days: 1.7 of 100 patients")).toBeVisible();
  await surgeon.getByRole("button", { name: "Sign as second doctor" }).click();
  await expect(surgeon.getByText("Binding: two signatures").first()).toBeVisible();

  const desk = await signedIn("coordinator@demo.valvia.test");
  await desk.goto(`/en/desk/cases/${caseId}/estimates`);
  await desk.getByRole("link", { name: "Build an estimate" }).click();
  await desk.getByRole("button", { name: "Remove line 6" }).click();
  await desk.getByRole("button", { name: "Add a line" }).click();
  const added = desk.getByRole("group", { name: "Line 6" });
  await added.getByLabel("Kind").selectOption("translation");
  await added.getByLabel("Expected").fill("a lot");
  await added.getByLabel("Why low and high differ").fill("Fixed price");
  await desk.getByRole("button", { name: "Save the draft" }).click();
  await expect(added.getByText("A sum such as 24500 or 24500.50.")).toBeVisible();
  await expectAccessible(desk);
  await added.getByLabel("Expected").fill("180");
  await desk.getByRole("button", { name: "Save the draft" }).click();
  await desk.getByRole("button", { name: /^Send: / }).click();
  await expect(desk.getByRole("heading", { level: 1 })).toContainText("Choosing");

  // A correction begins with what was sent.
  await desk.getByRole("link", { name: "New version, beginning with version 1" }).click();
  await expect(desk.getByText("The lines begin with version 1 as it was sent.")).toBeVisible();
  await expect(desk.getByRole("group", { name: "Line 6" }).getByLabel("Expected")).toHaveValue("180");
});

test("a manager offers more places and changes the listing, which the operator publishes", async ({
  signedIn,
}) => {
  test.setTimeout(150_000);
  const manager = await signedIn("manager2@demo.valvia.test");
  await manager.goto("/en/cabinet/capacity?page=5");
  const places = manager.getByRole("textbox", { name: /^Places on/ }).first();
  const offered = String((Number(await places.inputValue()) % 9) + 1);
  await places.fill(offered);
  await places.press("Enter");
  await expect(manager.getByText("Saved.")).toBeVisible();
  await manager.reload();
  await expect(places).toHaveValue(offered);

  const hours = `Monday to Friday, from ${10 + (Date.now() % 10)}:${10 + (Math.floor(Date.now() / 10) % 50)}`;
  await manager.goto("/en/cabinet/listing");
  const field = manager.getByLabel("International office hours");
  // Whoever writes that much has a page that is awake by then: it saves by itself, and says so beside the button.
  await untilAwake(field);
  await field.fill(hours);
  await manager.getByRole("button", { name: "Save the draft" }).click();
  await expect(manager.getByText(/^Saved at /)).toBeVisible();
  await expectAccessible(manager);
  await manager.getByRole("link", { name: "See changes and submit" }).click();
  await manager.getByRole("button", { name: "Submit for approval" }).click();
  await expect(manager.getByText(/A revision waits for the operator/)).toBeVisible();

  const admin = await signedIn("admin@demo.valvia.test");
  await admin.goto("/en/desk/listings");
  await admin.getByRole("link", { name: "Bohai Heart Hospital" }).click();
  await expect(admin.getByRole("cell", { name: hours })).toBeVisible();
  await expectAccessible(admin);
  await admin.getByRole("button", { name: "Approve and publish" }).click();
  await expect(admin.getByRole("heading", { level: 1 })).toContainText("Published");
});

test("a bad price sheet is named row by row and changes nothing", async ({ signedIn }) => {
  const page = await signedIn("manager2@demo.valvia.test");
  await page.goto("/en/cabinet/prices");
  const csv = [
    "treatment,device,currency,low,expected,high,basis,stay_low,stay_high,valid_from,valid_to",
    "teer,mitraclip,CNY,90000,dear,120000,list,3,5,2026-01-01,2027-12-31",
  ].join("\n");
  await page
    .getByLabel("File, XLSX or CSV")
    .setInputFiles({ name: "prices.csv", mimeType: "text/csv", buffer: Buffer.from(csv) });
  await page.getByRole("button", { name: "Import", exact: true }).click();
  await expect(page.getByText(/^Row 2, column “expected”: /)).toBeVisible();
  await expect(page.getByText(/Nothing was changed/)).toBeVisible();
});
