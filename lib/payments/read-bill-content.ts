import "server-only";
import { writeAudit } from "@/lib/audit/write-audit";
import { bookingsOf } from "@/lib/bookings/scope";
import { asPerson } from "@/lib/infra/db";
import { readRange, type StoredFile } from "@/lib/infra/record-store";
import { openFileKey } from "@/lib/infra/record-store-key";
import { contentHeaders } from "@/lib/records/content";
import type { BillReader } from "./read-bills";

export interface BillContent {
  headers: Record<string, string>;
  body: ReadableStream<Uint8Array>;
}

/** The original of a bill as it came; opening it leaves a trace. Null for a stranger. */
export async function billContent(reader: BillReader, billId: string): Promise<BillContent | null> {
  const file = await asPerson(reader, async (tx) => {
    const bill = await tx.bill.findFirst({
      where: { AND: [{ id: billId }, { booking: bookingsOf(reader) }] },
      select: { caseId: true, file: true },
    });
    if (!bill) return null;
    const about = { caseId: bill.caseId, objectType: "bill", objectId: billId };
    await writeAudit(tx, reader, "bill.viewed", about);
    return bill.file;
  });
  if (!file) return null;
  const { id, filename, mediaType, sha256, chunkBytes, wrappedKey, keyVersion } = file;
  const sizeBytes = Number(file.sizeBytes);
  const key = openFileKey(id, { wrappedKey, keyVersion });
  const stored: StoredFile = { recordId: id, key, sizeBytes, chunkBytes };
  const range = { start: 0, end: sizeBytes };
  return {
    headers: contentHeaders({
      ...{ id, filename, mediaType, sha256, sizeBytes, range },
      ...{ isPart: false, isReleasedCopy: false },
    }),
    body: streamOf(readRange(stored, 0, sizeBytes)),
  };
}

function streamOf(pieces: AsyncGenerator<Buffer>): ReadableStream<Uint8Array> {
  return new ReadableStream({
    async pull(controller) {
      const next = await pieces.next();
      if (next.done) controller.close();
      else controller.enqueue(next.value);
    },
    async cancel() {
      await pieces.return(undefined);
    },
  });
}
