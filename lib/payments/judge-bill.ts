import "server-only";
import type { Coordinator } from "@/lib/kernel/actor";
import { type Outcome, done, refused } from "@/lib/kernel/outcome";
import { writeAudit } from "@/lib/audit/write-audit";
import { claimTrip } from "@/lib/bookings/claim-trip";
import { asPerson } from "@/lib/infra/db";
import { enqueue } from "@/lib/infra/jobs";
import { mayReplace } from "./bill";
import type { JudgeBillForm } from "./bill-form";
import { type BillsRead, readBills } from "./read-bills";

type Refusal = "not_found" | "own_work" | "illegal_transition" | "invalid_corrects_centre";

/**
 * A second coordinator has compared what was entered with the invoice the centre sent on paper. With a yes it counts,
 * though never in the place of one the centre entered itself; with a no it counts for nothing, and stays readable at the desk.
 */
export async function judgeBill(
  coordinator: Coordinator,
  billId: string,
  form: JudgeBillForm,
  now: Date,
): Promise<Outcome<BillsRead, Refusal>> {
  return asPerson(coordinator, async (tx) => {
    const bill = await tx.bill.findFirst({
      where: { id: billId, source: "letter" },
      select: {
        ...{ bookingId: true, caseId: true, state: true, enteredById: true },
        corrects: { select: { source: true } },
      },
    });
    if (!bill || !(await claimTrip(tx, bill.bookingId))) return refused("not_found");
    if (bill.enteredById === coordinator.personId) return refused("own_work");
    const { state, reason = null } = form;
    if (state === "confirmed" && bill.corrects && !mayReplace("letter", bill.corrects))
      return refused("invalid_corrects_centre");
    const { count } = await tx.bill.updateMany({
      where: { id: billId, state: "entered" },
      data: { state, reason, checkedById: coordinator.personId, checkedAt: now },
    });
    if (count === 0) return refused("illegal_transition", { from: bill.state, to: state });
    const about = { caseId: bill.caseId, objectType: "bill", objectId: billId };
    await writeAudit(tx, coordinator, `bill.${state}`, about);
    await enqueue(tx, "bill.follow", { billId });
    const read = await readBills(tx, coordinator, bill.bookingId);
    return read ? done(read) : refused("not_found");
  });
}
