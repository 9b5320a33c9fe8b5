import "server-only";
import type { ClinicManager, Coordinator } from "@/lib/kernel/actor";
import { newId } from "@/lib/kernel/ids";
import { type Outcome, done, refused } from "@/lib/kernel/outcome";
import { writeAudit } from "@/lib/audit/write-audit";
import { bookingsOf } from "@/lib/bookings/scope";
import { asPerson } from "@/lib/infra/db";
import { CHUNK_BYTES, removeFile, type StoredFile } from "@/lib/infra/record-store";
import { Intake } from "@/lib/infra/record-store-intake";
import { newFileKey } from "@/lib/infra/record-store-key";
import { stopsUse } from "@/lib/records/finding";
import { type ContentReader, inspectApart, inspectFile } from "@/lib/records/inspect-file";
import { BILL_BYTES_MAX, BILL_MEDIA } from "./bill";

export type BillWriter = ClinicManager | Coordinator;

export interface SentFile {
  filename: string;
  sizeBytes: number;
  bytes: AsyncIterable<Uint8Array>;
}

export interface KeptFile {
  id: string;
  filename: string;
  mediaType: string;
  sizeBytes: number;
  sha256: string;
}

type Refusal =
  | "not_found"
  | "too_large"
  | "too_many"
  | "invalid_bill_file"
  | "bill_file_infected"
  | "short_body";

/** Files somebody may have sent for one booking without an invoice that names them. */
const UNUSED_MAX = 20;
const NOBODY = { birthOn: null, names: [], item: null };

/**
 * Takes the original of an invoice byte for byte: sealed under a key of its own as it streams in, its kind judged by its
 * content in a process apart, shown to the scanner. Only what passed gets a row; everything else leaves nothing.
 */
export async function keepBillFile(
  writer: BillWriter,
  bookingId: string,
  sent: SentFile,
  now: Date,
  read: ContentReader = inspectApart,
): Promise<Outcome<KeptFile, Refusal>> {
  if (sent.sizeBytes > BILL_BYTES_MAX) return refused("too_large");
  const open = await asPerson(writer, async (tx) => ({
    booking: await tx.booking.findFirst({
      where: { AND: [{ id: bookingId }, bookingsOf(writer)] },
      select: { caseId: true, clinicId: true },
    }),
    unused: await tx.billFile.count({ where: { bookingId, bill: null } }),
  }));
  if (!open.booking) return refused("not_found");
  if (open.unused >= UNUSED_MAX) return refused("too_many", { retryAfter: 3_600 });
  const id = newId(now.getTime());
  const { key, wrapped } = newFileKey(id);
  const file = { recordId: id, key, sizeBytes: sent.sizeBytes, chunkBytes: CHUNK_BYTES };
  let isKept = false;
  try {
    const sha256 = await write(file, sent.bytes);
    if (sha256 === null) return refused("short_body");
    const judged = await judge(file, read);
    if (!judged.ok) return judged;
    const { filename, sizeBytes } = sent;
    const mediaType = judged.value;
    const facts = { ...open.booking, bookingId, filename, mediaType, sha256, uploadedById: writer.personId };
    await asPerson(writer, async (tx) => {
      await tx.billFile.createMany({
        data: [
          {
            ...{ id, ...facts, ...wrapped, uploadedAt: now },
            ...{ sizeBytes: BigInt(sizeBytes), chunkBytes: CHUNK_BYTES },
          },
        ],
      });
      const about = { caseId: facts.caseId, objectType: "bill_file", objectId: id, facts: { mediaType } };
      await writeAudit(tx, writer, "bill.file_kept", about);
    });
    isKept = true;
    return done({ id, filename, mediaType, sizeBytes, sha256 });
  } finally {
    if (!isKept) await removeFile(id);
  }
}

/** Null when fewer or more bytes came than were announced. */
async function write(file: StoredFile, bytes: AsyncIterable<Uint8Array>): Promise<string | null> {
  const intake = await Intake.open(file, 0, null);
  try {
    for await (const piece of bytes) {
      if (intake.offset + piece.length > file.sizeBytes) return null;
      await intake.take(piece);
    }
    const { sha256 } = await intake.finish();
    if (sha256 !== null) await intake.tidy();
    return sha256;
  } finally {
    await intake.close();
  }
}

async function judge(
  file: StoredFile,
  read: ContentReader,
): Promise<Outcome<string, "invalid_bill_file" | "bill_file_infected">> {
  const { mediaType, findings } = await inspectFile(file, NOBODY, read);
  if (findings.some((one) => one.code === "infected")) return refused("bill_file_infected");
  const isOurs = BILL_MEDIA.some((one) => one === mediaType) && !findings.some(stopsUse);
  return isOurs && mediaType ? done(mediaType) : refused("invalid_bill_file", { path: "file" });
}
