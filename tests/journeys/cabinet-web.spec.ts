import { expect } from "@playwright/test";
import { expectAccessible, watchPolicy } from "../support/browser";
import { test } from "../support/elsewhere";

test("a manager proposes a doctor and a result; the operator sees what is new and publishes it", async ({
  signedIn,
}) => {
  test.setTimeout(180_000);
  const manager = await signedIn("manager@demo.valvia.test");
  const refused = watchPolicy(manager);
  const name = `Mira Stein ${Date.now()}`;
  await manager.goto("/en/cabinet/doctors");
  await expectAccessible(manager);
  const added = manager.getByRole("region", { name: "Add a doctor" });
  await added.getByLabel("Title").fill("Dr.");
  await added.getByLabel("Name").fill(name);
  await added.getByLabel("Speciality").fill("Interventional cardiology");
  await added.getByLabel("Languages spoken").fill("de, tr");
  await added.getByLabel("Biography").fill("Invented for a test.");
  const line = added.getByRole("group", { name: "Line 1" });
  await line.getByLabel("Treatment").selectOption("teer");
  await line.getByLabel("Number").fill("84");
  await added.getByRole("button", { name: "Add to the draft" }).click();
  await expect(added.getByRole("alert")).toBeVisible();
  await expect(added.getByLabel("Biography")).toHaveValue("Invented for a test.");
  await line.getByLabel("Year").fill("2025");
  await added.getByRole("button", { name: "Add to the draft" }).click();
  await expect(manager.getByText(`Dr. ${name}`)).toBeVisible();
  await added.getByLabel("Title").fill("Prof.");
  await added.getByLabel("Name").fill(name);
  await added.getByLabel("Speciality").fill("Surgery");
  await added.getByLabel("Languages spoken").fill("de");
  await added.getByLabel("Biography").fill("Somebody else.");
  await added.getByRole("button", { name: "Add to the draft" }).click();
  await expect(added.getByText(/is listed already/).first()).toBeVisible();

  await manager.goto("/en/cabinet/results");
  await expectAccessible(manager);
  const year = String(1990 + (Math.floor(Date.now() / 1000) % 30));
  const result = manager.getByRole("region", { name: "Add a result" });
  await result.getByLabel("Treatment").selectOption("rehabilitation");
  await result.getByLabel("What was counted").selectOption("other");
  await result.getByLabel("Year").fill(year);
  await result.getByLabel("Result", { exact: true }).fill("120");
  await result.getByLabel("Patients counted").fill("200");
  await result.getByLabel("Source").fill(`Report ${name}`);
  await result.getByRole("button", { name: "Add to the draft" }).click();
  await expect(result.getByText("A share is at most 100 per cent.").first()).toBeVisible();
  await result.getByLabel("Result", { exact: true }).fill("1,5");
  await result.getByRole("button", { name: "Add to the draft" }).click();
  await expect(manager.getByText(`Report ${name}`)).toBeVisible();

  await manager.goto("/en/cabinet/listing/changes");
  await manager.getByRole("button", { name: "Submit for approval" }).click();
  await expect(manager.getByText(/A revision waits for the operator/)).toBeVisible();
  await manager.goto("/en/cabinet/doctors");
  await expect(manager.getByText(`Dr. ${name}`)).toBeVisible();

  const desk = await signedIn("coordinator@demo.valvia.test");
  await desk.goto("/en/desk/listings");
  await desk.getByRole("link", { name: "Herzzentrum Rheintal" }).click();
  await expect(desk.getByText(name).first()).toBeVisible();
  await expect(desk.getByText(/: 84 in 2025/).first()).toBeVisible();
  await expectAccessible(desk);
  await desk.getByText("Ask for changes").first().click();
  await desk.getByLabel("What must change", { exact: true }).fill("Say how often in 2025.");
  await desk.getByRole("button", { name: "Send back with this reason" }).click();
  await expect(desk.getByRole("heading", { level: 1 })).toContainText("Changes asked");

  await manager.goto("/en/cabinet/listing");
  await expect(manager.getByText(/Say how often in 2025/).first()).toBeVisible();
  await manager.goto("/en/cabinet/doctors");
  await manager.getByText(`Dr. ${name}`).click();
  await manager.getByRole("button", { name: `Save ${name} in the draft` }).click();
  await expect(manager.getByText("Saved in the draft.").first()).toBeVisible();
  await manager.goto("/en/cabinet/listing/changes");
  await manager.getByRole("button", { name: "Submit for approval" }).click();
  await expect(manager.getByText(/A revision waits for the operator/)).toBeVisible();
  await desk.goto("/en/desk/listings");
  await desk.getByRole("link", { name: "Herzzentrum Rheintal" }).click();
  await desk.getByRole("button", { name: "Approve and publish" }).click();
  await expect(desk.getByRole("heading", { level: 1 })).toContainText("Published");
  await desk.goto("/en/clinics/herzzentrum-rheintal");
  await expect(desk.getByText(name).first()).toBeVisible();
  expect(refused).toEqual([]);
});

