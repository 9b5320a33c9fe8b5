import "server-only";
import type { ClinicManager } from "@/lib/kernel/actor";
import { type Outcome, done, refused } from "@/lib/kernel/outcome";
import { within } from "@/lib/audit/change-setting";
import { writeAudit } from "@/lib/audit/write-audit";
import { asPerson } from "@/lib/infra/db";
import type { AgeLimitsForm } from "./forms";

/** Says how old each kind of record may be at the manager's own centre; what is left out is as the operator says. */
export async function saveCentreAges(
  manager: ClinicManager,
  { ages, seenAt }: AgeLimitsForm,
  now: Date,
): Promise<Outcome<null, "stale_settings">> {
  const { clinicId, personId: changedById } = manager;
  const said = { ages, changedById, changedAt: now };
  return asPerson(manager, async (tx) => {
    const { count } =
      seenAt === null
        ? await tx.clinicRecordAges.createMany({ data: [{ clinicId, ...said }], skipDuplicates: true })
        : await tx.clinicRecordAges.updateMany({
            where: { clinicId, changedAt: within(seenAt) },
            data: said,
          });
    if (count === 0) return refused("stale_settings");
    const facts = { differing: Object.keys(ages).length };
    await writeAudit(tx, manager, "centre.ages_changed", { objectType: "clinic", objectId: clinicId, facts });
    return done(null);
  });
}
