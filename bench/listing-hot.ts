import { execFileSync, spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import type pg from "pg";
import { startNginx } from "../deploy/own-nginx";
import { inTurn, type Spread, spread, timesOf } from "./figures";
import { CENTRES, cpuMs, drive, filterSets, makeCatalogue, skewed } from "./pages-world";
import { freePort, ownDatabase, startWeb } from "./web";

/** Read by `npm run bench`: this row asks the built product. */
export const needsWeb = true;

const ROUNDS = 5;
const SECONDS = 5;
const GOAL = "≥ 0.5 of nginx with the same bytes through deploy/nginx.conf, a price change seen in ≤ 2 s";

export interface ListingResult {
  row: 1;
  name: "listing-hot";
  goal: string;
  /** Answers a second as a share of nginx handing out files, round by round. */
  share: Spread;
  rates: { ours: number; files: number };
  /** Processor ms for one answer: nginx and the product together, and nginx with files. */
  cpuMs: { ours: Spread; files: Spread };
  /** Share of answers the product was not waited for. */
  hitRate: number;
  /** From the change of a price until the list shows it. */
  seenMs: Spread;
  met: boolean;
}

/** Row 1: the list of centres over 1,000 sets of filters, asked as people ask, while a price changes every second. */
export async function run(url = process.env.DATABASE_URL ?? ""): Promise<ListingResult> {
  const own = await ownDatabase(url, "bench_listing");
  const db = await makeCatalogue(own);
  const ports = { http: await freePort(), https: await freePort(), bare: await freePort() };
  const web = await startWeb(own, { PAGE_CACHES: `http://127.0.0.1:${ports.bare}` });
  const nginx = await startNginx({ upstream: web.port, ports });
  const addresses = filterSets().map((set) => (set === "" ? "/en/clinics" : `/en/clinics?${set}`));
  const files = await startFiles(web.port, addresses);
  try {
    const ours = { port: ports.bare, pids: () => [web.pid, ...processesOf(nginx.pid)], addresses };
    const peer = { port: files.port, pids: () => processesOf(files.pid), addresses: files.addresses };
    return await measure(db, ours, peer);
  } finally {
    await files.stop();
    await nginx.stop();
    await web.stop();
    await db.end();
  }
}

interface Target {
  port: number;
  pids: () => number[];
  addresses: readonly string[];
}

async function measure(db: pg.Client, ours: Target, files: Target): Promise<ListingResult> {
  const seen = { ours: newTally(), files: newTally() };
  const kept: Record<string, number> = {};
  const delays: number[] = [];
  await fill(ours);
  const ask = {
    ours: async () => {
      const changing = changePrices(db, ours.port, delays);
      const answers = await round(ours, seen.ours);
      await changing.stop();
      for (const [name, count] of Object.entries(answers)) kept[name] = (kept[name] ?? 0) + count;
    },
    files: async () => void (await round(files, seen.files)),
  };
  await inTurn(ROUNDS, ["ours", "files"], (name) => ask[name]());
  const share = timesOf(seen.ours.rates, seen.files.rates);
  const all = Object.values(kept).reduce((sum, count) => sum + count, 0);
  const hitRate = ((kept["HIT"] ?? 0) + (kept["STALE"] ?? 0) + (kept["UPDATING"] ?? 0)) / all;
  const seenMs = spread(delays);
  const rates = { ours: spread(seen.ours.rates).median, files: spread(seen.files.rates).median };
  const cost = { ours: spread(seen.ours.cpu), files: spread(seen.files.cpu) };
  console.table({ share, seenMs, "CPU-ms ours": cost.ours, "CPU-ms files": cost.files });
  console.log(
    `${Math.round(rates.ours)} and ${Math.round(rates.files)} answers a second, hit rate ${hitRate.toFixed(4)}`,
  );
  const met = share.median >= 0.5 && seenMs.max <= 2_000;
  return { row: 1, name: "listing-hot", goal: GOAL, share, rates, cpuMs: cost, hitRate, seenMs, met };
}

interface Tally {
  rates: number[];
  cpu: number[];
}

function newTally(): Tally {
  return { rates: [], cpu: [] };
}

/** A cache that has been up for a while: every list was asked for once. */
async function fill({ port, addresses }: Target): Promise<void> {
  const left = addresses.toReversed();
  const next = () => left.pop();
  await Promise.all(
    Array.from({ length: 4 }, async () => {
      for (let address = next(); address !== undefined; address = next())
        await (await fetch(`http://127.0.0.1:${port}${address}`)).arrayBuffer();
    }),
  );
}

async function round({ port, pids, addresses }: Target, tally: Tally): Promise<Record<string, number>> {
  const pick = skewed(addresses.length);
  const before = cpuMs(pids());
  const { count, seconds, kept } = await drive({
    port,
    path: () => addresses[pick()] ?? "/",
    seconds: SECONDS,
  });
  tally.rates.push(count / seconds);
  tally.cpu.push((cpuMs(pids()) - before) / count);
  return kept;
}

/** Each second the first centre of the plain list gets another price; how long until the list says it. */
function changePrices(db: pg.Client, port: number, delays: number[]) {
  let running = true;
  const work = async () => {
    const list = async () => (await fetch(`http://127.0.0.1:${port}/en/clinics`)).text();
    const first = /centre-(\d+)/.exec(await list())?.[1];
    if (first === undefined) throw new Error("The list shows no centre.");
    for (let turn = 0; running; turn += 1) {
      const euros = 20_000 + ((Number(first) % CENTRES) % 50) * 100 + turn + delays.length;
      await db.query(
        `UPDATE "ClinicProcedure" SET "lowMinor" = $2, "expectedMinor" = $2, "highMinor" = $2
          WHERE "clinicId" = (SELECT id FROM "Clinic" WHERE slug = $1)`,
        [`centre-${first}`, euros * 100],
      );
      const since = performance.now();
      const said = euros.toLocaleString("en");
      while (!(await list()).includes(said) && performance.now() - since < 10_000) await pause(20);
      delays.push(performance.now() - since);
      await pause(Math.max(0, 1_000 - (performance.now() - since)));
    }
  };
  const done = work();
  return { stop: () => ((running = false), done) };
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** The peer: the same packed bytes as files, handed out by nginx alone. */
async function startFiles(product: number, addresses: readonly string[]) {
  const folder = await mkdtemp(path.join(os.tmpdir(), "valvia-files-"));
  const names = await Promise.all(
    addresses.slice(0, 200).map(async (address, at) => {
      await writeFile(path.join(folder, `${at}.html`), await packed(product, address));
      return `/${at}.html`;
    }),
  );
  const port = await freePort();
  const user = process.getuid?.() === 0 ? "user root;" : "";
  await writeFile(
    path.join(folder, "nginx.conf"),
    `${user} worker_processes auto; daemon off; pid ${folder}/pid; error_log ${folder}/error.log; events { worker_connections 4096; }
    http { access_log off; sendfile on; client_body_temp_path ${folder}/b; proxy_temp_path ${folder}/b; types { text/html html; }
      server { listen 127.0.0.1:${port}; root ${folder}; add_header Content-Encoding gzip; } }`,
  );
  const child = spawn("nginx", ["-c", path.join(folder, "nginx.conf")], {
    stdio: ["ignore", "ignore", "inherit"],
  });
  const gone = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  await pause(500);
  const stop = async () => {
    child.kill("SIGTERM");
    await gone;
    await rm(folder, { recursive: true, force: true });
  };
  // Two hundred files stand for a thousand: which file is read changes nothing for nginx.
  return {
    port,
    pid: child.pid ?? 0,
    addresses: addresses.map((_, at) => names[at % names.length] ?? "/"),
    stop,
  };
}

async function packed(port: number, address: string): Promise<Buffer> {
  const { gzipSync } = await import("node:zlib");
  const answer = await fetch(`http://127.0.0.1:${port}${address}`);
  return gzipSync(Buffer.from(await answer.arrayBuffer()), { level: 6 });
}

/** A master and its workers. */
function processesOf(master: number): number[] {
  const children = execFileSync("ps", ["-o", "pid=", "--ppid", String(master)], { encoding: "utf8" });
  return [master, ...children.split("\n").map(Number).filter(Boolean)];
}
