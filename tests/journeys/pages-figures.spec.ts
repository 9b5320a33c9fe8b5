import { expect, type Locator, type Page } from "@playwright/test";
import { expectAccessible } from "../support/browser";
import { test } from "../support/elsewhere";

const FOUR = "herzzentrum-rheintal,bohai-heart-hospital,shaked-heart-centre,ege-defne-kalp-hastanesi";

interface Offer {
  treatment: string;
  low: { amount: number };
  expected: { amount: number };
  high: { amount: number };
}

/** The sums a range shows as text, in minor units: expected, low, high. */
async function sumsOf(range: Locator): Promise<number[]> {
  const texts = await range.locator("bdi").allTextContents();
  return texts.slice(0, 3).map((text) => Number(text.replace(/[^\d]/g, "")) * 100);
}

async function left(cell: Locator): Promise<number> {
  return (await cell.boundingBox())?.x ?? Number.NaN;
}

test("each drawn price says in words what the centre lists, and stands where it says", async ({
  page,
  request,
}) => {
  const slug = "herzzentrum-rheintal";
  const listed = (await (await request.get(`/api/v1/clinics/${slug}`)).json()) as { procedures: Offer[] };
  await page.goto(`/en/clinics/${slug}`);
  const ranges = page.locator("#prices figure");
  await expect(ranges).toHaveCount(listed.procedures.length);
  for (const [index, { expected, low, high }] of listed.procedures.entries()) {
    const range = ranges.nth(index);
    expect(await sumsOf(range)).toEqual([expected.amount, low.amount, high.amount]);
    const share = (line: string, end: string) =>
      range.locator(line).evaluate((drawn, name) => Number.parseFloat(drawn.getAttribute(name) ?? ""), end);
    const [from, at, to] = [
      await share(".range-spread", "x1"),
      await share(".range-expected", "cx"),
      await share(".range-spread", "x2"),
    ];
    const told = (expected.amount - low.amount) / (high.amount - low.amount);
    expect(((at ?? 0) - (from ?? 0)) / ((to ?? 0) - (from ?? 0))).toBeCloseTo(told, 2);
  }
});

test("a drawn price runs from right to left in Arabic", async ({ page }) => {
  await page.goto("/ar/clinics/herzzentrum-rheintal");
  const range = page.locator("#prices figure").first();
  const [low, high] = [range.locator("bdi").nth(1), range.locator("bdi").nth(2)];
  expect(await left(low)).toBeGreaterThan(await left(high));
});

test("the map of centres stands on its land and names every country of the list below", async ({ page }) => {
  await page.goto("/en/countries");
  const map = page.locator("svg.centre-map");
  await expect(map).toBeVisible();
  const named = await map
    .locator(".map-names text")
    .evaluateAll((all) => all.map((one) => (one.firstChild?.textContent ?? "").trim()));
  expect(named.length).toBeGreaterThan(5);
  for (const country of named)
    await expect(page.getByRole("main").getByRole("link", { name: country }).first()).toBeVisible();
  expect(await page.getByRole("main").locator('a[href*="/countries/"]').count()).toBe(named.length);
  const land = () => map.locator("use").evaluate((use: SVGGraphicsElement) => use.getBBox().width);
  await expect.poll(land).toBeGreaterThan(100);
});

