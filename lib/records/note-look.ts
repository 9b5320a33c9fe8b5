import "server-only";
import type { SignedIn } from "@/lib/kernel/actor";
import { addMinutes, dayOf } from "@/lib/kernel/day";
import { writeAudit } from "@/lib/audit/write-audit";
import type { Tx } from "@/lib/infra/db";
import { sha256 } from "@/lib/infra/hash";
import { headerSchema } from "./views/record";

const ONE_LOOK_MINUTES = 10;
const ONE_STUDY_MINUTES = 30;

interface Seen {
  id: string;
  caseId: string;
  header: unknown;
  examOn: Date | null;
}

/**
 * Writes down that somebody opened a file. A viewer reads a clip in many ranges, and a CT in a thousand files: the
 * patient's log tells one look at each examination, and the rows of its other files stand behind it.
 */
export async function traceView(tx: Tx, viewer: SignedIn, record: Seen, now: Date): Promise<void> {
  const { id: objectId, caseId } = record;
  if (await hasLooked(tx, viewer, { objectId }, addMinutes(now, -ONE_LOOK_MINUTES))) return;
  const study = studyOf(record);
  const earlier = study && { facts: { path: ["study"], equals: study.study } };
  const isSame = earlier && (await hasLooked(tx, viewer, earlier, addMinutes(now, -ONE_STUDY_MINUTES)));
  await writeAudit(tx, viewer, "record.viewed", {
    ...{ caseId, objectType: "record", objectId },
    ...(isSame ? { purpose: "within_study" } : {}),
    ...(study ? { facts: study } : {}),
  });
}

/** One of the files of an archive, whose own line says that all of them were taken. */
export async function tracePacked(tx: Tx, viewer: SignedIn, { id, caseId }: Seen): Promise<void> {
  const about = { caseId, objectType: "record", objectId: id, purpose: "within_archive" };
  await writeAudit(tx, viewer, "record.packed", about);
}

type Sign = { objectId: string } | { facts: { path: string[]; equals: string } };

async function hasLooked(tx: Tx, viewer: SignedIn, sign: Sign, since: Date): Promise<boolean> {
  const where = { actorId: viewer.personId, at: { gt: since }, event: "record.viewed", ...sign };
  return (await tx.auditEvent.findFirst({ where, select: { id: true } })) !== null;
}

/** What the log says of an examination: which kind, which day, and a sign to know it again that is not its UID. */
function studyOf({ header, examOn, caseId }: Seen) {
  const read = headerSchema.safeParse(header);
  if (!read.success || !read.data.studyUid) return null;
  const { studyUid, modality } = read.data;
  const study = sha256(`${caseId}:${studyUid}`).slice(0, 16);
  return { study, modality, examOn: examOn ? dayOf(examOn) : null };
}
