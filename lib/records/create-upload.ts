import "server-only";
import { clinicIdOf } from "@/lib/kernel/actor";
import { newId } from "@/lib/kernel/ids";
import { type Outcome, done, refused } from "@/lib/kernel/outcome";
import { asPerson } from "@/lib/infra/db";
import { CHUNK_BYTES } from "@/lib/infra/record-store";
import { newFileKey } from "@/lib/infra/record-store-key";
import { takesUploads } from "@/lib/cases/case";
import { casesTakingFilesFrom, type Uploader } from "./scope";
import { type Announced, expiryOf, OPEN_UPLOADS_MAX } from "./upload";

/** Opens an upload: the row with its own sealed key. The bytes follow, in as many parts as the line allows. */
export async function createUpload(
  uploader: Uploader,
  caseId: string,
  announced: Announced,
  now: Date,
): Promise<Outcome<{ id: string; expiresAt: Date }, "not_found" | "illegal_transition" | "too_many">> {
  const id = newId(now.getTime());
  const expiresAt = expiryOf(now);
  const { wrapped } = newFileKey(id);
  return asPerson(uploader, async (tx) => {
    const found = await tx.case.findFirst({
      where: { AND: [{ id: caseId }, casesTakingFilesFrom(uploader)] },
      select: { stage: true },
    });
    if (!found) return refused("not_found");
    if (!takesUploads(found.stage)) return refused("illegal_transition", { stage: found.stage });
    const open = await tx.record.count({ where: { caseId, state: "uploading", expiresAt: { gt: now } } });
    if (open >= OPEN_UPLOADS_MAX) return refused("too_many", { retryAfter: 600 });
    await tx.record.createMany({
      data: [
        {
          id,
          caseId,
          uploaderId: uploader.personId,
          uploaderClinic: clinicIdOf(uploader),
          filename: announced.filename,
          declaredType: announced.declaredType,
          item: announced.item,
          declaredSha256: announced.sha256,
          sizeBytes: BigInt(announced.sizeBytes),
          chunkBytes: CHUNK_BYTES,
          expiresAt,
          createdAt: now,
          ...wrapped,
        },
      ],
    });
    return done({ id, expiresAt });
  });
}
