import "server-only";
import { personIdOf } from "@/lib/kernel/actor";
import { asPerson } from "@/lib/infra/db";
import { findingsOf } from "./finding";
import type { KnownFilesForm } from "./forms";
import type { RecordState } from "./record";
import { casesTakingFilesFrom, type Uploader, uploadsOf } from "./scope";
import type { KnownFile } from "./views/upload";

/** What came whole and was not refused for what is in it: sent again it would only be there twice. */
const HERE: readonly RecordState[] = [
  "scanning",
  "readable",
  "accepted",
  "rejected",
  "unpacking",
  "unpacked",
];

/**
 * Which of these files a case holds already, by their content, and which of them this person began to send and may go
 * on with. Null for a case that takes no files from them. Says nothing about files nobody named by their hash.
 */
export async function findKnown(
  uploader: Uploader,
  caseId: string,
  { files }: KnownFilesForm,
  now: Date,
  path = `/api/v1/cases/${caseId}/uploads`,
): Promise<KnownFile[] | null> {
  const mayAsk = { AND: [{ id: caseId }, casesTakingFilesFrom(uploader)] };
  const hashes = files.map(({ sha256 }) => sha256);
  return asPerson(uploader, async (tx) => {
    if ((await tx.case.count({ where: mayAsk })) === 0) return null;
    const select = { id: true, sizeBytes: true, sha256: true, declaredSha256: true };
    const whole = await tx.record.findMany({
      where: { caseId, erasedAt: null, sha256: { in: hashes }, state: { in: [...HERE] } },
      select: { ...select, findings: true },
    });
    // Of a file that was damaged where we keep it we ask for the bytes once more.
    const here = whole.filter(({ findings }) => !findingsOf(findings).some(({ code }) => code === "damaged"));
    const begun = await tx.record.findMany({
      where: {
        AND: [
          { caseId, state: "uploading", expiresAt: { gt: now }, declaredSha256: { in: hashes } },
          uploadsOf(uploader),
        ],
      },
      orderBy: { offsetBytes: "desc" },
      select,
    });
    return files.flatMap((file) => answerFor(file, here, begun, path));
  });
}

interface Row {
  id: string;
  sizeBytes: bigint;
  sha256: string | null;
  declaredSha256: string | null;
}

function answerFor(
  { sha256, sizeBytes }: KnownFilesForm["files"][number],
  here: readonly Row[],
  begun: readonly Row[],
  path: string,
): KnownFile[] {
  const size = BigInt(sizeBytes);
  if (here.some((row) => row.sha256 === sha256 && row.sizeBytes === size))
    return [{ sha256, sizeBytes, state: "here", upload: null }];
  const found = begun.find((row) => row.declaredSha256 === sha256 && row.sizeBytes === size);
  if (!found) return [];
  return [{ sha256, sizeBytes, state: "begun", upload: `${path}/${found.id}` }];
}

export interface UnfinishedUploads {
  count: number;
  /** The names of the first few. */
  names: string[];
  /** Until when the first of them is kept. */
  keptUntil: Date;
}

const NAMES = 5;

/** What this person began to send into a case and did not finish; null when there is nothing. */
export async function findUnfinished(
  uploader: Uploader,
  caseId: string,
  now: Date,
): Promise<UnfinishedUploads | null> {
  const where = {
    AND: [
      { caseId, state: "uploading" as const, expiresAt: { gt: now }, uploaderId: personIdOf(uploader) },
      uploadsOf(uploader),
    ],
  };
  return asPerson(uploader, async (tx) => {
    const count = await tx.record.count({ where });
    const first = await tx.record.findMany({
      where,
      orderBy: { expiresAt: "asc" },
      take: NAMES,
      select: { filename: true, expiresAt: true },
    });
    const keptUntil = first[0]?.expiresAt;
    return keptUntil ? { count, names: first.map(({ filename }) => filename), keptUntil } : null;
  });
}
