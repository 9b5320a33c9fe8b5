import "server-only";
import type { Coordinator } from "@/lib/kernel/actor";
import { type Outcome, done, refused } from "@/lib/kernel/outcome";
import { writeAudit } from "@/lib/audit/write-audit";
import { asPerson } from "@/lib/infra/db";
import type { EditTransferForm } from "./forms";
import type { TransferRow } from "./queries";

const BEFORE_PICK_UP = ["requested", "assigned", "driver_waiting"] as const;

/** Corrects places, flight and wishes of a ride until the patient sits in the car. */
export async function editTransfer(
  coordinator: Coordinator,
  id: string,
  form: EditTransferForm,
): Promise<Outcome<TransferRow, "not_found" | "illegal_transition">> {
  const data = Object.fromEntries(Object.entries(form).filter(([, value]) => value !== undefined));
  return asPerson(coordinator, async (tx) => {
    const { count } = await tx.transfer.updateMany({
      where: { id, state: { in: [...BEFORE_PICK_UP] } },
      data,
    });
    const row = await tx.transfer.findUnique({ where: { id } });
    if (!row) return refused("not_found");
    if (count === 0) return refused("illegal_transition", { from: row.state, event: "edit" });
    await writeAudit(tx, coordinator, "transfer.edited", {
      caseId: row.caseId,
      objectType: "transfer",
      objectId: id,
    });
    return done(row);
  });
}
