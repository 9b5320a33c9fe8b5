import "server-only";
import type { Coordinator } from "@/lib/kernel/actor";
import { type Outcome, done, refused } from "@/lib/kernel/outcome";
import { writeAudit } from "@/lib/audit/write-audit";
import { asPerson } from "@/lib/infra/db";
import type { EditVisaForm } from "./forms";
import type { VisaRow } from "./queries";

export async function editVisa(
  coordinator: Coordinator,
  id: string,
  form: EditVisaForm,
): Promise<Outcome<VisaRow, "not_found">> {
  return asPerson(coordinator, async (tx) => {
    const { count } = await tx.visa.updateMany({ where: { id }, data: { note: form.note } });
    const row = await tx.visa.findUnique({ where: { id } });
    if (count === 0 || !row) return refused("not_found");
    await writeAudit(tx, coordinator, "visa.edited", {
      caseId: row.caseId,
      objectType: "visa",
      objectId: id,
    });
    return done(row);
  });
}
