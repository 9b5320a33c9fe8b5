import "server-only";
import type { Coordinator } from "@/lib/kernel/actor";
import { newId } from "@/lib/kernel/ids";
import { done, type Outcome, refused } from "@/lib/kernel/outcome";
import { writeAudit } from "@/lib/audit/write-audit";
import { casesOf } from "@/lib/cases/scope";
import { asPerson, type Tx } from "@/lib/infra/db";
import { notify } from "@/lib/infra/events";
import type { RecordCallForm } from "./forms";
import { noteFirstAnswer } from "./note-first-answer";

interface Made {
  state: RecordCallForm["state"];
  note: string | null;
  madeById: string;
  madeByName: string;
  madeAt: Date;
}

/**
 * Writes down a call that was made. Who was reached has been answered and is no longer waited for: the request and its
 * task are settled. A call nobody asked for, or that reached nobody, is a line of its own, and what waits goes on waiting.
 */
export async function recordCall(
  coordinator: Coordinator,
  caseId: string,
  form: RecordCallForm,
  now: Date,
): Promise<Outcome<{ id: string }, "not_found">> {
  return asPerson(coordinator, async (tx) => {
    const found = await tx.case.findFirst({
      where: { AND: [{ id: caseId }, casesOf(coordinator)] },
      select: { contactPhone: true },
    });
    if (!found) return refused("not_found");
    const { personId: madeById, name: madeByName } = coordinator;
    const made = { state: form.state, note: form.note ?? null, madeById, madeByName, madeAt: now };
    const settled = form.state === "reached" ? await settleRequest(tx, caseId, made) : null;
    const id = settled ?? newId(now.getTime());
    if (settled === null)
      await tx.call.createMany({
        data: [{ id, caseId, phone: found.contactPhone ?? "", at: now, ...made }],
      });
    if (form.state === "reached") await noteFirstAnswer(tx, coordinator, caseId, now);
    await writeAudit(tx, coordinator, "call.made", {
      caseId,
      objectType: "call",
      objectId: id,
      facts: { state: form.state },
    });
    await notify(tx, { kind: "case", caseId });
    return done({ id });
  });
}

/** Ends the request that waits and its task; null when none waits, or a colleague was quicker. */
async function settleRequest(tx: Tx, caseId: string, made: Made): Promise<string | null> {
  const waiting = await tx.call.findFirst({ where: { caseId, state: "asked" }, select: { id: true } });
  if (!waiting) return null;
  const { count } = await tx.call.updateMany({ where: { id: waiting.id, state: "asked" }, data: made });
  if (count === 0) return null;
  await tx.task.updateMany({
    where: { caseId, kind: "call_back", state: "open" },
    data: { state: "done", doneAt: made.madeAt, doneById: made.madeById },
  });
  return waiting.id;
}
