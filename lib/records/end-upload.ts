import "server-only";
import { type Outcome, done, refused } from "@/lib/kernel/outcome";
import { writeAudit } from "@/lib/audit/write-audit";
import { asPerson } from "@/lib/infra/db";
import { removeFile } from "@/lib/infra/record-store";
import { lockUpload } from "@/lib/infra/upload-lock";
import { type Uploader, uploadsOf } from "./scope";

/** Takes an unfinished upload back: its row and its bytes go. A complete file is erased by its own verb, not here. */
export async function endUpload(
  uploader: Uploader,
  { caseId, recordId }: { caseId: string; recordId: string },
): Promise<Outcome<null, "not_found" | "upload_busy" | "illegal_transition">> {
  const where = { AND: [{ id: recordId, caseId }, uploadsOf(uploader)] };
  const found = await asPerson(uploader, (tx) => tx.record.findFirst({ where, select: { state: true } }));
  if (!found) return refused("not_found");
  if (found.state !== "uploading") return refused("illegal_transition", { state: found.state });
  const lock = await lockUpload(recordId);
  if (!lock) return refused("upload_busy");
  try {
    const count = await asPerson(uploader, async (tx) => {
      const gone = await tx.record.deleteMany({ where: { AND: [{ state: "uploading" }, where] } });
      if (gone.count === 1) {
        const about = { caseId, objectType: "record", objectId: recordId };
        await writeAudit(tx, uploader, "record.upload_ended", about);
      }
      return gone.count;
    });
    if (count === 0) return refused("illegal_transition");
    await removeFile(recordId);
    return done(null);
  } finally {
    await lock.release();
  }
}
