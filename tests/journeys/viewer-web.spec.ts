import { expect, type Locator, type Page } from "@playwright/test";
import { expectAccessible, signIn, watchPolicy } from "../support/browser";
import { test } from "../support/elsewhere";
import { demoStaff, must, sentCase } from "../support/main-job";
import { type ApiClient, until, uploadFile } from "../support/api";
import { foreignBytes, foreignFiles } from "../support/third-party-dicom";

interface Listed {
  id: string;
  kind: string | null;
  state: string;
  frameCount: number | null;
  header: { modality: string | null } | null;
}

/** A file of the demo world that fits, and the case it belongs to. */
async function someFile(fits: (one: Listed) => boolean): Promise<{ caseId: string; file: Listed }> {
  const { coordinator } = await demoStaff();
  for (const id of await everyCase(coordinator)) {
    const records = await coordinator.get<{ items: Listed[] }>(`/cases/${id}/records?limit=100`);
    const file = records.body.items?.find(
      (one) => one.kind === "dicom" && one.state === "accepted" && fits(one),
    );
    if (file) return { caseId: id, file };
  }
  throw new Error("The demo world has no such file.");
}

/** Other journeys have made cases before: those of the demo world stand on no page for sure. */
async function everyCase(coordinator: ApiClient): Promise<string[]> {
  const ids: string[] = [];
  let cursor: string | null = "";
  while (cursor !== null) {
    const page: CasePage = must(await coordinator.get<CasePage>(`/cases?limit=100${cursor}`), 200);
    ids.push(...page.items.map(({ id }) => id));
    cursor = page.next && `&cursor=${encodeURIComponent(page.next)}`;
  }
  return ids;
}

interface CasePage {
  items: { id: string }[];
  next: string | null;
}

const someFilm = () => someFile((one) => (one.frameCount ?? 1) > 3);

async function openAtDesk(page: Page, { caseId, file }: { caseId: string; file: Listed }): Promise<Locator> {
  await signIn(page, "coordinator@demo.valvia.test");
  await page.goto(`/en/desk/cases/${caseId}/records/${file.id}`);
  return page.getByRole("region", { name: /^Viewing room/ });
}

