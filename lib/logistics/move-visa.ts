import "server-only";
import type { Coordinator } from "@/lib/kernel/actor";
import { dateOf, dayOf } from "@/lib/kernel/day";
import { type Outcome, done, refused } from "@/lib/kernel/outcome";
import { writeAudit } from "@/lib/audit/write-audit";
import { noteCaseEvent } from "@/lib/cases/move-case";
import { asPerson } from "@/lib/infra/db";
import type { LogisticsEventForm } from "./forms";
import { edgeFor } from "./machine";
import type { VisaRow } from "./queries";
import { VISA_EDGES } from "./visa";

/** Something happened to the papers for entry: letter issued, applied for, granted, refused. */
export async function moveVisa(
  coordinator: Coordinator,
  id: string,
  word: string,
  form: LogisticsEventForm,
  now: Date,
): Promise<Outcome<VisaRow, "not_found" | "forbidden" | "illegal_transition">> {
  return asPerson(coordinator, async (tx) => {
    const row = await tx.visa.findUnique({ where: { id } });
    if (!row) return refused("not_found");
    const edge = edgeFor(VISA_EDGES, row.state, word, "coordinator");
    if (!edge.ok) return edge;
    const { to } = edge.value;
    const isDecided = to === "granted" || to === "refused";
    const { count } = await tx.visa.updateMany({
      where: { id, state: row.state },
      data: {
        state: to,
        ...(isDecided ? { decidedOn: dateOf(dayOf(now)) } : {}),
        ...(form.note ? { note: form.note } : {}),
      },
    });
    if (count === 0) return refused("illegal_transition", { from: row.state, event: word });
    const { caseId } = row;
    await writeAudit(tx, coordinator, `visa.${to}`, { caseId, objectType: "visa", objectId: id });
    await noteCaseEvent(tx, coordinator, { caseId, kind: `visa_${to}` });
    const moved = await tx.visa.findUnique({ where: { id } });
    return moved ? done(moved) : refused("not_found");
  });
}
