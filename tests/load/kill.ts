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
  const house = await Household.begin();
  const broken: string[] = [];
  const counts: Record<string, number> = {};
  let wholeMs = FIRST_MS;
  for (let round = 0; round <= kills && broken.length === 0; round += 1) {
    const victim = round === 0 ? null : dice.oneOf(VICTIMS);
    const since = performance.now();
    try {
      broken.push(
        ...(await oneRound({
          peer,
          house,
          crash,
          victim,
          isFirst: round === 0,
          afterMs: dice.below(wholeMs),
        })),
      );
    } catch (error) {
      broken.push(`round ${round}, ${victim}: ${String(error)}`);
    }
    if (round === 0) wholeMs = performance.now() - since;
    if (victim) counts[victim] = (counts[victim] ?? 0) + 1;
    process.stdout.write(`${round} ${victim ?? "undisturbed"} ${Math.round(performance.now() - since)} ms\n`);
  }
  await house.end();
  await closeJobs();
  await closeDb();
  await peer.stop();
  const done = Object.values(counts).reduce((sum, one) => sum + one, 0);
  return { seed, kills: done, ...counts, wholeMs: Math.round(wholeMs), broken, kept: broken.length === 0 };
}

interface Round {
  peer: Peer;
  house: Household;
  crash: () => Promise<void>;
  victim: string | null;
  isFirst: boolean;
  afterMs: number;
}

async function oneRound({ peer, house, crash, victim, isFirst, afterMs }: Round): Promise<string[]> {
  const world = await World.open(peer, isFirst);
  await world.begin("EUR");
  await peer.control("webhooks", { deliver: "once", url: `${house.url}/api/stripe/webhook` });
  const { people } = world;
  // Nothing of this process may hang on the database while it dies.
  await world.close();
  await closeJobs();
  await closeDb();
  const journeys = Promise.all(people.patients.map((_one, index) => goThrough(house.url, people, index)));
  const [done] = await Promise.all([journeys, victim ? house.kill(victim, crash, afterMs) : null]);
  return whatBroke(peer, people, done);
}

async function whatBroke(peer: Peer, people: World["people"], done: Acknowledged[][]): Promise<string[]> {
  const world = await World.open(peer, false);
  world.remember(people);
  try {
    const promises = await brokenPromises(world, { sweep: false, rest: true, dice: 0 });
    return [...promises, ...(await lostSteps(world.owner, done.flat()))];
  } finally {
    await world.close();
  }
}

/** The server and the worker, each a process of its own; whoever is gone is started again, as their keeper would. */
class Household {
  private readonly children = new Map<string, ChildProcess>();
  private isOver = false;

  private constructor(readonly port: number) {}

  static async begin(): Promise<Household> {
    const house = new Household(await freePort());
    house.start("server");
    house.start("worker");
    return house;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  private start(name: string): void {
    if (this.isOver) return;
    const script = name === "server" ? ".build/load/kill-server.mjs" : ".build/worker.mjs";
    const child = fork(path.resolve(script), [String(this.port)], {
      env: process.env,
      stdio: ["ignore", "ignore", "ignore", "ipc"],
    });
    this.children.set(name, child);
    child.once("exit", () => setTimeout(() => this.start(name), 100));
  }

  async kill(victim: string, crash: () => Promise<void>, afterMs: number): Promise<void> {
    await pause(afterMs);
    const names = victim === "all" ? ["server", "worker"] : [victim];
    for (const name of names) this.children.get(name)?.kill("SIGKILL");
    if (victim === "database" || victim === "all") await crash();
  }

  async end(): Promise<void> {
    this.isOver = true;
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