test("names and row heads of a comparison stay in sight, on a desk and on a phone", async ({ page }) => {
  await page.setViewportSize({ width: 1280, height: 700 });
  await page.goto(`/en/compare?c=${FOUR}`);
  const head = page.getByRole("columnheader", { name: /Herzzentrum Rheintal/ });
  await page.getByRole("rowheader", { name: "Next step" }).scrollIntoViewIfNeeded();
  await expect(head).toBeInViewport();

  await page.setViewportSize({ width: 360, height: 700 });
  await page.goto(`/en/compare?c=${FOUR}`);
  const box = page.getByRole("group", { name: "The centres side by side" });
  expect(await box.evaluate((element) => element.scrollHeight - element.clientHeight)).toBeLessThanOrEqual(1);
  // Four do not fit beside each other: under each line they stand below each other, each with its name.
  expect(await box.evaluate((element) => element.scrollWidth - element.clientWidth)).toBeLessThanOrEqual(1);
  const row = page.getByRole("row").filter({ has: page.getByRole("rowheader", { name: "Languages" }) });
  await row.scrollIntoViewIfNeeded();
  const names = row.locator(".compare-name");
  await expect(names).toHaveCount(4);
  const tops = await names.evaluateAll((all) => all.map((name) => name.getBoundingClientRect().top));
  expect(tops).toEqual([...new Set(tops)].toSorted((one, other) => one - other));
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
  await expectAccessible(page);

  await page.goto(`/en/compare?c=${FOUR.split(",").slice(0, 2).join(",")}`);
  await page.getByRole("rowheader", { name: "Languages" }).scrollIntoViewIfNeeded();
  await expect(head).toBeInViewport();
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
});

test("a narrow page in letters twice as large leaves every word of the label whole", async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 700 });
  await page.goto("/en/clinics/herzzentrum-rheintal");
  await page.addStyleTag({ content: "html { font-size: 200% }" });
  const terms = page.getByRole("region", { name: "Facts" }).getByRole("term");
  const narrowest = await terms.evaluateAll((all) =>
    Math.min(...all.map((term) => term.getBoundingClientRect().width)),
  );
  expect(narrowest).toBeGreaterThan(150);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
  await page.goto(`/en/compare?c=${FOUR.split(",").slice(0, 2).join(",")}`);
  await page.addStyleTag({ content: "html { font-size: 200% }" });
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
});

test("on a phone a search leads to what it found, the form folded above it", async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 700 });
  await page.goto("/en/clinics");
  await page.getByLabel("Treatment", { exact: true }).selectOption("teer");
  await page.getByRole("button", { name: "Show centres" }).click();
  await expect(page).toHaveURL(/treatment=teer#results$/);
  await expect(page.getByRole("article").first()).toBeInViewport();
  await expect(page.getByLabel("Treatment", { exact: true })).toBeHidden();
  await expect(page.getByText("Change the search: Mitral clip")).toBeVisible();
  await page.getByText("Narrow the list by device, language, certificate").click();
  await page
    .getByRole("navigation", { name: "Narrow the list" })
    .getByRole("link", { name: /^China/ })
    .click();
  await expect(page).toHaveURL(/country=CN#results$/);
  // Sums of one country stand beside a sum everybody can compare.
  await expect(page.getByRole("article").first()).toContainText(/about €/);
});

test("only what differs is shown on request", async ({ page }) => {
  await page.goto(`/en/compare?c=${FOUR}`);
  await expect(page.getByRole("rowheader", { name: "Departments" })).toBeVisible();
  await page.getByLabel("Only what differs").check();
  await expect(page.getByRole("rowheader", { name: "Departments" })).toBeHidden();
  await expect(page.getByRole("rowheader", { name: "Expected price" })).toBeVisible();
});

async function searchAndFilter(page: Page): Promise<void> {
  await page.goto("/en/clinics");
  await page.getByLabel("Treatment", { exact: true }).selectOption("teer");
  await page.getByRole("button", { name: "Show centres" }).click();
  // The page before has the same links, which know nothing of the treatment.
  await expect(page).toHaveURL(/treatment=teer/);
  await page
    .getByRole("navigation", { name: "Narrow the list" })
    .getByRole("link", { name: /^Germany/ })
    .click();
  await expect(page).toHaveURL(/treatment=teer&country=DE/);
}

test("without JavaScript somebody searches, filters, ticks three centres and compares them", async ({
  elsewhere,
}) => {
  const page = await elsewhere({ javaScriptEnabled: false });
  await searchAndFilter(page);
  const bar = page.getByRole("button", { name: /^Compare/ });
  await expect(bar).toBeHidden();
  const boxes = page.getByRole("checkbox", { name: /^Compare / });
  for (const index of [0, 1, 2]) await boxes.nth(index).check();
  await expect(bar).toBeVisible();
  await bar.click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Compare centres");
  await expect(page.getByRole("columnheader")).toHaveCount(4);
});
