import "server-only";
import type { Coordinator } from "@/lib/kernel/actor";
import { type Outcome, done, refused } from "@/lib/kernel/outcome";
import { writeAudit } from "@/lib/audit/write-audit";
import { asPerson } from "@/lib/infra/db";

/** Forgets one of the coordinator's own views. */
export async function removeView(coordinator: Coordinator, id: string): Promise<Outcome<true, "not_found">> {
  return asPerson(coordinator, async (tx) => {
    const { count } = await tx.savedView.deleteMany({ where: { id, personId: coordinator.personId } });
    if (count === 0) return refused("not_found");
    await writeAudit(tx, coordinator, "view.removed", { objectType: "saved_view", objectId: id });
    return done(true);
  });
}
