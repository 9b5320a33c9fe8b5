import { expect } from "@playwright/test";
import { expectAccessible, signIn, watchPolicy } from "../support/browser";
import { test } from "../support/elsewhere";
import { demoStaff, must } from "../support/main-job";

interface Listed {
  id: string;
  kind: string | null;
  frameCount: number | null;
}

/** A film of the demo world and the case it belongs to. */
async function someFilm(): Promise<{ caseId: string; film: Listed }> {
  const { coordinator } = await demoStaff();
  const cases = must(await coordinator.get<{ items: { id: string }[] }>("/cases?limit=100"), 200);
  for (const { id } of cases.items) {
    const records = await coordinator.get<{ items: Listed[] }>(`/cases/${id}/records?limit=100`);
    const film = records.body.items?.find((one) => one.kind === "dicom" && (one.frameCount ?? 1) > 3);
    if (film) return { caseId: id, film };
  }
  throw new Error("The demo world has no film.");
}

test("a film is looked at without the mouse: it steps, plays, comes closer and says where one is", async ({
  page,
}) => {
  test.setTimeout(120_000);
  const { caseId, film } = await someFilm();
  const refused = watchPolicy(page);
  await signIn(page, "coordinator@demo.valvia.test");
  await page.goto(`/en/desk/cases/${caseId}/records/${film.id}`);
  const room = page.getByRole("region", { name: /^Viewing room/ });
  const place = room.getByRole("slider", { name: "Place in the film" });
  const all = film.frameCount;
  await expect(place).toHaveAttribute("aria-valuetext", `Frame 1 of ${all}`);
  const picture = room.getByRole("img", { name: `Frame 1 of ${all}` });
  await expect.poll(() => picture.evaluate((one: HTMLImageElement) => one.naturalWidth)).toBeGreaterThan(0);

  await page.keyboard.press("ArrowRight");
  await expect(room.getByRole("img", { name: `Frame 2 of ${all}` })).toBeVisible();
  await page.keyboard.press("Space");
  await expect(room.getByRole("button", { name: "Pause" })).toBeVisible();
  await expect(place).not.toHaveAttribute("aria-valuetext", `Frame 2 of ${all}`);
  await page.keyboard.press("Space");
  await expect(room.getByRole("button", { name: "Play" })).toBeVisible();

  await page.keyboard.press("+");
  await page.keyboard.press("i");
  await expect(room.getByRole("img")).toHaveCSS("filter", "invert(1)");
  await expect(room.getByRole("img")).toHaveCSS("transform", /^matrix\(1\.25,/);
  await page.keyboard.press("0");
  await expect(room.getByRole("img")).toHaveCSS("transform", /^matrix\(1,/);
  await expectAccessible(page);
  expect(refused).toEqual([]);
});

test("a frame that does not come says so, and comes when asked again", async ({ page }) => {
  const { caseId, film } = await someFilm();
  await signIn(page, "coordinator@demo.valvia.test");
  await page.goto(`/en/desk/cases/${caseId}/records/${film.id}`);
  const room = page.getByRole("region", { name: /^Viewing room/ });
  await expect(room.getByRole("button", { name: "Play" })).toBeVisible();
  await page.context().setOffline(true);
  await room.getByRole("slider").fill(String(film.frameCount));
  await expect(room.getByRole("alert")).toContainText("The original is safe");
  await page.context().setOffline(false);
  await room.getByRole("button", { name: "Try again" }).click();
  await expect(room.getByRole("img", { name: `Frame ${film.frameCount} of` })).toBeVisible();
  await expect(room.getByRole("alert")).toHaveCount(0);
});

test("frames are reached by links where no script runs", async ({ elsewhere, signedIn }) => {
  const { caseId, film } = await someFilm();
  const page = await signedIn("coordinator@demo.valvia.test");
  const plain = await elsewhere({
    javaScriptEnabled: false,
    storageState: await page.context().storageState(),
  });
  await plain.goto(`/en/desk/cases/${caseId}/records/${film.id}`);
  await plain.getByRole("link", { name: "On", exact: true }).click();
  await expect(plain.getByText(`2 of ${film.frameCount}`)).toBeVisible();
  await expect(plain.getByRole("img", { name: `Frame 2 of ${film.frameCount}` })).toBeVisible();
});
