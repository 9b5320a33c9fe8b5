import { expect, test } from "@playwright/test";

test("paper is white whatever the screen was, names the demo and shows nothing to press", async ({
  page,
}) => {
  await page.emulateMedia({ media: "print", colorScheme: "dark" });
  await page.goto("/en/dev/ui");
  const grounds = await page
    // The accent itself is ink on paper; whatever else words stand on is white.
    .locator("#notices *, #refused [role=alert], #ground li:not(.bg-primary)")
    .evaluateAll((all) => all.map((each) => getComputedStyle(each).backgroundColor));
  const white = ["rgba(0, 0, 0, 0)", "rgb(255, 255, 255)"];
  expect(grounds).not.toEqual([]);
  expect(grounds.filter((ground) => !white.includes(ground))).toEqual([]);
  const words = await page
    .locator("#notices p, #notices span, #tables td")
    .evaluateAll((all) => all.map((each) => getComputedStyle(each).color));
  expect(new Set(words)).toEqual(new Set(["rgb(0, 0, 0)", "rgb(51, 51, 51)"]));
  await expect(page.locator(".button").filter({ visible: true })).toHaveCount(0);
  await expect(page.locator("nav").filter({ visible: true })).toHaveCount(0);
  await expect(page.getByText("Demo. No real data")).toBeVisible();
});
