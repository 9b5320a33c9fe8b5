import type { ChildProcess } from "node:child_process";
import { setTimeout as pause } from "node:timers/promises";
import { closeDb } from "@/lib/infra/db";
import { closeJobs } from "@/lib/infra/jobs";
import { brokenPromises } from "@/tests/support/money-model/invariants";
import { openBooks, type Peer } from "@/tests/support/money-model/peer";
import { World } from "@/tests/support/money-model/world";
import { startProvider } from "@/tests/support/payments";
import { startChild } from "../../bench/children";
import { freePort } from "../../bench/upload-world";
import { Dice } from "./dice";
import { type Acknowledged, goThrough, lostSteps, stepsMissing } from "./kill-journey";

interface Wish {
  /** Kills the database with SIGKILL and starts it again. */
  crash: () => Promise<void>;
  kills?: number;
  seed?: number;
}

const VICTIMS = ["server", "worker", "database", "server", "database", "all"] as const;
/** A journey is killed that often: its way from the hold to the refund is long, and a recovery may be killed too. */
const KILLS_A_ROUND = 3;
/** About as long as an undisturbed journey takes; the first one is measured. */
const FIRST_MS = 6_000;

/**
 * Three patients go from the hold to the refund while the server, the worker or PostgreSQL is killed (-9) at random
 * moments and started again. Afterwards the ledger sums to zero, every acknowledged step stands, nothing happened twice.
 */
export async function run({ crash, kills = 200, seed = Date.now() % 2 ** 31 }: Wish) {
  process.stdout.write(`seed ${seed}\n`);
  const dice = new Dice(seed);
  const peer = openBooks(await startProvider());
  const house = await Household.begin();
  const broken: string[] = [];
  const counts: Record<string, number> = {};
  let wholeMs = FIRST_MS;
  let done = 0;
  for (let round = 0; done < kills && broken.length === 0; round += 1) {
    const blows = round === 0 ? [] : blowsOf(dice, wholeMs, Math.min(KILLS_A_ROUND, kills - done));
    const victims = blows.map(({ victim }) => victim);
    const since = performance.now();
    try {
      broken.push(...(await oneRound({ peer, house, crash, blows, isFirst: round === 0 })));
    } catch (error) {
      broken.push(`round ${round}, ${victims.join(", ")}: ${String(error)}`);
    }
    if (round === 0) wholeMs = performance.now() - since;
    for (const victim of victims) counts[victim] = (counts[victim] ?? 0) + 1;
    done += blows.length;
    const told = victims.length > 0 ? victims.join(", ") : "undisturbed";
    process.stdout.write(`${done} ${told} ${Math.round(performance.now() - since)} ms\n`);
  }
  await house.end();
  await closeJobs();
  await closeDb();
  await peer.stop();
  return { seed, kills: done, ...counts, wholeMs: Math.round(wholeMs), broken, kept: broken.length === 0 };
}

interface Blow {
  victim: string;
  /** From the blow before, or from the beginning of the journey. */
  afterMs: number;
}

function blowsOf(dice: Dice, wholeMs: number, count: number): Blow[] {
  const moments = Array.from({ length: count }, () => dice.below(wholeMs)).toSorted((a, b) => a - b);
  return moments.map((moment, index) => ({
    victim: dice.oneOf(VICTIMS),
    afterMs: moment - (moments[index - 1] ?? 0),
  }));
}

interface Round {
  peer: Peer;
  house: Household;
  crash: () => Promise<void>;
  blows: readonly Blow[];
  isFirst: boolean;
}

async function oneRound({ peer, house, crash, blows, isFirst }: Round): Promise<string[]> {
  const people = await freshPeople(peer, isFirst);
  await peer.control("webhooks", { deliver: "once", url: `${house.url}/api/stripe/webhook` });
  const journeys = Promise.all(people.patients.map((_one, index) => goThrough(house.url, people, index)));
  const [done] = await Promise.all([journeys, house.suffer(blows, crash)]);
  const missing = isFirst ? stepsMissing(done) : [];
  return [...missing, ...(await whatBroke(peer, people, done))];
}

/** Nothing of this process may hang on the database while it dies. */
async function freshPeople(peer: Peer, isFirst: boolean): Promise<World["people"]> {
  const world = await World.open(peer, isFirst);
  try {
    await world.begin("EUR");
    return world.people;
  } finally {
    await world.close();
    await closeJobs();
    await closeDb();
  }
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
    const child = startChild(script, { args: [String(this.port)], err: "ignore" });
    this.children.set(name, child);
    child.once("exit", () => setTimeout(() => this.start(name), 100));
  }

  async suffer(blows: readonly Blow[], crash: () => Promise<void>): Promise<void> {
    for (const { victim, afterMs } of blows) await this.kill(victim, crash, afterMs);
  }

  private async kill(victim: string, crash: () => Promise<void>, afterMs: number): Promise<void> {
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
