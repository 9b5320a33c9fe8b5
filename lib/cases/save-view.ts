import "server-only";
import type { Coordinator } from "@/lib/kernel/actor";
import { newId } from "@/lib/kernel/ids";
import { type Outcome, done, refused } from "@/lib/kernel/outcome";
import { writeAudit } from "@/lib/audit/write-audit";
import { asPerson } from "@/lib/infra/db";
import type { SaveViewForm } from "./forms";

/** More would not be found again above the table. */
export const VIEWS_MAX = 20;

/** Keeps filters of the table of cases under a name; the same name again takes the new filters. */
export async function saveView(
  coordinator: Coordinator,
  form: SaveViewForm,
  now: Date,
): Promise<Outcome<{ id: string }, "too_many_views">> {
  const { personId } = coordinator;
  const { name, filters } = form;
  return asPerson(coordinator, async (tx) => {
    // Two saves of one person at once wait for each other, so that neither passes the limit unseen.
    await tx.$queryRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`views ${personId}`}, 0))::text`;
    const kept = await tx.savedView.findMany({ where: { personId }, select: { name: true } });
    const isNew = kept.every((view) => view.name !== name);
    if (isNew && kept.length >= VIEWS_MAX) return refused("too_many_views");
    const { id } = await tx.savedView.upsert({
      where: { personId_name: { personId, name } },
      create: { id: newId(), personId, name, filters },
      update: { filters, savedAt: now },
      select: { id: true },
    });
    await writeAudit(tx, coordinator, "view.saved", { objectType: "saved_view", objectId: id });
    return done({ id });
  });
}
