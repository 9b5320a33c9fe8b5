import { readFrom, whenDamaged } from "@/lib/infra/record-store";
import { ASK, AskedReader } from "@/lib/infra/record-store-asked";
import { isDamagedFile, isStoreAway } from "@/lib/infra/record-store-driver";
import { drawPicture } from "@/lib/records/draw-picture";
import { inspectContent } from "@/lib/records/inspect-content";
import type { ReadingTask } from "@/lib/records/reading";

/** Reads files nobody trusts, says what it saw of each, and is ended. It is told their keys and no secret besides. */
function answer(task: ReadingTask): Promise<unknown> {
  return task.act === "inspect" ? inspectContent(task.file, task.expected) : drawPicture(task);
}

// Its parent hears of damage and tells it.
whenDamaged(async () => undefined);
if (process.argv[2] === ASK) readFrom(new AskedReader());
process.once("disconnect", () => process.exit(0));
// One after the other: the next file is told when the one before was answered.
process.on("message", (said: unknown) => void (isTask(said) && serve(said)));
process.send?.("ready");

function isTask(said: unknown): said is ReadingTask {
  return typeof said === "object" && said !== null && "act" in said;
}

async function serve(task: ReadingTask): Promise<void> {
  try {
    process.send?.({ value: await answer(task) });
  } catch (error) {
    // The store is to blame then, not the file somebody sent. Anything else ends this process.
    if (isDamagedFile(error)) process.send?.({ damaged: error.damage });
    else if (isStoreAway(error)) process.send?.({ away: true });
    else throw error;
  }
}
