import { readFileSync } from "node:fs";
import { connect, type Socket } from "node:net";
import pg from "pg";

export const CENTRES = 10_000;
export const TREATMENTS = ["teer", "tavi-transfemoral", "tavi-transapical", "surgical-repair"];
const COUNTRIES = ["DE", "CN", "TR", "IN", "KR", "IL", "ES", "TH", "MY", "PL"];
const LANGUAGES = ["de", "en", "ar", "ru", "zh"];
const BODIES = ["JCI", "ISO 9001", "GHA", "Temos"];

const list = (texts: readonly string[]) => `ARRAY[${texts.map((text) => `'${text}'`).join(",")}]`;

/** 10,000 published centres with two procedures each, spread evenly over countries, languages and certificates. */
export async function makeCatalogue(url: string): Promise<pg.Client> {
  const db = new pg.Client({ connectionString: url });
  await db.connect();
  await db.query("SELECT set_config('app.role', 'system', false)");
  await db.query(`INSERT INTO "Clinic" (id, slug, name, "legalName", country, city, address, latitude, longitude, "timeZone", summary,
      departments, languages, "officeHours", "licenceNumber", "licenceAuthority", "paymentTerms", "cancellationBands", "moneyRelation",
      "licenceValidUntil", "publishedAt", "answerHours", "answerCount")
    SELECT ${id("c0", "n")}, 'centre-' || n, 'Centre ' || n, 'Centre', (${list(COUNTRIES)})[1 + n % 10], 'City ' || n % 50, '', 50, 7, 'Europe/Berlin',
      'A centre for heart valves.', '{cardiology,cardiac_surgery,heart_team}', ARRAY[(${list(LANGUAGES)})[1 + n / 10 % 5], 'en'], '', '', '', '',
      '[{"fromDays": 0, "keptBp": 0}]', '', '2030-01-01', now(), 10 + n % 80, 5 + n % 40 FROM generate_series(1, ${CENTRES}) n`);
  await db.query(`INSERT INTO "Accreditation" (id, "clinicId", body, proof, "validUntil")
    SELECT ${id("a0", "n")}, ${id("c0", "n")}, (${list(BODIES)})[1 + n / 50 % 4], '', '2030-01-01' FROM generate_series(1, ${CENTRES}) n`);
  await db.query(`INSERT INTO "ClinicProcedure" (id, "clinicId", treatment, access, volume, "volumeYear", "volumeSource", currency, "lowMinor", "expectedMinor",
      "highMinor", "priceBasis", "stayDaysLow", "stayDaysHigh", "validFrom", "validTo")
    SELECT ${id("b0", "n * 10 + k")}, ${id("c0", "n")}, (${list(TREATMENTS)})[1 + (n / 200 + k) % 4], NULL, n % 300, 2025, 'the centre', 'EUR',
      2000000 + n * 100, 2500000 + n * 100, 3000000 + n * 100, '', 3, 9, '2020-01-01', '2035-01-01'
      FROM generate_series(1, ${CENTRES}) n, generate_series(0, 1) k`);
  await db.query("ANALYZE");
  return db;
}

function id(kind: string, number: string): string {
  return `('0d${kind}0000-0000-7000-8000-' || lpad(to_hex(${number}), 12, '0'))::uuid`;
}

/** 1,000 sets of filters, the most asked first. */
export function filterSets(): string[] {
  const sets: string[] = [];
  for (const language of ["", ...LANGUAGES])
    for (const accreditation of ["", ...BODIES])
      for (const country of ["", ...COUNTRIES])
        for (const treatment of ["", ...TREATMENTS]) {
          const wanted = Object.entries({ treatment, country, language, accreditation });
          sets.push(new URLSearchParams(wanted.filter(([, value]) => value !== "")).toString());
        }
  return sets.slice(0, 1_000);
}

/** Picks as people do: the second set half as often as the first, the third a third as often. */
export function skewed(count: number): () => number {
  const sums: number[] = [];
  for (let n = 1; n <= count; n += 1) sums.push((sums.at(-1) ?? 0) + 1 / n);
  const all = sums.at(-1) ?? 1;
  return () => {
    const wanted = Math.random() * all;
    let [low, high] = [0, count - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((sums[middle] ?? 0) < wanted) low = middle + 1;
      else high = middle;
    }
    return low;
  };
}

/** Processor time of these processes until now, in ms; what /proc counts in hundredths of a second. */
export function cpuMs(pids: readonly number[]): number {
  return pids.reduce((sum, pid) => {
    const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]?.split(" ") ?? [];
    return sum + (Number(fields[11]) + Number(fields[12])) * 10;
  }, 0);
}

export interface Answered {
  count: number;
  seconds: number;
  /** Answers of each X-Cache, or "none". */
  kept: Record<string, number>;
}

interface Drive {
  port: number;
  path: () => string;
  seconds: number;
  clients?: number;
}

/** Asks from kept-open connections, one question at a time on each; every answer must be a 200. */
export async function drive({ port, path, seconds, clients = 16 }: Drive): Promise<Answered> {
  const since = performance.now();
  const until = since + seconds * 1_000;
  const answered: Answered = { count: 0, seconds: 0, kept: {} };
  await Promise.all(Array.from({ length: clients }, () => loop(port, path, until, answered)));
  return { ...answered, seconds: (performance.now() - since) / 1_000 };
}

async function loop(port: number, path: () => string, until: number, answered: Answered): Promise<void> {
  let socket = await open(port);
  try {
    while (performance.now() < until) {
      const head = await ask(socket, path());
      const kept = /\r\nx-cache: (\w+)/i.exec(head)?.[1] ?? "none";
      answered.count += 1;
      answered.kept[kept] = (answered.kept[kept] ?? 0) + 1;
      // A server ends each connection after a thousand answers, and says so.
      if (/\r\nconnection: close/i.test(head)) socket = await open(port);
    }
  } finally {
    socket.destroy();
  }
}

function open(port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, "127.0.0.1").setNoDelay(true);
    socket.once("error", reject);
    socket.once("connect", () => resolve(socket.off("error", reject)));
  });
}

/** The head of the answer, once all of it has come. Reads no more than it must: the status and the length. */
function ask(socket: Socket, path: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let head = "";
    let missing = -1;
    let chunked = false;
    let tail = "";
    const end = (failure?: Error) => {
      socket.off("data", read).off("error", end).off("close", closed);
      if (failure) reject(failure);
      else resolve(head);
    };
    const closed = () => end(new Error(`The connection ended in the middle of ${path}.`));
    const read = (part: Buffer) => {
      let rest = part;
      if (missing < 0 && !chunked) {
        head += part.toString("latin1");
        const at = head.indexOf("\r\n\r\n");
        if (at < 0) return;
        rest = Buffer.from(head.slice(at + 4), "latin1");
        head = head.slice(0, at);
        if (!head.startsWith("HTTP/1.1 200")) return end(new Error(`${path}: ${head.slice(0, 20)}`));
        const length = /\r\ncontent-length: (\d+)/i.exec(head)?.[1];
        chunked = length === undefined;
        missing = Number(length ?? -1);
      }
      if (chunked) {
        tail = (tail + rest.toString("latin1")).slice(-7);
        if (tail.endsWith("\r\n0\r\n\r\n")) end();
      } else {
        missing -= rest.length;
        if (missing <= 0) end();
      }
    };
    socket.on("data", read).once("error", end).once("close", closed);
    socket.write(`GET ${path} HTTP/1.1\r\nHost: care.example.org\r\nAccept-Encoding: gzip\r\n\r\n`);
  });
}
