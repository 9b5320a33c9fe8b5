import "server-only";
import type { Patient } from "@/lib/kernel/actor";
import { type Outcome, done, refused } from "@/lib/kernel/outcome";
import { writeAudit } from "@/lib/audit/write-audit";
import { noteCaseEvent } from "@/lib/cases/move-case";
import { asPerson } from "@/lib/infra/db";
import { claimCase, decidesFor } from "./claim-case";
import type { RejectEstimateForm } from "./forms";
import { type EstimateFacts, readEstimate } from "./queries";

/** The patient says no to one estimate. Other estimates and the case itself are not touched. */
export async function rejectEstimate(
  patient: Patient,
  id: string,
  form: RejectEstimateForm,
  now: Date,
): Promise<Outcome<EstimateFacts, "not_found" | "forbidden" | "not_sent">> {
  return asPerson(patient, async (tx) => {
    const found = await readEstimate(tx, patient, id);
    const taken = found && (await claimCase(tx, found.caseId));
    if (!found || !taken) return refused("not_found");
    if (!(await decidesFor(tx, patient.personId, taken))) return refused("forbidden");
    const { count } = await tx.estimate.updateMany({
      where: { id, state: "sent" },
      data: {
        state: "rejected",
        rejectReason: form.reason ?? null,
        answeredAt: now,
        answeredById: patient.personId,
      },
    });
    if (count === 0) return refused("not_sent", { state: found.state });
    const { caseId } = found;
    await noteCaseEvent(tx, patient, { caseId, kind: "estimate_rejected" });
    await writeAudit(tx, patient, "estimate.rejected", { caseId, objectType: "estimate", objectId: id });
    const rejected = await readEstimate(tx, patient, id);
    return rejected ? done(rejected) : refused("not_found");
  });
}
