import "server-only";
import type { ClinicManager } from "@/lib/kernel/actor";
import { newId } from "@/lib/kernel/ids";
import { type Outcome, done } from "@/lib/kernel/outcome";
import { writeAudit } from "@/lib/audit/write-audit";
import { asPerson } from "@/lib/infra/db";
import type { LineTemplateForm } from "./forms";
import { deviceRefusal } from "./line-device";
import { templateLines } from "./line-template";

/**
 * Saves the lines the centre's estimates of a treatment begin with from now on. Earlier ones stay and can be picked;
 * of two saved at once the later is the template and the other an earlier one.
 */
export async function saveLineTemplate(
  manager: ClinicManager,
  form: LineTemplateForm,
  now: Date,
): Promise<Outcome<{ id: string }, "invalid_device">> {
  const { clinicId, personId } = manager;
  return asPerson(manager, async (tx) => {
    const clinic = await tx.clinic.findUniqueOrThrow({ where: { id: clinicId }, select: { country: true } });
    const unfit = deviceRefusal(form.lines, clinic.country);
    if (unfit) return unfit;
    const id = newId(now.getTime());
    const { treatment, currency } = form;
    const lines = templateLines(form.lines);
    await tx.lineTemplate.createMany({
      data: [{ id, clinicId, treatment, currency, lines, savedById: personId, savedAt: now }],
    });
    await writeAudit(tx, manager, "line_template.saved", {
      objectType: "line_template",
      objectId: id,
      facts: { treatment, lines: lines.length },
    });
    return done({ id });
  });
}
