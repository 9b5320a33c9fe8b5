import "server-only";
import type { ClinicReviewer, Coordinator } from "@/lib/kernel/actor";
import { done, type Outcome, refused } from "@/lib/kernel/outcome";
import { writeAudit } from "@/lib/audit/write-audit";
import { casesOf } from "@/lib/cases/scope";
import { asPerson } from "@/lib/infra/db";
import { notify } from "@/lib/infra/events";
import type { Prisma } from "@/lib/infra/generated/client";

/** Takes a number back that one's own side wrote down. The row stays with who took it back and when. */
export async function removeMeasurement(
  author: Coordinator | ClinicReviewer,
  id: string,
  now: Date,
): Promise<Outcome<{ caseId: string }, "not_found">> {
  const own: Prisma.MeasurementWhereInput =
    author.role === "coordinator"
      ? { clinicId: null, case: { ownerId: author.personId } }
      : { clinicId: author.clinicId };
  const where = { AND: [{ id, removedAt: null, case: casesOf(author) }, own] };
  return asPerson(author, async (tx) => {
    const found = await tx.measurement.findFirst({ where, select: { caseId: true, field: true } });
    if (!found) return refused("not_found");
    const { caseId, field } = found;
    const { count } = await tx.measurement.updateMany({
      where,
      data: { removedAt: now, removedById: author.personId },
    });
    if (count === 0) return refused("not_found");
    await writeAudit(tx, author, "measurement.removed", {
      caseId,
      objectType: "measurement",
      objectId: id,
      facts: { field },
    });
    await notify(tx, { kind: "case", caseId });
    return done({ caseId });
  });
}
