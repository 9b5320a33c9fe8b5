import "server-only";
import { done, type Outcome, refused } from "@/lib/kernel/outcome";
import { writeAudit } from "@/lib/audit/write-audit";
import { casesOf } from "@/lib/cases/scope";
import { asPerson } from "@/lib/infra/db";
import { notify } from "@/lib/infra/events";
import type { Prisma } from "@/lib/infra/generated/client";
import type { Author } from "./add-measurements";

/** Takes a number back that one's own side wrote down. The row stays with who took it back and when. */
export async function removeMeasurement(
  author: Author,
  id: string,
  now: Date,
): Promise<Outcome<{ caseId: string }, "not_found">> {
  const where = { AND: [{ id, removedAt: null, case: casesOf(author) }, writtenBy(author)] };
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

/** The desk answers for everything no centre wrote: also for what a patient typed or a file told wrongly. */
function writtenBy(author: Author): Prisma.MeasurementWhereInput {
  if (author.role === "coordinator") return { clinicId: null, case: { ownerId: author.personId } };
  return author.role === "patient"
    ? { source: "patient", enteredById: author.personId }
    : { clinicId: author.clinicId };
}
