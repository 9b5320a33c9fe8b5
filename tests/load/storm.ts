import { Agent, request } from "node:http";
import pg from "pg";
import { bodyOf, HOT_PATIENTS, HOT_SLOT, makeHttpWorld, tokenOf } from "../../bench/booking-http-world";
import { startWeb, type Web } from "../../bench/web";
import { Dice } from "./dice";
import {
  deadlocks,
  forgetDay,
  makeScarce,
  payHalf,
  sumOf,
  type Violations,
  violationsIn,
} from "./storm-world";

/** Read by `npm run campaign`: this one asks the built product. */
export const needsWeb = true;

interface Wish {
  seed?: number;
  /** Storms of everybody for one place. */
  rounds?: number;
  /** Who asks at once. */
  patients?: number;
  /** How many requests there shall be in all; more than the rounds ask for are spent on mixed storms. */
  attempts?: number;
  /** Ends sooner than by its attempts, after a storm that was looked at. */
  minutes?: number;
}

const PROGRESS_MS = 30_000;
/** What 99 of 100 are answered within. Said beside the figures; it is no promise, for it is the machine's as well. */
const P99_GOAL_MS = 3_000;

/** The days of the mixed storms: few enough to be full, and far enough away for a patient to move there. */
const DAYS = 6;
const FIRST_DAY = 25;

/**
 * Storms over HTTP: rounds in which everybody wants one place, then rounds in which days, interpreters and cars are
 * scarce, holds are cancelled and paid bookings move meanwhile. Nothing may be sold twice, no plan be partial, no
 * request fail.
 */
export async function run({ url, ...wish }: Wish & { url: string }) {
  const db = new pg.Client({ connectionString: url });
  await db.connect();
  try {
    return await trial(url, db, wish);
  } finally {
    await db.end();
  }
}

async function trial(
  url: string,
  db: pg.Client,
  { seed = Date.now() % 2 ** 31, rounds = 20, patients = 500, attempts = 0, minutes = Infinity }: Wish,
) {
  await db.query("SELECT set_config('app.role', 'system', false)");
  await makeHttpWorld(db);
  await makeScarce(db);
  const web = await startWeb(url);
  const crowd = Math.min(patients, HOT_PATIENTS);
  const storm = new Storm(web, new Dice(seed));
  const before = await deadlocks(db);
  const found: Violations[] = [];
  const wins: number[] = [];
  const until = performance.now() + minutes * 60_000;
  const progress = setInterval(() => {
    const { asked, p50Ms, p99Ms } = storm.figures();
    const odd = storm.unexpected();
    const words = `${asked} asked, p50 ${p50Ms} ms, p99 ${p99Ms} ms, ${odd} unexpected, ${JSON.stringify(sumOf(found))}`;
    process.stdout.write(`${new Date().toISOString()} ${words}\n`);
  }, PROGRESS_MS);
  try {
    for (let round = 0; round < rounds; round += 1) {
      wins.push(await storm.forOnePlace(crowd));
      found.push(await violationsIn(db));
      await storm.letGo();
      await forgetDay(db);
    }
    do {
      await storm.mixed(crowd);
      found.push(await violationsIn(db));
      await storm.moved(await payHalf(db), crowd);
      found.push(await violationsIn(db));
      await storm.letGo();
      found.push(await violationsIn(db));
      await forgetDay(db);
    } while (storm.asked < attempts && performance.now() < until);
    found.push(await violationsIn(db, "ever"));
  } finally {
    clearInterval(progress);
    await web.stop();
  }
  const violations = { ...sumOf(found), deadlocks: (await deadlocks(db)) - before };
  const clean = Object.values(violations).every((count) => count === 0) && wins.every((count) => count === 1);
  const kept = clean && storm.unexpected() === 0;
  const figures = storm.figures();
  const isInTime = figures.p99Ms < P99_GOAL_MS;
  return { seed, rounds, patients: crowd, ...figures, isInTime, winners: wins.join(" "), violations, kept };
}

/** What may be answered: yes, that something is taken, or that it is the very day one has. */
const EXPECTED =
  /^(201 held|200 (cancelled|awaiting_centre)|409 (slot_taken|hold_exists|interpreter_taken|driver_taken)|422 invalid_slot)$/;

interface Answer {
  status: number;
  body: { id?: string; code?: string; state?: string };
}

/** Everybody who asks, what they hold, and what they were told. */
class Storm {
  asked = 0;
  readonly answers: Record<string, number> = {};
  private readonly holds = new Map<number, string>();
  private readonly times: number[] = [];
  // A line each: a server closes lines that rest, and a request must not be lost to that.
  private readonly agent = new Agent({ keepAlive: false, maxSockets: 200 });

  constructor(
    private readonly web: Web,
    private readonly dice: Dice,
  ) {}

  /** How many of the crowd got the one place. */
  async forOnePlace(crowd: number): Promise<number> {
    await Promise.all(Array.from({ length: crowd }, (_, patient) => this.hold(patient, HOT_SLOT)));
    return this.holds.size;
  }

