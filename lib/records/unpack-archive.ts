import "server-only";
import type { System } from "@/lib/kernel/actor";
import { writeAudit } from "@/lib/audit/write-audit";
import { asPerson, type Tx } from "@/lib/infra/db";
import { notify } from "@/lib/infra/events";
import { enqueue, type UnpackPayload } from "@/lib/infra/jobs";
import { removeFile, type StoredFile } from "@/lib/infra/record-store";
import { openFileKey } from "@/lib/infra/record-store-key";
import { lockUpload, type UploadLock } from "@/lib/infra/upload-lock";
import type { ArchiveEntry } from "./archive";
import { isDicom } from "./dicom";
import { roleOf, viewerFolders } from "./disc";
import { type Finding, finding, findingsOf } from "./finding";
import { looksLikeRecord } from "./media";
import { ArchiveReader } from "./read-archive";
import { type Container, takeEntry } from "./take-entry";

/** One job works no longer than this; the next goes on where it stopped. The queue believes a job dead after 15 minutes. */
const TURN_MS = 5 * 60_000;
const HEAD_BYTES = 4_096;
const TELL_EVERY = 50;
const NAMES_TOLD = 5;

/**
 * Makes each file of a checked zip a record of its own, one after the other, never whole in memory and never clear on
 * the disk. Killed anywhere and asked again, it goes on: what stands is left, what is half there is taken anew. At the
 * end the zip's own key and bytes go; its row stays and says what came.
 */
export async function unpackArchive(system: System, told: UnpackPayload, now: Date): Promise<void> {
  const lock = await lockUpload(told.recordId);
  if (!lock) throw new Error("This archive is being unpacked already.");
  try {
    const row = await asPerson(system, (tx) => unpackingRow(tx, told.recordId));
    if (!row?.wrappedKey) return;
    const key = openFileKey(row.id, { wrappedKey: row.wrappedKey, keyVersion: row.keyVersion });
    const file = { recordId: row.id, key, sizeBytes: Number(row.sizeBytes), chunkBytes: row.chunkBytes };
    const unpacking = await Unpacking.begin(system, row, file, told);
    const isThrough = await unpacking.run(lock, performance.now() + TURN_MS);
    if (isThrough) await unpacking.finish(now);
  } finally {
    await lock.release();
  }
}

type Row = NonNullable<Awaited<ReturnType<typeof unpackingRow>>>;

function unpackingRow(tx: Tx, id: string) {
  return tx.record.findFirst({
    where: { id, state: "unpacking", erasedAt: null },
    select: {
      id: true,
      caseId: true,
      uploaderId: true,
      uploaderClinic: true,
      uploadLinkId: true,
      createdAt: true,
      item: true,
      kind: true,
      findings: true,
      sizeBytes: true,
      chunkBytes: true,
      wrappedKey: true,
      keyVersion: true,
      contents: { select: { containerEntry: true } },
    },
  });
}

/** One archive on its way to becoming its files. */
class Unpacking {
  private constructor(
    private readonly system: System,
    private readonly row: Row & Container,
    private readonly reader: ArchiveReader,
    private readonly entries: readonly ArchiveEntry[],
    private readonly told: UnpackPayload,
  ) {}

  static async begin(system: System, row: Row, file: StoredFile, told: UnpackPayload): Promise<Unpacking> {
    const reader = new ArchiveReader(file);
    const directory = await reader.directory();
    if (directory === null || directory === "overfull")
      throw new Error("A checked archive lost its directory.");
    return new Unpacking(system, row, reader, directory.entries, { ...told, broken: [...told.broken] });
  }

  /** Answers whether every file had its turn; otherwise another job goes on, or nobody needs it any more. */
  async run(lock: UploadLock, untilMs: number): Promise<boolean> {
    const { told, entries } = this;
    const standing = new Set(this.row.contents.map(({ containerEntry }) => containerEntry));
    const folders = viewerFolders(entries.map(({ name }) => name));
    for (; told.next < entries.length; told.next += 1) {
      const entry = entries[told.next];
      if (!entry || standing.has(told.next)) continue;
      if (lock.signal.aborted) throw new Error("The lock on this archive was lost.");
      if (performance.now() > untilMs) return this.goOnLater();
      lock.touch();
      if (!(await this.takeOne(entry, folders, lock))) return false;
      if (told.next % TELL_EVERY === 0) await asPerson(this.system, (tx) => this.tell(tx));
    }
    return true;
  }

