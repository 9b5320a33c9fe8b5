import { type ChildProcess, fork } from "node:child_process";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { closeDb } from "@/lib/infra/db";
import { closeJobs } from "@/lib/infra/jobs";
import { brokenPromises } from "@/tests/support/money-model/invariants";
import { openBooks, type Peer } from "@/tests/support/money-model/peer";
import { World } from "@/tests/support/money-model/world";
import { startProvider } from "@/tests/support/payments";
import { freePort } from "../../bench/upload-world";
import { Dice } from "./dice";
import { type Acknowledged, goThrough, lostSteps } from "./kill-journey";

interface Wish {
  /** Kills the database with SIGKILL and starts it again. */
  crash: () => Promise<void>;
  kills?: number;
  seed?: number;
}

const VICTIMS = ["server", "worker", "database", "server", "database", "all"] as const;
/** About as long as an undisturbed journey takes; the first one is measured. */
const FIRST_MS = 6_000;

/**
 * Three patients go from the hold to the refund while the server, the worker or PostgreSQL is killed (-9) at a random
 * moment and started again. Afterwards the ledger sums to zero, every acknowledged step stands, nothing happened twice.
 */
export async function run({ crash, kills = 200, seed = Date.now() % 2 ** 31 }: Wish) {
  process.stdout.write(`seed ${seed}\n`);
  const dice = new Dice(seed);
  const peer = openBooks(await startProvider());
  const house = await Household.begin(peer);
  const broken: string[] = [];
  const counts: Record<string, number> = {};
  let wholeMs = FIRST_MS;
  for (let round = 0; round <= kills && broken.length === 0; round += 1) {
    const victim = round === 0 ? null : dice.oneOf(VICTIMS);
    const since = performance.now();
    const world = await World.open(peer, round === 0);
    await world.begin("EUR");
    await peer.control("webhooks", { deliver: "once", url: `${house.url}/api/stripe/webhook` });
    const journeys = Promise.all(
      world.people.patients.map((_one, index) => goThrough(house.url, world.people, index)),
    );
    const people = world.people;
    await world.close();
    if (victim) await house.kill(victim, crash, dice.below(wholeMs));
    const done = await journeys;
    if (round === 0) wholeMs = performance.now() - since;
    if (victim) counts[victim] = (counts[victim] ?? 0) + 1;
    broken.push(...(await whatBroke(peer, people, done)));
    process.stdout.write(`${round} ${victim ?? "undisturbed"} ${Math.round(performance.now() - since)} ms\n`);
  }
  await house.end();
  await closeJobs();
  await closeDb();
  await peer.stop();
  const done = Object.values(counts).reduce((sum, one) => sum + one, 0);
  return { seed, kills: done, ...counts, wholeMs: Math.round(wholeMs), broken, kept: broken.length === 0 };
}

async function whatBroke(peer: Peer, people: World["people"], done: Acknowledged[][]): Promise<string[]> {
  // Connections of this process died with the database.
  await closeJobs();
  await closeDb();
  const world = await World.open(peer, false);
  world.remember(people);
  try {
    const promises = await brokenPromises(world, { sweep: false, rest: true, dice: 0 });
    return [...promises, ...(await lostSteps(world.owner, done.flat()))];
  } finally {
    await world.close();
  }
}

/** The server and the worker, each a process of its own that is started again when it is gone. */
class Household {
  private readonly children = new Map<string, ChildProcess>();

  private constructor(readonly port: number) {}

  static async begin(_peer: Peer): Promise<Household> {
    const house = new Household(await freePort());
    await house.start("server");
    await house.start("worker");
    return house;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  private async start(name: string): Promise<void> {
    const script = name === "server" ? ".build/load/kill-server.mjs" : ".build/worker.mjs";
    // A worker that meets a database on its way up ends, and is started again as its keeper would.
    for (let attempt = 0; attempt < 50; attempt += 1) {
      const child = fork(path.resolve(script), [String(this.port)], {
        env: process.env,
        stdio: ["ignore", "ignore", "ignore", "ipc"],
      });
      this.children.set(name, child);
      const isUp = await new Promise<boolean>((resolve) => {
        child.once("message", () => resolve(true));
        child.once("exit", () => resolve(false));
      });
      if (isUp) return;
      await pause(100);
    }
    throw new Error(`The ${name} does not start.`);
  }

  async kill(victim: string, crash: () => Promise<void>, afterMs: number): Promise<void> {
    await pause(afterMs);
    const names = victim === "all" ? ["server", "worker"] : [victim].filter((name) => name !== "database");
    for (const name of names) this.children.get(name)?.kill("SIGKILL");
    if (victim === "database" || victim === "all") await crash();
    for (const name of names) await this.start(name);
    // Whoever could not live without the database is started again too.
    for (const [name, child] of this.children) if (child.exitCode !== null) await this.start(name);
  }

  async end(): Promise<void> {
    await Promise.all(
      [...this.children.values()].map(async (child) => {
        if (child.exitCode !== null || child.signalCode !== null) return;
        const gone = new Promise((resolve) => child.once("exit", resolve));
        child.kill("SIGKILL");
        await gone;
      }),
    );
  }
}
