import "server-only";
import type { Admin } from "@/lib/kernel/actor";
import { type Outcome, done, refused } from "@/lib/kernel/outcome";
import { within } from "@/lib/audit/change-setting";
import { writeAudit } from "@/lib/audit/write-audit";
import { asPerson } from "@/lib/infra/db";
import { resourceFacts } from "./add-resource";
import { peopleOf } from "./supplier";
import type { EditResourceForm } from "./supplier-form";

type Refusal = "not_found" | "stale_settings" | "unknown_place" | "languages_missing";

/** Changes what is known of a driver or an interpreter. What they are booked for stays theirs. */
export async function editResource(
  admin: Admin,
  id: string,
  { seenAt, ...form }: EditResourceForm,
  now: Date,
): Promise<Outcome<null, Refusal>> {
  return asPerson(admin, async (tx) => {
    const found = await tx.resource.findUnique({
      where: { id },
      select: { kind: true, country: true, city: true, timeZone: true },
    });
    const kind = found && peopleOf(found.kind);
    if (!found || !kind) return refused("not_found");
    const facts = await resourceFacts(tx, kind, form, found);
    if (!facts.ok)
      return facts.reason === "languages_missing" || facts.reason === "unknown_place"
        ? refused(facts.reason, facts.detail)
        : refused("not_found");
    if (seenAt === null) return refused("stale_settings");
    const { count } = await tx.resource.updateMany({
      where: { id, changedAt: within(seenAt) },
      data: { ...facts.value, changedAt: now },
    });
    if (count === 0) return refused("stale_settings");
    await writeAudit(tx, admin, "resource.edited", { objectType: "resource", objectId: id, facts: { kind } });
    return done(null);
  });
}
