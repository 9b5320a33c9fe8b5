import path from "node:path";
import { pathToFileURL } from "node:url";
import { type Browser, type CDPSession, chromium, type Page } from "@playwright/test";
import pg from "pg";
import { inTurn, type Spread, spread, timesOf } from "./figures";
import { ownDatabase, seedDemo, startWeb } from "./web";
import { startProxy } from "./vitals-proxy";

/** Read by `npm run bench`: this row asks the built product. */
export const needsWeb = true;

const ROUNDS = 3;
const GOAL = "JavaScript ≤ 140 kB, LCP ≤ 1.5 × the same HTML without JavaScript, CLS ≤ 0.01";
/** A middling phone on a slow line, as Lighthouse imagines it. */
const LINE = { offline: false, latency: 150, downloadThroughput: 204_800, uploadThroughput: 96_000 };
const SLOWER = 4;

interface Seen {
  lcpMs: number;
  cls: number;
  scriptBytes: number;
  fontBytes: number;
  totalBytes: number;
}

interface PageResult {
  page: string;
  /** Bytes as they came over the line, packed; the total with all headers. */
  scriptBytes: number;
  fontBytes: number;
  totalBytes: number;
  /** The highest of the rounds. */
  cls: number;
  lcpMs: number;
  /** LCP as a share of that of the same HTML without JavaScript, round by round. */
  lcp: Spread;
}

export interface VitalsResult {
  row: 8;
  name: "vitals";
  goal: string;
  pages: PageResult[];
  met: boolean;
}

/** Row 8: public pages on a slow phone, with their scripts and without, in turn. */
export async function run(url = process.env.DATABASE_URL ?? ""): Promise<VitalsResult> {
  const own = await ownDatabase(url, "bench_vitals");
  await seedDemo(own);
  const addresses = await addressesOf(own);
  const web = await startWeb(own);
  const whole = await startProxy(web.port, { scripts: true });
  const bare = await startProxy(web.port, { scripts: false });
  const browser = await chromium.launch({
    executablePath: await ownChromium(),
    args: process.getuid?.() === 0 ? ["--no-sandbox"] : [],
  });
  try {
    const pages: PageResult[] = [];
    for (const address of addresses) pages.push(await measure(browser, address, [whole.port, bare.port]));
    print(pages);
    const met = pages.every(
      ({ scriptBytes, cls, lcp }) => scriptBytes <= 140_000 && cls <= 0.01 && lcp.median <= 1.5,
    );
    return { row: 8, name: "vitals", goal: GOAL, pages, met };
  } finally {
    await browser.close();
    await Promise.all([whole.stop(), bare.stop()]);
    await web.stop();
  }
}

async function ownChromium(): Promise<string> {
  const steps = path.join(process.cwd(), "scripts", "steps", "chromium.mjs");
  const { chromium: find } = (await import(pathToFileURL(steps).href)) as { chromium: () => Promise<string> };
  return find();
}

async function addressesOf(url: string): Promise<string[]> {
  const db = new pg.Client({ connectionString: url });
  await db.connect();
  try {
    await db.query("SELECT set_config('app.role', 'system', false)");
    const { rows } = await db.query<{ slug: string }>('SELECT slug FROM "Clinic" ORDER BY slug LIMIT 3');
    const slugs = rows.map(({ slug }) => slug);
    const clinic = `/clinics/${slugs[0]}`;
    const compare = `/compare?c=${slugs.join(",")}`;
    const english = ["", "/clinics", clinic, "/treatments/teer", compare].map((rest) => `/en${rest}`);
    return [...english, "/ar", `/ar${clinic}`];
  } finally {
    await db.end();
  }
}

async function measure(browser: Browser, address: string, ports: readonly number[]): Promise<PageResult> {
  const seen: [Seen[], Seen[]] = [[], []];
  // The first request writes the page; what is measured is the page as everybody else gets it.
  await fetch(`http://127.0.0.1:${ports[0]}${address}`).then((answer) => answer.text());
  await inTurn(ROUNDS, [0, 1], async (turn) => {
    seen[turn].push(await visit(browser, `http://127.0.0.1:${ports[turn]}${address}`));
  });
  const [whole, bare] = seen;
  const lcpMsOf = (visits: readonly Seen[]) => visits.map(({ lcpMs }) => lcpMs);
  const highest = (of: (one: Seen) => number) => Math.max(...whole.map(of));
  return {
    page: address,
    scriptBytes: highest((one) => one.scriptBytes),
    fontBytes: highest((one) => one.fontBytes),
    totalBytes: highest((one) => one.totalBytes),
    cls: highest((one) => one.cls),
    lcpMs: spread(lcpMsOf(whole)).median,
    lcp: timesOf(lcpMsOf(whole), lcpMsOf(bare)),
  };
}

/** One visit of somebody who was never here. */
async function visit(browser: Browser, address: string): Promise<Seen> {
  const context = await browser.newContext({
    viewport: { width: 412, height: 823 },
    deviceScaleFactor: 1.75,
    isMobile: true,
    hasTouch: true,
  });
  try {
    const page = await context.newPage();
    const line = await context.newCDPSession(page);
    const bytes = await countBytes(line);
    await line.send("Network.emulateNetworkConditions", LINE);
    await line.send("Emulation.setCPUThrottlingRate", { rate: SLOWER });
    await page.goto(address, { waitUntil: "networkidle" });
    return { ...(await vitalsOf(page)), ...bytes() };
  } finally {
    await context.close();
  }
}

async function countBytes(line: CDPSession) {
  await line.send("Network.enable");
  const kinds = new Map<string, string>();
  const sums: Record<string, number> = {};
  let totalBytes = 0;
  line.on("Network.responseReceived", ({ requestId, type }) => kinds.set(requestId, type));
  line.on("Network.dataReceived", ({ requestId, encodedDataLength }) => {
    const kind = kinds.get(requestId) ?? "Other";
    sums[kind] = (sums[kind] ?? 0) + encodedDataLength;
  });
  line.on("Network.loadingFinished", ({ encodedDataLength }) => (totalBytes += encodedDataLength));
  return () => ({ scriptBytes: sums["Script"] ?? 0, fontBytes: sums["Font"] ?? 0, totalBytes });
}

function vitalsOf(page: Page): Promise<{ lcpMs: number; cls: number }> {
  return page.evaluate(async () => {
    const entriesOf = (type: string) =>
      new Promise<PerformanceEntry[]>((resolve) => {
        const watcher = new PerformanceObserver((list) => resolve(list.getEntries()));
        watcher.observe({ type, buffered: true });
        setTimeout(() => resolve([]), 500);
      });
    const paints = await entriesOf("largest-contentful-paint");
    const shifts = (await entriesOf("layout-shift")) as (PerformanceEntry & { value: number })[];
    return {
      lcpMs: paints.at(-1)?.startTime ?? Number.NaN,
      cls: shifts.reduce((sum, { value }) => sum + value, 0),
    };
  });
}

function print(pages: readonly PageResult[]): void {
  console.table(
    pages.map(({ page, scriptBytes, fontBytes, totalBytes, cls, lcpMs, lcp }) => ({
      page,
      "scripts kB": (scriptBytes / 1_000).toFixed(1),
      "fonts kB": (fontBytes / 1_000).toFixed(1),
      "all kB": (totalBytes / 1_000).toFixed(1),
      CLS: cls.toFixed(4),
      "LCP ms": Math.round(lcpMs),
      "× without scripts": `${lcp.median.toFixed(2)} (${lcp.min.toFixed(2)}–${lcp.max.toFixed(2)})`,
    })),
  );
}
