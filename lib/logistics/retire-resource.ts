import "server-only";
import type { Admin } from "@/lib/kernel/actor";
import { type Outcome, done, refused } from "@/lib/kernel/outcome";
import { writeAudit } from "@/lib/audit/write-audit";
import { asPerson } from "@/lib/infra/db";

/** From now on this driver or interpreter is offered to nobody; what they are booked for stays, and the answer says how much. */
export async function retireResource(
  admin: Admin,
  id: string,
  now: Date,
): Promise<Outcome<{ staying: number }, "not_found" | "already_retired">> {
  return asPerson(admin, async (tx) => {
    const { count } = await tx.resource.updateMany({
      where: { id, active: true },
      data: { active: false, changedAt: now },
    });
    if (count === 0)
      return refused((await tx.resource.count({ where: { id } })) ? "already_retired" : "not_found");
    const staying = await tx.claim.count({
      where: { resourceId: id, state: { in: ["held", "booked"] }, endsAt: { gt: now } },
    });
    const facts = { staying };
    await writeAudit(tx, admin, "resource.retired", { objectType: "resource", objectId: id, facts });
    return done({ staying });
  });
}