test("a film is looked at without the mouse: it steps, plays, comes closer and says where one is", async ({
  page,
}) => {
  test.setTimeout(120_000);
  const film = await someFilm();
  const refused = watchPolicy(page);
  const room = await openAtDesk(page, film);
  const place = room.getByRole("slider", { name: "Place in the film" });
  const all = film.file.frameCount;
  await expect(place).toHaveAttribute("aria-valuetext", `Frame 1 of ${all}`);
  const picture = (frame: number) => room.getByRole("img", { name: `Frame ${frame} of ${all}` });
  await expect.poll(() => greysOf(picture(1))).toBeGreaterThan(10);
  await expect(room.getByText("Not for primary diagnosis")).toBeVisible();

  await page.keyboard.press("ArrowRight");
  await expect(picture(2)).toBeVisible();
  await page.keyboard.press("Space");
  await expect(room.getByRole("button", { name: "Pause" })).toBeVisible();
  await expect(place).not.toHaveAttribute("aria-valuetext", `Frame 2 of ${all}`);
  await page.keyboard.press("Space");
  await expect(room.getByRole("button", { name: "Play" })).toBeVisible();

  const drawn = room.getByRole("img").first();
  const scaleOf = async () => Number(/scale\(([\d.]+)/.exec((await drawn.getAttribute("style")) ?? "")?.[1]);
  const whole = await scaleOf();
  await page.keyboard.press("+");
  await page.keyboard.press("i");
  await expect(drawn).toHaveCSS("filter", "invert(1)");
  await expect.poll(async () => (await scaleOf()) / whole).toBeCloseTo(1.25, 3);
  await page.keyboard.press("0");
  await expect.poll(scaleOf).toBeCloseTo(whole, 6);
  await page.keyboard.press("h");
  await expect(room.getByText("play and pause")).toBeVisible();
  await expectAccessible(page);
  expect(refused).toEqual([]);
});

test("two fingers bring a picture closer, move it and let it go again, and the page stays as it is", async ({
  page,
}) => {
  test.setTimeout(120_000);
  await page.setViewportSize({ width: 390, height: 844 });
  const room = await openAtDesk(page, await someFilm());
  const drawn = room.getByRole("img").first();
  await expect.poll(() => greysOf(drawn)).toBeGreaterThan(10);
  const whole = (await placeOf(drawn)).scale;
  await drawn.scrollIntoViewIfNeeded();
  const { x, y, width, height } = (await drawn.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
  const middle = { x: x + width / 2, y: y + height / 2 };
  const fingers = await handOn(page);

  await fingers.put(spread(middle, 20));
  for (const apart of [30, 40, 50, 60]) await fingers.move(spread(middle, apart));
  await expect.poll(async () => (await placeOf(drawn)).scale / whole).toBeCloseTo(3, 1);
  const before = await placeOf(drawn);
  await fingers.move(spread({ ...middle, x: middle.x + 40 }, 60));
  await expect.poll(async () => (await placeOf(drawn)).x - before.x).toBeGreaterThan(20);
  for (const apart of [40, 30, 20, 10]) await fingers.move(spread(middle, apart));
  await fingers.lift();
  await expect.poll(async () => (await placeOf(drawn)).scale).toBeCloseTo(whole, 3);
  expect(await page.evaluate(() => globalThis.visualViewport?.scale)).toBe(1);

  // One finger alone draws nothing near and pushes nothing away.
  await fingers.put([middle]);
  await fingers.move([{ ...middle, x: middle.x + 30 }]);
  await fingers.lift();
  expect((await placeOf(drawn)).scale).toBeCloseTo(whole, 3);
});

interface Spot {
  x: number;
  y: number;
}

/** Two fingers beside each other, each so far from the middle. */
const spread = ({ x, y }: Spot, apart: number): Spot[] => [
  { x: x - apart, y },
  { x: x + apart, y },
];

/** Fingers as the browser's own input feels them: nothing of the page is called. */
async function handOn(page: Page) {
  const session = await page.context().newCDPSession(page);
  await session.send("Emulation.setTouchEmulationEnabled", { enabled: true, maxTouchPoints: 2 });
  const touch = (type: "touchStart" | "touchMove" | "touchEnd", spots: Spot[]) =>
    session.send("Input.dispatchTouchEvent", {
      type,
      touchPoints: spots.map((spot, id) => ({ ...spot, id })),
    });
  return {
    put: (spots: Spot[]) => touch("touchStart", spots),
    move: (spots: Spot[]) => touch("touchMove", spots),
    lift: () => touch("touchEnd", []),
  };
}

/** How close a picture is drawn, and how far it was moved, in points of the screen. */
async function placeOf(drawn: Locator): Promise<{ scale: number; x: number }> {
  const style = (await drawn.getAttribute("style")) ?? "";
  const box = await drawn.boundingBox();
  return { scale: Number(/scale\(([\d.]+)/.exec(style)?.[1]), x: box ? box.x + box.width / 2 : 0 };
}

/** How many different greys a canvas shows: a black one shows one. */
function greysOf(picture: Locator): Promise<number> {
  return picture.evaluate((canvas: HTMLCanvasElement) => {
    const points = canvas.getContext("2d")?.getImageData(0, 0, canvas.width, canvas.height).data ?? [];
    return new Set(Array.from(points).filter((_, at) => at % 4 === 0)).size;
  });
}

test("a picture that does not come says so, and comes when asked again", async ({ page, context }) => {
  const film = await someFilm();
  await context.route("**/api/v1/records/*/content", (route) => route.abort());
  const room = await openAtDesk(page, film);
  await expect(room.getByRole("alert")).toContainText("The original is safe");
  await context.unroute("**/api/v1/records/*/content");
  await room.getByRole("button", { name: "Try again" }).click();
  await expect(room.getByRole("img", { name: "Frame 1 of" })).toBeVisible();
  await expect(room.getByRole("alert")).toHaveCount(0);
});

test("frames are reached by links where no script runs", async ({ elsewhere, signedIn }) => {
  const { caseId, file } = await someFilm();
  const page = await signedIn("coordinator@demo.valvia.test");
  const plain = await elsewhere({
    javaScriptEnabled: false,
    storageState: await page.context().storageState(),
  });
  await plain.goto(`/en/desk/cases/${caseId}/records/${file.id}`);
  await plain.getByRole("link", { name: "On", exact: true }).click();
  await expect(plain.getByText(`2 of ${file.frameCount}`, { exact: true })).toBeVisible();
  await expect(plain.getByRole("img", { name: `Frame 2 of ${file.frameCount}` })).toBeVisible();
});

test("a CT goes through its windows, and a distance is drawn, moved and removed by keys", async ({
  page,
}) => {
  const room = await openAtDesk(page, await someFile(({ header }) => header?.modality === "CT"));
  await room.getByRole("combobox", { name: "Window" }).selectOption({ label: "Bone" });
  await expect(room.getByText("W 1800 L 400")).toBeVisible();
  await page.keyboard.press("m");
  await room.getByRole("button", { name: "Add a distance in the middle" }).click();
  const end = room.getByRole("button", { name: /^End of distance 1, [\d.]+ (mm|cm)/ });
  const before = await end.getAttribute("aria-label");
  await end.focus();
  await page.keyboard.press("Shift+ArrowRight");
  await expect(end).not.toHaveAttribute("aria-label", before ?? "");
  await expectAccessible(page);
  await page.keyboard.press("Delete");
  await expect(end).toHaveCount(0);
});

test("two examinations stand beside each other and go in step", async ({ page }) => {
  const room = await openAtDesk(page, await someFilm());
  await expect(room.getByRole("img", { name: "Frame 1 of" })).toBeVisible();
  await room.getByRole("button", { name: "Two beside each other" }).click();
  await expect(room.getByRole("combobox", { name: "Shown on side 2" })).toBeVisible();
  await expect(room.getByRole("img")).toHaveCount(2);
  await page.keyboard.press("ArrowRight");
  await expect(room.getByRole("img", { name: "Frame 2 of" })).toHaveCount(2);
  await room.getByRole("button", { name: "Both move together" }).click();
  await page.keyboard.press("ArrowRight");
  await expect(room.getByRole("img", { name: "Frame 3 of" })).toHaveCount(1);
});

/** What a canvas shows, without opacity: grey once, colour three times a point. A million numbers stay in the browser. */
function canvasHash(picture: Locator, isColour: boolean): Promise<string> {
  return picture.evaluate(async (canvas: HTMLCanvasElement, colour) => {
    const points = canvas.getContext("2d")?.getImageData(0, 0, canvas.width, canvas.height).data;
    const bytes = Uint8Array.from(points?.filter((_, at) => (colour ? at % 4 !== 3 : at % 4 === 0)) ?? []);
    const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
    return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
  }, isColour);
}

/** One of each way to write pixels. */
const FOREIGN = [
  "MR_small_RLE",
  "MR_small_jp2klossless",
  "MR_small_jpeg_ls_lossless",
  "MR_small.jpeg_lossless_6",
  "MR_small_bigendian",
  "image_dfl",
  "SC_rgb_dcmtk_+eb+cy+np",
  "SC_rgb_jpeg_gdcm",
  "SC_rgb_rle_16bit",
  "overlay_graphic",
];

test("files of other houses show in the browser, point for point as dcmtk draws them; an ECG as its twelve leads", async ({
  page,
}) => {
  test.setTimeout(240_000);
  const { id: caseId, patient, email } = await sentCase();
  const files = foreignFiles().filter(({ name }) => FOREIGN.includes(name));
  expect(files).toHaveLength(FOREIGN.length);
  const ids = new Map<string, string>();
  for (const { name, bytes } of files) {
    ids.set(
      name,
      await uploadFile(patient, caseId, { name: `${name}.dcm`, bytes: Buffer.from(bytes), item: "ct_gated" }),
    );
  }
  const ecg = Buffer.from(foreignBytes("waveform_ecg.dcm"));
  const ecgId = await uploadFile(patient, caseId, { name: "ecg.dcm", bytes: ecg, item: "ecg" });
  await until(
    () => patient.get<{ items: Listed[] }>(`/cases/${caseId}/records?limit=100`),
    ({ body }) => body.items.length > FOREIGN.length && body.items.every(({ state }) => state === "readable"),
    90_000,
  );
  const refused = watchPolicy(page);
  await signIn(page, email, "a long sentence to remember");
  for (const { name, sha256 } of files) {
    await page.goto(`/en/my/cases/${caseId}/records/${ids.get(name)}`);
    const picture = page.getByRole("region", { name: /^Viewing room/ }).getByRole("img");
    await expect(picture, name).toBeVisible();
    await expect.poll(() => canvasHash(picture, name.startsWith("SC_")), name).toBe(sha256);
  }
  // What the last file draws over its picture can be taken away.
  await page.getByRole("button", { name: "Marks drawn in the file" }).click();
  const bare = page.getByRole("region", { name: /^Viewing room/ }).getByRole("img");
  await expect
    .poll(() => canvasHash(bare, false))
    .toBe(files.find(({ name }) => name === "MR_small_RLE")?.sha256);
  await page.goto(`/en/my/cases/${caseId}/records/${ecgId}`);
  for (const lead of ["I", "aVR", "V1", "V6"]) {
    await expect(page.getByRole("img", { name: lead, exact: true })).toBeAttached();
  }
  expect(refused).toEqual([]);
});
