import "server-only";
import { clinicIdOf, type LinkHolder, personIdOf } from "@/lib/kernel/actor";
import { newId } from "@/lib/kernel/ids";
import { type Outcome, done, refused } from "@/lib/kernel/outcome";
import { asPerson, type Tx } from "@/lib/infra/db";
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
): Promise<
  Outcome<{ id: string; expiresAt: Date }, "not_found" | "illegal_transition" | "too_many" | "link_full">
> {
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
    if (uploader.role === "link_holder" && (await isLinkFull(tx, uploader, announced.sizeBytes)))
      return refused("link_full");
    await tx.record.createMany({
      data: [
        {
          id,
          caseId,
          uploaderId: personIdOf(uploader),
          uploaderClinic: clinicIdOf(uploader),
          uploadLinkId: uploader.role === "link_holder" ? uploader.linkId : null,
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

/** What a link may bring is counted while nobody else counts: two files at once do not share the last place. */
async function isLinkFull(tx: Tx, { linkId }: LinkHolder, sizeBytes: number): Promise<boolean> {
  await tx.$queryRaw`SELECT pg_advisory_xact_lock(hashtextextended(${linkId}, 0))::text`;
  const link = await tx.uploadLink.findUnique({
    where: { id: linkId },
    select: { filesMax: true, bytesMax: true },
  });
  const brought = await tx.record.aggregate({
    where: { uploadLinkId: linkId },
    _count: true,
    _sum: { sizeBytes: true },
  });
  if (!link || brought._count >= link.filesMax) return true;
  return (brought._sum.sizeBytes ?? 0n) + BigInt(sizeBytes) > link.bytesMax;
}
