import "server-only";
import type { SignedIn } from "@/lib/kernel/actor";
import { asPerson } from "@/lib/infra/db";
import { asSeenBy, recordSelect, seesCase } from "./queries";
import { mayBeOpened } from "./record";
import { recordsOf } from "./scope";
import { groupStudies, type Study } from "./study";
import { type RecordView, showRecord } from "./views/record";

/** The examinations of a case whose files this person may open, the newest first; null for a stranger's case. */
export function studiesOfCase(viewer: SignedIn, caseId: string): Promise<Study<RecordView>[] | null> {
  return asPerson(viewer, async (tx) => {
    if (!(await seesCase(tx, viewer, caseId))) return null;
    const rows = await tx.record.findMany({
      where: {
        AND: [
          { caseId, erasedAt: null, sha256: { not: null }, kind: { in: ["dicom", "dicom_archive"] } },
          recordsOf(viewer),
        ],
      },
      orderBy: { id: "asc" },
      select: recordSelect,
    });
    const isPatient = viewer.role === "patient";
    const open = rows.filter(({ state }) => mayBeOpened(state, isPatient));
    return groupStudies((await asSeenBy(tx, viewer, caseId, open)).map(showRecord)).studies;
  });
}

/** Whether this reader gets the file's own bytes, or a copy of them. */
export function isGiven({ isNameless, withoutName }: RecordView): boolean {
  return !isNameless || withoutName === "copy";
}
