import { expect, type Locator, type Page, test } from "@playwright/test";
import { expectAccessible, expectNothingCut, watchPolicy } from "../support/browser";
import { RED_FLAGS } from "../support/intake";

/** Counts what a thumb does: a tap on a link or a button, two for a choice out of a list. */
class Thumb {
  taps = 0;
  screens = 1;
  letters = 0;

  constructor(private readonly page: Page) {}

  async tap(target: Locator): Promise<void> {
    this.taps += 1;
    await target.tap();
  }

  /** A tap that leads to another screen, named by its heading. */
  async to(target: Locator, heading: string | RegExp): Promise<void> {
    await this.tap(target);
    await expect(this.page.getByRole("heading", { level: 1, name: heading })).toBeVisible();
    this.screens += 1;
  }

  async choose(list: Locator, value: string): Promise<void> {
    this.taps += 2;
    await list.selectOption(value);
  }

  async write(field: Locator, words: string): Promise<void> {
    this.taps += 1;
    this.letters += words.length;
    await field.fill(words);
  }

  /** Of somebody old: three seconds a tap, half a second a letter, ten to take in a screen. */
  get seconds(): number {
    return Math.round(this.taps * 3 + this.letters * 0.5 + this.screens * 10);
  }

  told(what: string): string {
    return `${what}: ${this.taps} taps, ${this.screens} screens, ${this.letters} letters, about ${this.seconds} s by a slow thumb`;
  }
}

test.use({ viewport: { width: 360, height: 780 }, hasTouch: true });

test("a stranger finds a centre, reads its price and its risks, and starts a case within three minutes", async ({
  page,
}, info) => {
  const refused = watchPolicy(page);
  const begun = Date.now();
  const thumb = new Thumb(page);
  await page.goto("/en");
  await thumb.choose(page.getByLabel("Treatment"), "teer");
  await thumb.choose(page.getByLabel("Country"), "DE");
  await thumb.to(page.getByRole("button", { name: "Show treatment centres" }), "Treatment centres");
  await thumb.to(page.getByRole("link", { name: "Herzzentrum Rheintal" }).first(), "Herzzentrum Rheintal");

  // Three numbers with what drives them, and each result with its count and its source, on one page.
  const prices = page.getByRole("region", { name: "Treatments and prices" });
  await expect(prices.getByText(/€/).first()).toBeVisible();
  const results = page.getByRole("region", { name: "Results" });
  await expect(results.getByText(/\d+ of \d+|of 100/).first()).toBeVisible();
  await expect(results.getByText(/20\d\d/).first()).toBeVisible();
  await expectAccessible(page);

  await thumb.to(page.getByRole("link", { name: "Start a case with this centre" }).first(), "Start a case");
  await thumb.tap(page.getByText("I agree", { exact: true }));
  await thumb.to(page.getByRole("button", { name: "Agree and go on" }), "Warning signs first");
  expect(thumb.seconds).toBeLessThan(180);
  const started = thumb.told("A case is started");

  for (const question of RED_FLAGS)
    await thumb.tap(page.getByRole("group", { name: question }).getByText("No", { exact: true }));
  const on = page.getByRole("button", { name: "Save and go on" });
  const skip = page.getByRole("button", { name: "Skip this question" });
  await thumb.to(on, "What is your valve problem?");
  await thumb.write(page.getByLabel("In your own words"), "Leaky mitral valve");
  await thumb.to(on, "Which treatment were you told about?");
  await thumb.to(on, "When was the patient born?");
  await thumb.to(skip, "What makes you short of breath or tired?");
  await thumb.to(skip, "How are your days?");
  await thumb.to(skip, "Is your last report at hand?");
  await thumb.to(skip, "Who is the patient?");
  await thumb.write(page.getByLabel("Name of the patient"), "Samira Haddad");
  await thumb.choose(page.getByLabel("Country the patient lives in"), "ID");
  await thumb.to(on, "How do we reach you?");
  await thumb.write(page.getByLabel("E-mail address we write to"), "samira@example.test");
  await thumb.to(on, "Check your answers");
  const answered = thumb.told("Every needed question is answered");
  const machine = `The portal itself took ${((Date.now() - begun) / 1_000).toFixed(1)} s of it.`;
  for (const description of [started, answered, machine]) {
    info.annotations.push({ type: "measured", description });
    process.stdout.write(`${description}\n`);
  }
  expect(refused).toEqual([]);
});

test("nothing is cut or pushed aside on the questions in letters twice as large", async ({ page }) => {
  await page.goto("/en/start");
  await page.getByLabel("I agree").check();
  await page.getByRole("button", { name: "Agree and go on" }).click();
  for (const question of RED_FLAGS)
    await page.getByRole("group", { name: question }).getByLabel("No", { exact: true }).check();
  await page.getByRole("button", { name: "Save and go on" }).click();
  await expect(page.getByText("Step 2 of 9")).toBeVisible();
  for (const locale of ["en", "ar"])
    for (const step of [
      "flags",
      "problem",
      "treatment",
      "born",
      "breath",
      "everyday",
      "values",
      "patient",
      "reach",
      "check",
    ]) {
      await page.goto(`/${locale}/start?step=${step}`);
      await expectNothingCut(page, `${locale} ${step}`);
    }
});
