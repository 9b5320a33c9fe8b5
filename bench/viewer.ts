import path from "node:path";
import { pathToFileURL } from "node:url";
import { chromium, type Page } from "@playwright/test";
import { inTurn, type Spread, spread, timesOf } from "./figures";
import { type Line, startLine } from "./viewer-line";
import { makeViewedCase, signInAs, type ViewedCase } from "./viewer-world";
import { ownDatabase, startWeb } from "./web";

/** Read by `npm run bench`: this row asks the built product. */
export const needsWeb = true;

const ROUNDS = 6;
const GOAL = "first frame of 400 MB ≤ 1.5 × fetching its bytes; a film holds 95 % of its rate";
const CLIP_RATE = 25;
const PLAY_MS = 6_000;
/** A line of twenty megabits: on none at all every figure would be the browser's own pace. */
const LINE_BYTES = 2_500_000;

export interface ViewerResult {
  name: "viewer";
  goal: string;
  firstFrameMs: Spread;
  fetchMs: Spread;
  times: Spread;
  /** Frames a second that were shown of a film of twenty-five. */
  rate: number;
  met: boolean;
}

/** The first frame of a large file beside its bare bytes in turn, and the rate a film is played at. */
export async function run(url = process.env.DATABASE_URL ?? ""): Promise<ViewerResult> {
  const own = await ownDatabase(url, "bench_viewer");
  const web = await startWeb(own);
  const line = await startLine(web.port);
  const origin = `http://127.0.0.1:${line.port}`;
  const browser = await chromium.launch({
    executablePath: await ownChromium(),
    args: process.getuid?.() === 0 ? ["--no-sandbox"] : [],
  });
  try {
    // A form is taken at the product's own address alone; the cookie goes with the host.
    const door = `http://127.0.0.1:${web.port}`;
    const viewed = await makeViewedCase(door, own);
    const page = await browser.newPage({ viewport: { width: 1_440, height: 1_000 } });
    await signInAs(page, door, viewed.email);
    const records = `${origin}/en/my/cases/${viewed.caseId}/records`;
    const seen = await firstFrames(page, line, { ...viewed, records });
    const rate = await playedRate(page, `${records}/${viewed.clip}`);
    const times = timesOf(seen.shown, seen.fetched);
    const met = times.median <= 1.5 && rate >= CLIP_RATE * 0.95;
    const spreads = { firstFrameMs: spread(seen.shown), fetchMs: spread(seen.fetched), times };
    console.table({ ...spreads, rate: { median: rate } });
    return { name: "viewer", goal: GOAL, ...spreads, rate, met };
  } finally {
    await browser.close();
    line.stop();
    await web.stop();
  }
}

async function ownChromium(): Promise<string> {
  const steps = path.join(process.cwd(), "scripts", "steps", "chromium.mjs");
  const { chromium: find } = (await import(pathToFileURL(steps).href)) as { chromium: () => Promise<string> };
  return find();
}

/** Laid beside a small clip, so that page, program and worker are there already; every round on a page of its own. */
async function firstFrames(
  page: Page,
  line: Line,
  { records, small, large }: ViewedCase & { records: string },
) {
  const seen: { shown: number[]; fetched: number[] } = { shown: [], fetched: [] };
  await inTurn(ROUNDS, ["shown", "fetched"], async (name) => {
    line.limit(null);
    await page.goto(`${records}/${small}`);
    await page.getByRole("img", { name: /Frame 1 of/ }).waitFor();
    await page.getByRole("button", { name: "Two beside each other" }).click();
    await page.getByRole("img").nth(1).waitFor();
    await page.waitForLoadState("networkidle");
    line.limit(LINE_BYTES);
    seen[name].push(await page.evaluate(name === "shown" ? showFirst : fetchBare, large));
  });
  line.limit(null);
  return seen;
}

/** Runs in the page: from the choice to the point in the middle of the canvas. */
async function showFirst(id: string): Promise<number> {
  const choice = document.querySelectorAll<HTMLSelectElement>("select.room-choice")[1];
  if (!choice) throw new Error("There is no second pane.");
  const begun = performance.now();
  Object.getOwnPropertyDescriptor(HTMLSelectElement.prototype, "value")?.set?.call(choice, id);
  choice.dispatchEvent(new Event("change", { bubbles: true }));
  for (;;) {
    const canvas = document.querySelectorAll(".room-side")[1]?.querySelector("canvas");
    const point = canvas?.width === 512 && canvas.getContext("2d")?.getImageData(256, 256, 1, 1).data[3];
    if (point === 255) return performance.now() - begun;
    await new Promise((resolve) => requestAnimationFrame(resolve));
  }
}

async function fetchBare(id: string): Promise<number> {
  const begun = performance.now();
  const headers = { range: "bytes=200000000-200524287" };
  await (await fetch(`/api/v1/records/${id}/content`, { headers, cache: "no-store" })).arrayBuffer();
  return performance.now() - begun;
}

async function playedRate(page: Page, address: string): Promise<number> {
  await page.goto(address);
  await page.getByRole("img", { name: /Frame 1 of/ }).waitFor();
  await page.waitForLoadState("networkidle");
  await page.keyboard.press("Space");
  return page.evaluate(async (ms) => {
    const canvas = document.querySelector(".room-side canvas");
    let shown = 0;
    const watcher = new MutationObserver(() => (shown += 1));
    if (canvas) watcher.observe(canvas, { attributeFilter: ["data-frame"] });
    await new Promise((resolve) => setTimeout(resolve, ms));
    watcher.disconnect();
    return (shown * 1_000) / ms;
  }, PLAY_MS);
}
