import "server-only";
import { type ReadingAnswer, readApart, type ReadingWish } from "@/lib/infra/file-reader";
import { type StoredFile, readHead, readRange } from "@/lib/infra/record-store";
import { scanBytes } from "@/lib/infra/scanner";
import { finding, stopsUse } from "./finding";
import { type Expected, type Inspection, inspectionSchema } from "./inspection";
import type { ReadingTask } from "./reading";

/** Says what is in a file. */
export type ContentReader = (file: StoredFile, expected: Expected) => Promise<Inspection>;

/** The scanner knows its test file by its beginning. */
const HEAD_BYTES = 4_096;

/**
 * Looks at a stored file: what it is, in a process of its own, then the scanner. An unavailable scanner or reader throws,
 * and the file stays in quarantine.
 */
export async function inspectFile(
  file: StoredFile,
  expected: Expected,
  read: ContentReader,
): Promise<Inspection> {
  if (file.sizeBytes === 0) return { kind: "unknown", mediaType: null, findings: [finding("empty_file")] };
  const head = await readHead(file, HEAD_BYTES);
  const inspection = await read(file, expected);
  const { kind, mediaType } = inspection;
  const verdict = await scanBytes(head, readRange(file, 0, file.sizeBytes));
  if (verdict.kind === "infected") {
    return { kind, mediaType, findings: [finding("infected", { signature: verdict.signature })] };
  }
  const isPartly = verdict.kind === "partly" && !inspection.findings.some(stopsUse);
  return isPartly
    ? { ...inspection, findings: [...inspection.findings, finding("partly_scanned")] }
    : inspection;
}

/**
 * A file that brings its reader down, or takes more than any honest one, has its verdict too. Files of one row may be
 * read by one process one after the other, as long as nothing was wrong with those before.
 */
export async function inspectApart(
  file: StoredFile,
  expected: Expected,
  wish: ReadingWish = {},
): Promise<Inspection> {
  const task: ReadingTask = { act: "inspect", file, expected };
  return verdictOf(await readApart(task, { isSound, ...wish }));
}

function isSound(value: unknown): boolean {
  const said = inspectionSchema.safeParse(value);
  return said.success && !said.data.findings.some(stopsUse);
}

function verdictOf(answer: ReadingAnswer): Inspection {
  if (answer.kind === "busy") throw new Error("Too many files wait for their check.");
  const said = answer.kind === "read" ? inspectionSchema.safeParse(answer.value) : null;
  return said?.success
    ? said.data
    : { kind: "unknown", mediaType: null, findings: [finding("beyond_reading")] };
}
