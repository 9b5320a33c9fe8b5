import { createHash, randomBytes } from "node:crypto";
import http from "node:http";
import type { Dice } from "./dice";

const MIB = 1_048_576;
const ONCE = randomBytes(MIB);
/** Twice the same, so that a megabyte can be taken from any beginning. */
const NOISE = Buffer.concat([ONCE, ONCE]);

export interface StudyFile {
  name: string;
  sizeBytes: number;
  /** Where in the noise it begins: no two files say the same. */
  shift: number;
}

/** So many files of so many bytes in all: most are slices of a CT, one in a hundred is a long film. */
export function studyOf(dice: Dice, files: number, totalBytes: number): StudyFile[] {
  const weights = Array.from(
    { length: files },
    (_, at) => (at % 100 === 7 ? 400 : 1) * (500 + dice.below(1_000)),
  );
  const all = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight, at) => ({
    name: `IM${at}`,
    sizeBytes: Math.max(1, Math.floor((weight / all) * totalBytes)),
    shift: (at * 7_919 + 1) % MIB,
  }));
}

export function* piecesOf({ sizeBytes, shift }: StudyFile, from = 0): Generator<Buffer> {
  for (let at = from; at < sizeBytes;) {
    const inBlock = (at + shift) % MIB;
    const length = Math.min(65_536, sizeBytes - at);
    yield NOISE.subarray(inBlock, inBlock + length);
    at += length;
  }
}

export function hashOf(file: StudyFile): string {
  const hash = createHash("sha256");
  for (const piece of piecesOf(file)) hash.update(piece);
  return hash.digest("hex");
}

export interface Target {
  port: number;
  method: string;
  path: string;
  headers: Record<string, string>;
}

/** Sends a file from an offset to its end. Answers the status, or 0 when the line broke, and how far it came. */
export function send(
  target: Target,
  file: StudyFile,
  from: number,
): Promise<{ status: number; sent: number }> {
  const headers = { ...target.headers, "content-length": String(file.sizeBytes - from) };
  const { port, method, path } = target;
  return new Promise((resolve) => {
    let sent = from;
    const request = http.request({ host: "127.0.0.1", port, method, path, headers, agent: false });
    request.setTimeout(60_000, () => request.destroy());
    request.on("error", () => resolve({ status: 0, sent }));
    request.on("close", () => resolve({ status: 0, sent }));
    request.on("response", (response) => {
      response.on("error", () => resolve({ status: 0, sent }));
      response.resume().on("end", () => resolve({ status: response.statusCode ?? 0, sent }));
    });
    const pieces = piecesOf(file, from);
    const go = () => {
      // By hand: leaving a for-of loop would end the pieces for good.
      for (let next = pieces.next(); !next.done; next = pieces.next()) {
        sent += next.value.length;
        if (!request.write(next.value)) return void request.once("drain", go);
      }
      request.end();
    };
    go();
  });
}

/** A small request without a body; null when the line broke. */
export async function ask(
  target: Target,
): Promise<{ status: number; headers: http.IncomingHttpHeaders } | null> {
  const { port, method, path, headers } = target;
  return new Promise((resolve) => {
    const request = http.request({ host: "127.0.0.1", port, method, path, headers, agent: false });
    request.setTimeout(60_000, () => request.destroy());
    request.on("error", () => resolve(null));
    request.on("response", (response) => {
      response.on("error", () => resolve(null));
      response
        .resume()
        .on("end", () => resolve({ status: response.statusCode ?? 0, headers: response.headers }));
    });
    request.end();
  });
}

/** Does something with every one of them, so many at once. */
export async function atOnce<T>(
  count: number,
  items: readonly T[],
  work: (item: T) => Promise<void>,
): Promise<void> {
  const waiting = items.values();
  const one = async () => {
    for (const item of waiting) await work(item);
  };
  await Promise.all(Array.from({ length: count }, one));
}