  /** Everybody wants one of a few days; a third of those who got one lets it go while the others still ask. */
  async mixed(crowd: number): Promise<void> {
    const wishes = this.wishes(crowd);
    await Promise.all(
      wishes.map(async ({ slotId, nextSlotId, leaves }, patient) => {
        await this.hold(patient, slotId);
        if (leaves) await this.cancel(patient);
        if (leaves) await this.hold(patient, nextSlotId);
      }),
    );
  }

  /** Whoever has paid moves to another day, some twice, while the others let go and ask again. */
  async moved(paid: ReadonlySet<string>, crowd: number): Promise<void> {
    const wishes = this.wishes(crowd);
    await Promise.all(
      wishes.map(async ({ slotId, nextSlotId, leaves }, patient) => {
        const id = this.holds.get(patient);
        if (id && paid.has(id)) {
          const moved = await this.move(patient, id, slotId);
          if (leaves) await this.move(patient, id, moved === 200 ? nextSlotId : FAR_SLOT);
          return;
        }
        if (leaves) await this.cancel(patient);
        await this.hold(patient, nextSlotId);
      }),
    );
  }

  /** After the storm, a few at a time. */
  async letGo(): Promise<void> {
    const left = [...this.holds.keys()];
    const next = async (): Promise<void> => {
      for (let patient = left.pop(); patient !== undefined; patient = left.pop()) await this.cancel(patient);
    };
    await Promise.all(Array.from({ length: 8 }, next));
  }

  figures() {
    const sorted = this.times.toSorted((one, other) => one - other);
    const at = (share: number) => Math.round(sorted[Math.floor(sorted.length * share)] ?? 0);
    return {
      asked: this.asked,
      p50Ms: at(0.5),
      p99Ms: at(0.99),
      worstMs: at(0.999_999),
      answers: this.answers,
    };
  }

  /** How many answers there were that nobody should get. */
  unexpected(): number {
    const odd = Object.entries(this.answers).filter(([answer]) => !EXPECTED.test(answer));
    return odd.reduce((total, [, count]) => total + count, 0);
  }

  private wishes(crowd: number) {
    return Array.from({ length: crowd }, () => {
      const day = this.dice.below(DAYS);
      const leaves = this.dice.below(3) === 0;
      const nextSlotId = dayAfterHot(FIRST_DAY + ((day + 1) % DAYS));
      return { slotId: dayAfterHot(FIRST_DAY + day), nextSlotId, leaves };
    });
  }

  private async move(patient: number, id: string, slotId: string): Promise<number> {
    const body = JSON.stringify({ slotId });
    return (await this.post(patient, `/api/v1/bookings/${id}/reschedule`, body)).status;
  }

  private async hold(patient: number, slotId: string): Promise<void> {
    const { status, body } = await this.post(patient, "/api/v1/bookings", bodyOf(patient, slotId));
    if (status === 201 && body.id) this.holds.set(patient, body.id);
  }

  private async cancel(patient: number): Promise<void> {
    const id = this.holds.get(patient);
    if (!id) return;
    const { status } = await this.post(
      patient,
      `/api/v1/bookings/${id}/cancel`,
      '{"cause":"patient_cancels"}',
    );
    if (status === 200) this.holds.delete(patient);
  }

  private async post(patient: number, path: string, body: string): Promise<Answer> {
    const since = performance.now();
    const answer = await post({
      agent: this.agent,
      port: this.web.port,
      path,
      token: tokenOf(patient),
      body,
    });
    this.times.push(performance.now() - since);
    this.asked += 1;
    const key = `${answer.status} ${answer.body.code ?? answer.body.state ?? ""}`;
    this.answers[key] = (this.answers[key] ?? 0) + 1;
    return answer;
  }
}

/** A day nobody else asks for. */
const FAR_SLOT = dayAfterHot(FIRST_DAY + DAYS + 3);

/** The days of the hot centre are numbered one after the other. */
function dayAfterHot(days: number): string {
  const tail = (Number.parseInt(HOT_SLOT.slice(-12), 16) + days).toString(16).padStart(12, "0");
  return `${HOT_SLOT.slice(0, -12)}${tail}`;
}

interface Sending {
  agent: Agent;
  port: number;
  path: string;
  token: string;
  body: string;
}

function post({ agent, port, path, token, body }: Sending): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const headers = {
      authorization: `Bearer ${token}`,
      "content-type": "application/json",
      "content-length": Buffer.byteLength(body),
    };
    const asked = request({ agent, host: "127.0.0.1", port, method: "POST", path, headers }, (answer) => {
      const pieces: Buffer[] = [];
      answer.on("data", (piece: Buffer) => pieces.push(piece));
      answer.once("error", reject);
      answer.once("end", () =>
        resolve({ status: answer.statusCode ?? 0, body: JSON.parse(String(Buffer.concat(pieces))) }),
      );
    });
    asked.once("error", reject);
    asked.end(body);
  });
}
