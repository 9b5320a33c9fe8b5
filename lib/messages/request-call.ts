import "server-only";
import type { Patient } from "@/lib/kernel/actor";
import { newId } from "@/lib/kernel/ids";
import { done, type Outcome, refused } from "@/lib/kernel/outcome";
import { writeAudit } from "@/lib/audit/write-audit";
import { addTask } from "@/lib/cases/add-task";
import { isEnded } from "@/lib/cases/case";
import { casesOf } from "@/lib/cases/scope";
import { asPerson } from "@/lib/infra/db";
import { callDueAt } from "./call";
import type { RequestCallForm } from "./forms";

type Refusal = "not_found" | "forbidden" | "call_waiting" | "illegal_transition";

/** Asks the desk to ring up. One request of a case waits at a time; the coordinator of the case gets a task for it. */
export async function requestCall(
  patient: Patient,
  caseId: string,
  form: RequestCallForm,
  now: Date,
): Promise<Outcome<{ id: string; dueAt: Date }, Refusal>> {
  return asPerson(patient, async (tx) => {
    const found = await tx.case.findFirst({
      where: { AND: [{ id: caseId }, casesOf(patient)] },
      select: { stage: true, urgent: true, ownerId: true, submittedAt: true },
    });
    if (!found) return refused("not_found");
    if (found.submittedAt === null || isEnded(found.stage)) return refused("illegal_transition");
    const id = newId(now.getTime());
    // The database lets one request wait; the second of two at once is told so.
    const { count } = await tx.call.createMany({
      data: [
        {
          id,
          caseId,
          state: "asked",
          phone: form.phone,
          wish: form.wish ?? null,
          askedById: patient.personId,
          askedByName: patient.name,
          at: now,
        },
      ],
      skipDuplicates: true,
    });
    if (count === 0) return refused("call_waiting");
    const dueAt = callDueAt(found.urgent, now);
    await addTask(tx, { caseId, kind: "call_back", ownerId: found.ownerId, dueAt });
    await writeAudit(tx, patient, "call.asked", { caseId, objectType: "call", objectId: id });
    return done({ id, dueAt });
  });
}