  private async goOnLater(): Promise<false> {
    await asPerson(this.system, (tx) => enqueue(tx, "record.unpack", this.told));
    return false;
  }

  /** False when the archive was taken back meanwhile. */
  private async takeOne(entry: ArchiveEntry, folders: readonly string[], lock: UploadLock): Promise<boolean> {
    const { told, row, reader } = this;
    const head = await this.headOf(entry, folders);
    if (head === "leftover") told.leftOut += 1;
    if (head === "leftover") return true;
    const item = row.kind === "report_archive" || isDicom(head) ? row.item : null;
    const wanted = { entry, index: told.next, item };
    const taken = await takeEntry(this.system, row, reader, wanted, () => lock.touch());
    if (taken === "broken") told.broken.push(told.next);
    if (taken === "already_here") told.alreadyHere += 1;
    return taken !== "gone";
  }

  /** The beginning of a file that becomes a record. What cannot be read at all is taken too, and fails by name. */
  private async headOf(entry: ArchiveEntry, folders: readonly string[]): Promise<Buffer | "leftover"> {
    const role = roleOf(entry, folders);
    if (role === "index" || role === "leftover") return "leftover";
    const head = await this.reader.head(entry, HEAD_BYTES);
    if (head === null) return Buffer.alloc(0);
    if (role === "beside_programs" && !isDicom(head)) return "leftover";
    // A disc carries files of its own without any ending; among reports a stranger is told to its sender.
    const isOfDisc = this.row.kind === "dicom_archive" && !looksLikeRecord(head, isDicom(head));
    return isOfDisc ? "leftover" : head;
  }

  async finish(now: Date): Promise<void> {
    const { row, system } = this;
    const isUnpacked = await asPerson(system, async (tx) => {
      const files = await tx.record.count({ where: { containerId: row.id } });
      const isEmpty = files === 0 && this.told.alreadyHere === 0;
      const end = isEmpty
        ? { state: "unreadable" as const }
        : { state: "unpacked" as const, wrappedKey: null };
      const { count } = await tx.record.updateMany({
        where: { id: row.id, state: "unpacking", erasedAt: null },
        data: { ...end, findings: this.findings(files), readAt: now },
      });
      if (count === 0) return false;
      await writeAudit(tx, system, "record.unpacked", {
        caseId: row.caseId,
        objectType: "record",
        objectId: row.id,
        facts: { files, leftOut: this.told.leftOut, broken: this.told.broken.length },
      });
      await this.tell(tx);
      return !isEmpty;
    });
    if (isUnpacked) await removeFile(row.id);
  }

  private findings(files: number): Finding[] {
    const { leftOut, alreadyHere, broken } = this.told;
    if (files === 0 && alreadyHere === 0)
      return [
        finding(broken.length > 0 ? "broken_archive" : "strange_archive", { entries: this.entries.length }),
      ];
    const names = broken.slice(0, NAMES_TOLD).map((index) => this.entries[index]?.name ?? "");
    return [
      finding("unpacked", { files }),
      ...(alreadyHere > 0 ? [finding("already_here", { count: alreadyHere })] : []),
      ...(leftOut > 0 ? [finding("left_out", { count: leftOut })] : []),
      ...(broken.length > 0
        ? [finding("broken_entries", { count: broken.length, names: names.join(", ") })]
        : []),
      ...findingsOf(this.row.findings),
    ];
  }

  private async tell(tx: Tx): Promise<void> {
    const { id: recordId, caseId } = this.row;
    await notify(tx, { kind: "record", caseId, recordId });
    await notify(tx, { kind: "case", caseId });
  }
}
