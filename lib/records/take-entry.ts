import "server-only";
import type { System } from "@/lib/kernel/actor";
import { newId } from "@/lib/kernel/ids";
import { asPerson, type Tx } from "@/lib/infra/db";
import { enqueue } from "@/lib/infra/jobs";
import { CHUNK_BYTES, removeFile } from "@/lib/infra/record-store";
import { Intake } from "@/lib/infra/record-store-intake";
import { newFileKey, type WrappedKey } from "@/lib/infra/record-store-key";
import type { ArchiveEntry } from "./archive";
import { pathName } from "./disc";
import { type ArchiveReader, BrokenEntry } from "./read-archive";

/** An archive that is being unpacked, as its row tells it. */
export interface Container {
  id: string;
  caseId: string;
  uploaderId: string | null;
  uploaderClinic: string | null;
  uploadLinkId: string | null;
  createdAt: Date;
}

export interface EntryToTake {
  entry: ArchiveEntry;
  /** Its place in the archive's directory. */
  index: number;
  /** The line of the checklist it answers, as far as somebody said. */
  item: string | null;
}

/** What became of one file of an archive: `gone` when the archive was taken back meanwhile. */
export type Taken = "kept" | "already_here" | "broken" | "gone";

/** States in which a file of the same content makes a second one superfluous. */
const GOOD_STATES = ["scanning", "readable", "accepted"] as const;

/**
 * Makes one file of an archive a record of its own, with its own key. Its bytes are written first, under an id nobody
 * knows: a crash before the row leaves noise that the sweep removes, and the file is taken anew.
 */
export async function takeEntry(
  system: System,
  container: Container,
  reader: ArchiveReader,
  wanted: EntryToTake,
  touch: () => void,
): Promise<Taken> {
  const id = newId();
  const { key, wrapped } = newFileKey(id);
  let isKept = false;
  try {
    const sha256 = await writeEntry({ recordId: id, key }, reader, wanted.entry, touch);
    const taken = await asPerson(system, (tx) => addRow(tx, container, wanted, { id, sha256, wrapped }));
    isKept = taken === "kept";
    return taken;
  } catch (error) {
    if (error instanceof BrokenEntry) return "broken";
    throw error;
  } finally {
    if (!isKept) await removeFile(id);
  }
}

async function writeEntry(
  { recordId, key }: { recordId: string; key: Buffer },
  reader: ArchiveReader,
  entry: ArchiveEntry,
  touch: () => void,
): Promise<string> {
  const file = { recordId, key, sizeBytes: entry.plainBytes, chunkBytes: CHUNK_BYTES };
  const intake = await Intake.open(file, 0, null);
  try {
    for await (const piece of reader.plain(entry)) {
      await intake.take(piece);
      touch();
    }
    const { sha256 } = await intake.finish();
    if (sha256 === null) throw new BrokenEntry();
    await intake.tidy();
    return sha256;
  } finally {
    await intake.close();
  }
}

interface Written {
  id: string;
  sha256: string;
  wrapped: WrappedKey;
}

async function addRow(
  tx: Tx,
  container: Container,
  { entry, index, item }: EntryToTake,
  { id, sha256, wrapped }: Written,
): Promise<Taken> {
  // Held until the row stands: whoever takes the archive back takes this file along, or it never comes.
  const held = await tx.$queryRaw<unknown[]>`SELECT 1 FROM "Record"
    WHERE id = ${container.id}::uuid AND state = 'unpacking' AND "erasedAt" IS NULL FOR SHARE`;
  if (held.length === 0) return "gone";
  const { caseId, uploaderId, uploaderClinic, uploadLinkId } = container;
  const sizeBytes = BigInt(entry.plainBytes);
  const same = { caseId, sha256, sizeBytes, erasedAt: null, state: { in: [...GOOD_STATES] } };
  if ((await tx.record.count({ where: same })) > 0) return "already_here";
  const now = new Date();
  const { count } = await tx.record.createMany({
    data: [
      {
        ...{ id, caseId, uploaderId, uploaderClinic, uploadLinkId, item, sha256, sizeBytes },
        state: "scanning",
        filename: pathName(entry.name),
        offsetBytes: sizeBytes,
        chunkBytes: CHUNK_BYTES,
        containerId: container.id,
        containerEntry: index,
        createdAt: now,
        completedAt: now,
        ...wrapped,
      },
    ],
    skipDuplicates: true,
  });
  if (count === 0) return "already_here";
  await enqueue(tx, "record.check", { recordId: id });
  return "kept";
}
