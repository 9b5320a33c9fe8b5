import "server-only";
import type { SignedIn } from "@/lib/kernel/actor";
import { type Outcome, done, refused } from "@/lib/kernel/outcome";
import { readApart } from "@/lib/infra/file-reader";
import { openRecord, type OpenRefusal } from "./open-record";
import { type DrawnPicture, pictureIn, type ReadingTask, rowOf, type WantedPicture } from "./reading";

const LIMITS = { seconds: 20, memoryBytes: 1_024 * 1_048_576 };

/**
 * A picture of a record, always drawn anew by us, in a process of its own: what a file hides besides its pixels never
 * reaches another reader, and what it does to its own reader nobody else feels. A list's pictures come one after the other
 * out of one process, as long as each of them is one.
 */
export async function buildPicture(
  viewer: SignedIn,
  recordId: string,
  wanted: WantedPicture,
  now: Date,
): Promise<Outcome<DrawnPicture, OpenRefusal | "not_previewable" | "too_many">> {
  const opened = await openRecord(viewer, recordId, null, now, "pictures");
  if (!opened.ok) return opened;
  const { file, kind, isChecked, isNameless } = opened.value;
  if (!isChecked) return refused("not_open");
  const task: ReadingTask = { act: "draw", file, kind, wanted, hasMarks: !isNameless };
  const row = rowOf("draw", opened.value);
  const answer = await readApart(task, { limits: LIMITS, row, isSound });
  if (answer.kind === "busy") return refused("too_many", { retryAfter: 5 });
  const picture = answer.kind === "read" ? pictureIn(answer.value) : null;
  return picture ? done(picture) : refused("not_previewable");
}

const isSound = (value: unknown) => pictureIn(value) !== null;
