import { expect, test, type Page } from "@playwright/test";
import { expectAccessible, untilAwake, watchPolicy } from "../support/browser";

/** The parts whose looks are held by pictures; what is of our trade is looked at in its own pages. */
const PARTS = [
  "ground",
  "buttons",
  "forms",
  "refused",
  "notices",
  "money",
  "ways",
  "tables",
  "letters",
  "states",
] as const;

// Letters are drawn alike on every machine: no hinting by its settings, no colours at their edges.
test.use({
  launchOptions: [
    async ({ launchOptions }, use) => {
      const alike = ["--font-render-hinting=none", "--disable-lcd-text", "--force-color-profile=srgb"];
      await use({ ...launchOptions, args: [...(launchOptions.args ?? []), ...alike] });
    },
    { scope: "worker" },
  ],
});

async function openGallery(page: Page, locale: string) {
  await page.goto(`/${locale}/dev/ui`);
  await page.locator("#trade").scrollIntoViewIfNeeded();
  // What its scripts add or take the focus to stands there from then on.
  await untilAwake(page.locator("#trade"));
  await page.evaluate(() => document.fonts.ready.then(() => undefined));
}

for (const locale of ["en", "ar"])
  for (const scheme of ["light", "dark"] as const)
    for (const width of [1440, 360])
      test(`the gallery looks as kept: ${locale}, ${scheme}, ${width} px`, async ({ page }) => {
        // Ten pictures, each taken until two in a row are alike.
        test.slow();
        await page.emulateMedia({ colorScheme: scheme, reducedMotion: "reduce" });
        await page.setViewportSize({ width, height: 1_600 });
        await openGallery(page, locale);
        const isWide = await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);
        expect(isWide, "nothing stands out at the side").toBe(false);
        for (const part of PARTS)
          await expect
            .soft(page.locator(`#${part}`))
            .toHaveScreenshot(`${part}-${locale}-${scheme}-${width}.png`, {
              threshold: 0.05,
              maxDiffPixels: 40,
              animations: "disabled",
              caret: "hide",
              timeout: 40_000,
            });
      });

for (const locale of ["en", "ar"])
  for (const scheme of ["light", "dark"] as const)
    test(`the gallery is accessible: ${locale}, ${scheme}`, async ({ page }) => {
      const refused = watchPolicy(page);
      await page.emulateMedia({ colorScheme: scheme });
      await openGallery(page, locale);
      await expectAccessible(page);
      expect(refused).toEqual([]);
    });

test("every control of the gallery shows the focus, in forced colours too", async ({ page }) => {
  for (const forcedColors of ["none", "active"] as const) {
    await page.emulateMedia({ forcedColors });
    await openGallery(page, "en");
    await page.locator("main nav a").first().focus();
    for (let turn = 0; turn < 60; turn += 1) {
      await page.keyboard.press("Tab");
      const ring = await page.evaluate(() => {
        const { outlineStyle, outlineWidth } = getComputedStyle(document.activeElement ?? document.body);
        return `${outlineStyle} ${outlineWidth}`;
      });
      expect(ring).toBe("solid 3px");
    }
  }
});

test("no state is lost in forced colours", async ({ page }) => {
  await page.emulateMedia({ forcedColors: "active", colorScheme: "dark" });
  await openGallery(page, "en");
  const lookOf = (selector: string) =>
    page
      .locator(selector)
      .first()
      .evaluate((element) => {
        const { backgroundColor, borderBlockEndColor, borderBlockEndWidth } = getComputedStyle(element);
        return [backgroundColor, borderBlockEndColor, borderBlockEndWidth].join(" ");
      });
  const tabs = "#ways [data-density=quiet] nav[aria-label='This case']";
  expect(await lookOf(`${tabs} [aria-current]`)).not.toBe(await lookOf(`${tabs} a:not([aria-current])`));
  const steps = "#ways [data-density=quiet] ol[aria-label='The path of the case']";
  expect(await lookOf(`${steps} li:nth-child(1) > span`)).not.toBe(
    await lookOf(`${steps} li:nth-child(3) > span`),
  );
  const edges = await page
    .locator("#buttons .button")
    .evaluateAll((all) => all.map((each) => getComputedStyle(each).borderTopStyle));
  expect(new Set(edges)).toEqual(new Set(["solid"]));
});

test("the valve stands still when less motion is asked for", async ({ page }) => {
  const beats = () =>
    page
      .locator(".valve-beats .valve-leaflets")
      .first()
      .evaluate((leaflets) => leaflets.getAnimations().filter((one) => one.playState === "running").length);
  await page.emulateMedia({ reducedMotion: "no-preference" });
  await openGallery(page, "en");
  await expect.poll(beats).toBe(1);
  await page.emulateMedia({ reducedMotion: "reduce" });
  await expect.poll(beats).toBe(0);
});

test("fetches Chinese letters where a Chinese name stands, and nowhere else", async ({ page }) => {
  const fetched: string[] = [];
  page.on("request", (request) => {
    if (request.url().includes("noto-sans-sc")) fetched.push(new URL(request.url()).pathname);
  });
  await page.goto("/en", { waitUntil: "networkidle" });
  expect(fetched).toEqual([]);
  await openGallery(page, "en");
  await expect.poll(() => fetched.filter((one) => one.endsWith(".woff2")).length).toBeGreaterThan(0);
  expect(fetched.filter((one) => one.endsWith(".woff2")).length).toBeLessThan(12);
  const faces = () =>
    page.evaluate(
      () =>
        [...document.fonts].filter((one) => one.family.includes("Noto Sans SC") && one.status === "loaded")
          .length,
    );
  await expect.poll(faces).toBeGreaterThan(0);
});
