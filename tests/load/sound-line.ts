import { execFile } from "node:child_process";
import { mkdir, readdir, rm } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { spread, timesOf } from "../../bench/figures";
import { makeUploader, MIB, Served } from "../../bench/upload-world";
import { Dice } from "./dice";
import { atOnce, send, type StudyFile, studyOf } from "./study";
import { AT_ONCE, startWarm, targetOf, wholeOf } from "./study-servers";

const exec = promisify(execFile);

interface Wish {
  url: string;
  folder: string;
  mb?: number;
  rounds?: number;
  /** Without it small files go in one request, as the browser sends them. */
  requests?: "two";
  seed?: number;
}

/** Up to this size the browser sends a file together with the request that begins it. */
const SMALL_BYTES = 8 * MIB;

/** `npm run campaign -- sound-line`: only the comparison of speeds. */
export async function run(wish: Wish) {
  const { seed = Date.now() % 2 ** 31 } = wish;
  const speeds = await compare(wish, new Dice(seed));
  return { seed, ...speeds, kept: speeds.timesTus >= 1.2 && speeds.timesRaw >= 0.6 };
}

type Place = { path: string; headers: Record<string, string> } | null;
const NAMES = ["ours", "tus", "raw"] as const;

/** The same files, four at once, over a sound line, in turns: ours, a plain tus server, a raw pipe. */
export async function compare(wish: Wish, dice: Dice) {
  const { url, folder, mb = 512, requests, rounds = 3 } = wish;
  const study = studyOf(dice, Math.ceil((mb / 5_120) * 1_500), mb * 1_000_000);
  const plain = path.join(folder, "plain");
  await mkdir(plain);
  const peer = (kind: string) =>
    Served.start(path.resolve(".build/bench/upload-peer.mjs"), [kind, plain], process.env);
  const servers = { ours: await startWarm(url), tus: await peer("tus"), raw: await peer("raw") };
  const { caseId, token } = await makeUploader(url);
  const places: Record<keyof typeof servers, Place> = {
    ours: { path: `/api/v1/cases/${caseId}/uploads`, headers: { authorization: `Bearer ${token}` } },
    tus: { path: "/files", headers: {} },
    raw: null,
  };
  const rates: Record<keyof typeof servers, number[]> = { ours: [], tus: [], raw: [] };
  const cpuMs = { ours: 0, tus: 0, raw: 0 };
  for (let turn = 0; turn < rounds * NAMES.length; turn += 1) {
    const name = NAMES[(turn + Math.floor(turn / NAMES.length)) % NAMES.length] ?? "ours";
    await exec("sync");
    const before = await servers[name].cpuMs();
    const since = performance.now();
    const one = { port: servers[name].port, place: places[name], isSplit: requests === "two" };
    await atOnce(AT_ONCE, study, (file) => sendOne(one, file));
    rates[name].push(mb / ((performance.now() - since) / 1_000));
    cpuMs[name] += ((await servers[name].cpuMs()) - before) / study.length / rounds;
    for (const left of await readdir(plain)) await rm(path.join(plain, left), { recursive: true });
  }
  for (const server of Object.values(servers)) await server.stop();
  const times = (other: "tus" | "raw") => timesOf(rates.ours, rates[other]);
  const medians = Object.fromEntries(NAMES.map((name) => [name, Math.round(spread(rates[name]).median)]));
  const perFile = Object.fromEntries(NAMES.map((name) => [name, Number(cpuMs[name].toFixed(1))]));
  const [tus, raw] = [times("tus"), times("raw")];
  return {
    mb,
    files: study.length,
    rates: medians,
    cpuMs: perFile,
    timesTus: tus.median,
    timesRaw: raw.median,
    tus,
    raw,
  };
}

async function sendOne(
  { port, place, isSplit }: { port: number; place: Place; isSplit: boolean },
  file: StudyFile,
): Promise<void> {
  const isWhole = place !== null && !isSplit && file.sizeBytes <= SMALL_BYTES;
  const target = isWhole ? wholeOf(port, place, file) : await targetOf(port, place, file);
  const { status } = await send(target, file, 0);
  if (status !== (isWhole ? 201 : 204)) throw new Error(`A server answered ${status}.`);
}
