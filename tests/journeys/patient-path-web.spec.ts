import { expect } from "@playwright/test";
import { expectAccessible, expectNothingCut, signIn, watchPolicy } from "../support/browser";
import { test } from "../support/elsewhere";
import { caseWithCentre, demoStaff, must } from "../support/main-job";

const PASSWORD = "a long sentence to remember";
/** Longer than a screen. */
const ANSWER = ["Of course.", ...Array.from({ length: 30 }, () => "She may stay with you.")].join("\n");
const SECTIONS = [
  "",
  "/records",
  "/clinics",
  "/estimates",
  "/booking",
  "/statement",
  "/messages",
  "/documents",
  "/pocket",
  "/companions",
  "/access",
];

test("every section of a case stands up to letters twice as large on a narrow phone", async ({ page }) => {
  test.setTimeout(150_000);
  await page.setViewportSize({ width: 360, height: 780 });
  await signIn(page, "patient@demo.valvia.test");
  for (const locale of ["en", "ar"]) {
    await page.goto(`/${locale}/my`);
    await expectNothingCut(page, `${locale} list`);
    const hrefs = await page
      .getByRole("main")
      .getByRole("link")
      .evaluateAll((links) => links.map((link) => link.getAttribute("href") ?? ""));
    const [, , booked = ""] = hrefs.filter((href) => href.includes("/my/cases/"));
    expect(booked, "a case that was opened").toMatch(/\/my\/cases\/[^/]+$/);
    for (const section of SECTIONS) {
      const answer = await page.goto(`${booked}${section}`);
      expect(answer?.status(), `${locale} ${section}`).toBe(200);
      await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
      await expectNothingCut(page, `${locale} ${section}`);
    }
  }
});

test("a case says whose turn it is and by when, and a talk reads like one", async ({ page }) => {
  const refused = watchPolicy(page);
  const { caseId, email } = await caseWithCentre();
  const { coordinator } = await demoStaff();
  await signIn(page, email, PASSWORD);
  await page.goto(`/en/my/cases/${caseId}`);
  await expect(page.getByText("Nothing is asked of you just now")).toBeVisible();
  await expect(page.getByText("Next, the clinics answer.")).toBeVisible();
  await expect(page.getByText(/^By .*(CET|CEST|GMT\+\d).* at the latest\.$/)).toBeVisible();
  await expectAccessible(page);

  await page.goto(`/en/my/cases/${caseId}/messages`);
  await page.getByLabel("Your message").fill("May I bring my daughter?");
  await page.getByRole("button", { name: "Send", exact: true }).click();
  await expect(page.getByRole("listitem").filter({ hasText: "May I bring my daughter?" })).toHaveCount(1);
  await expect(page.getByLabel("Your message")).toHaveValue("");
  // The answer comes in below, without a reload.
  must(await coordinator.post(`/cases/${caseId}/messages`, { body: ANSWER, audience: "patient" }), 201);
  const said = page.getByRole("log").getByRole("listitem");
  await expect(said.last()).toContainText("Of course.");
  // Each side has its own: what the reader wrote stands at the end of the line.
  const [own, theirs] = [await said.first().boundingBox(), await said.last().boundingBox()];
  expect(own?.x).toBeGreaterThan(theirs?.x ?? Number.NaN);
  // However long the talk, the field to write in stays in sight: at its end, and where one reads again how it began.
  await expect(page.getByLabel("Your message")).toBeInViewport({ ratio: 1 });
  await page.evaluate(() => window.scrollTo(0, 0));
  await expect(said.first()).toBeInViewport();
  await expect(said.last().getByText(/\d:\d\d/)).not.toBeInViewport();
  await expect(page.getByLabel("Your message")).toBeInViewport({ ratio: 1 });
  await expectAccessible(page);
  expect(refused).toEqual([]);
});

test("somebody without JavaScript signs in, writes, and reads where their case stands", async ({
  elsewhere,
}) => {
  const { caseId, email } = await caseWithCentre();
  const page = await elsewhere({ javaScriptEnabled: false });
  await signIn(page, email, PASSWORD);
  await page.goto(`/en/my/cases/${caseId}`);
  await expect(page.getByText("Next, the clinics answer.")).toBeVisible();
  await page.goto(`/en/my/cases/${caseId}/messages`);
  await page.getByLabel("Your message").fill("Written without a script.");
  await page.getByRole("button", { name: "Send", exact: true }).click();
  await expect(page.getByRole("listitem").filter({ hasText: "Written without a script." })).toHaveCount(1);
  for (const section of SECTIONS) {
    const answer = await page.goto(`/en/my/cases/${caseId}${section}`);
    expect(answer?.status(), section).toBe(200);
  }
  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(page).toHaveURL(/\/en$/);
});

test("price and next step stay in sight on the page of a booking", async ({ page }) => {
  test.setTimeout(120_000);
  await page.setViewportSize({ width: 360, height: 780 });
  await signIn(page, "patient@demo.valvia.test");
  await page.goto("/en/my");
  const cards = page.getByRole("main").getByRole("listitem").filter({ hasText: "Preparing the journey" });
  await cards.first().getByRole("link", { name: "Open" }).click();
  await page.waitForURL(/\/cases\//);
  await page.goto(`${page.url()}/booking`);
  const bar = page.getByRole("navigation", { name: "Price and next step" });
  await expect(bar).toBeInViewport();
  await expect(bar.getByText(/^Paid €.*, open €/)).toBeVisible();
  await bar.getByRole("link", { name: /^Pay €/ }).click();
  await expect(page.getByRole("button", { name: /^Pay €/ }).first()).toBeInViewport();
  await expect(page.getByRole("link", { name: "See it reason by reason" })).toBeVisible();
  await expectAccessible(page);
});
