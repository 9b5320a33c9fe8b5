import "server-only";
import type { Coordinator } from "@/lib/kernel/actor";
import { newId } from "@/lib/kernel/ids";
import { type Outcome, done, refused } from "@/lib/kernel/outcome";
import { writeAudit } from "@/lib/audit/write-audit";
import { asPerson } from "@/lib/infra/db";
import type { CreateVisaForm } from "./forms";
import type { VisaRow } from "./queries";

/** Begins the papers for entry into one country. */
export async function createVisa(
  coordinator: Coordinator,
  form: CreateVisaForm,
): Promise<Outcome<VisaRow, "not_found">> {
  return asPerson(coordinator, async (tx) => {
    const { caseId, bookingId, country, note } = form;
    const owner = await tx.case.findUnique({ where: { id: caseId }, select: { id: true } });
    const booking = bookingId
      ? await tx.booking.findFirst({ where: { id: bookingId, caseId }, select: { id: true } })
      : null;
    if (!owner || (bookingId && !booking)) return refused("not_found");
    const created = await tx.visa.create({
      data: { id: newId(), caseId, country, bookingId: bookingId ?? null, note: note ?? null },
    });
    await writeAudit(tx, coordinator, "visa.preparing", { caseId, objectType: "visa", objectId: created.id });
    return done(created);
  });
}
