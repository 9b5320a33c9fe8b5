import "server-only";
import type { SignedIn } from "@/lib/kernel/actor";
import { writeAudit } from "@/lib/audit/write-audit";
import { asPerson } from "@/lib/infra/db";
import { caseInside } from "./queries";
import type { CaseFacts } from "./case-facts";

/** Shows a case to somebody who may see it, and writes down that they looked; null for a stranger. */
export function openCase(actor: SignedIn, caseId: string): Promise<CaseFacts | null> {
  return asPerson(actor, async (tx) => {
    const found = await caseInside(tx, actor, caseId);
    if (found) await writeAudit(tx, actor, "case.viewed", { caseId, objectType: "case", objectId: caseId });
    return found;
  });
}