test("a listing saves itself, survives a lost line and a second window, and becomes public after two looks", async ({
  signedIn,
}) => {
  test.setTimeout(180_000);
  const manager = await signedIn("manager@demo.valvia.test");
  const refused = watchPolicy(manager);
  const words = `A heart centre on the Rhine, seen at ${Date.now()}.`;
  await manager.goto("/en/cabinet/listing");
  await expectAccessible(manager);
  const second = await manager.context().newPage();
  await second.goto("/en/cabinet/listing");

  const summary = manager.getByLabel("Summary", { exact: true });
  await manager.context().setOffline(true);
  await summary.fill(words);
  await expect(manager.getByText(/^No connection\. What you typed is kept/)).toBeVisible();
  await expect(summary).toHaveValue(words);
  await manager.context().setOffline(false);
  await expect(manager.getByText(/^Saved at /)).toBeVisible({ timeout: 20_000 });

  await second.getByLabel("Summary", { exact: true }).fill("Other words.");
  await expect(second.getByText(/saved the same part at/)).toBeVisible();
  await expectAccessible(second);
  await second.getByRole("button", { name: "Keep my words" }).click();
  await expect(second.getByText(/^Saved at /)).toBeVisible();
  await summary.fill(`${words} Open to all.`);
  await expect(manager.getByText(/saved the same part at/)).toBeVisible();
  await manager.getByRole("button", { name: "Keep my words" }).click();
  await expect(manager.getByText(/^Saved at /)).toBeVisible();
  await manager.getByLabel("Languages spoken").fill("de, english");
  await expect(manager.getByText(/These fields are not saved yet/)).toBeVisible();
  await manager.getByLabel("Languages spoken").fill("de, en, ru, ar");
  await expect(manager.getByText(/These fields are not saved yet/)).toBeHidden();
  await expect(manager.getByText(/^Saved at /)).toBeVisible();

  await manager.goto("/en/cabinet/listing/preview");
  await expect(manager.getByText("Preview, not public")).toBeVisible();
  await expect(manager.getByText(words)).toBeVisible();
  await expectAccessible(manager);
  await manager.goto("/en/cabinet/listing/changes");
  await expect(manager.getByRole("row").filter({ hasText: "Summary" })).toContainText("Open to all.");
  await expectAccessible(manager);
  await manager.getByRole("button", { name: "Submit for approval" }).click();
  await expect(manager.getByText(/A revision waits for the operator/)).toBeVisible();

  const desk = await signedIn("coordinator@demo.valvia.test");
  await desk.goto("/en/desk/listings");
  await desk.getByRole("link", { name: "Herzzentrum Rheintal" }).click();
  const row = desk.getByRole("row").filter({ hasText: "Summary" });
  await row.getByText("Remark").click();
  await row.getByLabel("What must change here").fill("Say which treatments.");
  await desk.getByText("Ask for changes").first().click();
  await expectAccessible(desk);
  await desk.getByRole("button", { name: "Send back with this reason" }).click();
  await expect(desk.getByRole("heading", { level: 1 })).toContainText("Changes asked");

  await manager.goto("/en/cabinet/listing");
  await expect(manager.getByText("Say which treatments.").first()).toBeVisible();
  await expectAccessible(manager);
  await manager.getByLabel("Summary", { exact: true }).fill(`${words} Clips and valves.`);
  await expect(manager.getByText(/^Saved at /)).toBeVisible();
  await manager.getByRole("link", { name: "See changes and submit" }).first().click();
  await manager.getByRole("button", { name: "Submit for approval" }).click();
  await expect(manager.getByText(/A revision waits for the operator/)).toBeVisible();
  await desk.goto("/en/desk/listings");
  await desk.getByRole("link", { name: "Herzzentrum Rheintal" }).click();
  await desk.waitForURL(/\/desk\/listings\/[^/]+$/);
  const revision = desk.url();
  await desk.getByRole("link", { name: "See it as a page" }).click();
  await expect(desk.getByText(`${words} Clips and valves.`)).toBeVisible();
  await expectAccessible(desk);
  await desk.goto(revision);
  await desk.getByRole("button", { name: "Approve and publish" }).click();
  await expect(desk.getByRole("heading", { level: 1 })).toContainText("Published");
  await desk.goto("/en/clinics/herzzentrum-rheintal");
  await expect(desk.getByText(`${words} Clips and valves.`)).toBeVisible();
  await manager.goto("/en/cabinet/listing/history");
  await expect(manager.getByRole("row").filter({ hasText: "Published" }).first()).toBeVisible();
  await expectAccessible(manager);
  expect(refused).toEqual([]);
});

test("a coordinator keeps a view of the cases and forgets it", async ({ signedIn }) => {
  const page = await signedIn("coordinator2@demo.valvia.test");
  const name = `Triage ${Date.now()}`;
  await page.goto("/en/desk/cases?stage=triage&owner=me");
  await page.getByText("Save this view").click();
  await page.getByLabel("Name of the view").fill(name);
  await page.getByRole("button", { name: "Save the view" }).click();
  const views = page.getByRole("navigation", { name: "Your saved views" });
  await expect(views.getByRole("link", { name })).toHaveAttribute("aria-current", "page");
  await expectAccessible(page);
  await page.goto("/en/desk");
  await views.getByRole("link", { name }).click();
  await expect(page).toHaveURL(/stage=triage&owner=me/);
  await page.getByText("Remove a view").click();
  await page.getByRole("button", { name: `Remove “${name}”` }).click();
  await expect(views.getByRole("link", { name })).toBeHidden();
});
