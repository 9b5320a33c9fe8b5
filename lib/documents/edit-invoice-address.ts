import "server-only";
import type { Coordinator, Patient } from "@/lib/kernel/actor";
import { done, type Outcome, refused } from "@/lib/kernel/outcome";
import { writeAudit } from "@/lib/audit/write-audit";
import { isOwnCase, lockedCase } from "@/lib/cases/queries";
import { asPerson, type Tx } from "@/lib/infra/db";
import type { InvoiceAddressForm } from "./forms";

type Refusal = "not_found" | "forbidden" | "illegal_transition";

/**
 * Where invoices and credit notes of a case are addressed to, from the next one on; nothing takes the address off. The
 * patient's to say, and their coordinator's; what was issued before is never changed.
 */
export async function editInvoiceAddress(
  actor: Patient | Coordinator,
  caseId: string,
  { lines }: InvoiceAddressForm,
  now: Date,
): Promise<Outcome<{ lines: string | null }, Refusal>> {
  return asPerson(actor, async (tx) => {
    const found = await lockedCase(tx, actor, caseId);
    if (!found) return refused("not_found");
    const { ownerId, submittedAt } = found;
    if (!(await mayWrite(tx, actor, { caseId, ownerId }))) return refused("forbidden");
    // Who has sent nothing yet has nothing to be invoiced, and a draft is forgotten whole.
    if (submittedAt === null) return refused("illegal_transition");
    if (lines === "") await tx.invoiceAddress.deleteMany({ where: { caseId } });
    else {
      const written = { lines, writtenById: actor.personId, writtenAt: now };
      await tx.invoiceAddress.upsert({ where: { caseId }, create: { caseId, ...written }, update: written });
    }
    await writeAudit(tx, actor, "invoice_address.edited", {
      ...{ caseId, objectType: "case", objectId: caseId },
      facts: { empty: lines === "" },
    });
    return done({ lines: lines === "" ? null : lines });
  });
}

async function mayWrite(
  tx: Tx,
  actor: Patient | Coordinator,
  { caseId, ownerId }: { caseId: string; ownerId: string | null },
): Promise<boolean> {
  return actor.role === "coordinator" ? ownerId === actor.personId : isOwnCase(tx, actor, caseId);
}
