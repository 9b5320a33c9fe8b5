import "server-only";
import type { Coordinator } from "@/lib/kernel/actor";
import { type Outcome, done, refused } from "@/lib/kernel/outcome";
import { writeAudit } from "@/lib/audit/write-audit";
import { asPerson } from "@/lib/infra/db";
import type { EditAssignmentForm } from "./forms";
import type { AssignmentRow } from "./queries";

const OPEN = ["requested", "offered", "confirmed", "in_session"] as const;

/** Corrects place and mode of a talk, or writes down its minutes, until it is closed. */
export async function editAssignment(
  coordinator: Coordinator,
  id: string,
  form: EditAssignmentForm,
): Promise<Outcome<AssignmentRow, "not_found" | "illegal_transition">> {
  const data = Object.fromEntries(Object.entries(form).filter(([, value]) => value !== undefined));
  return asPerson(coordinator, async (tx) => {
    const { count } = await tx.interpreterAssignment.updateMany({
      where: { id, state: { in: [...OPEN] } },
      data,
    });
    const row = await tx.interpreterAssignment.findUnique({ where: { id } });
    if (!row) return refused("not_found");
    if (count === 0) return refused("illegal_transition", { from: row.state, event: "edit" });
    const about = { caseId: row.caseId, objectType: "interpreter_assignment", objectId: id };
    await writeAudit(tx, coordinator, "interpreter_assignment.edited", about);
    return done(row);
  });
}
