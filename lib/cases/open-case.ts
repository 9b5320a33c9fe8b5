import "server-only";
import type { SignedIn } from "@/lib/kernel/actor";
import { noteLook } from "@/lib/audit/note-look";
import { writeAudit } from "@/lib/audit/write-audit";
import { asPerson } from "@/lib/infra/db";
import { caseInside } from "./queries";
import type { CaseFacts } from "./case-facts";
import { casesOf } from "./scope";

/** Shows a case to somebody who may see it, and writes down that they looked; null for a stranger. */
export function openCase(actor: SignedIn, caseId: string): Promise<CaseFacts | null> {
  return asPerson(actor, async (tx) => {
    const found = await caseInside(tx, actor, caseId);
    if (found) await writeAudit(tx, actor, "case.viewed", { caseId, objectType: "case", objectId: caseId });
    return found;
  });
}

/** The same for pages: going from one to the next is one look. */
export function visitCase(actor: SignedIn, caseId: string, now: Date): Promise<CaseFacts | null> {
  return asPerson(actor, async (tx) => {
    const found = await caseInside(tx, actor, caseId);
    if (found) await noteLook(tx, actor, "case.viewed", lookAt(caseId), now);
    return found;
  });
}

/** Whether somebody may see a case of which a part is shown to them: its files, its answers, its money. One look too. */
export function mayVisitCase(actor: SignedIn, caseId: string, now: Date): Promise<boolean> {
  return asPerson(actor, async (tx) => {
    const found = await tx.case.count({ where: { AND: [{ id: caseId }, casesOf(actor)] } });
    if (found === 1) await noteLook(tx, actor, "case.viewed", lookAt(caseId), now);
    return found === 1;
  });
}

function lookAt(caseId: string) {
  return { caseId, objectType: "case", objectId: caseId } as const;
}
