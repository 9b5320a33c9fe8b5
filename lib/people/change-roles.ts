import "server-only";
import type { Admin, Role } from "@/lib/kernel/actor";
import { type Outcome, done, refused } from "@/lib/kernel/outcome";
import { writeAudit } from "@/lib/audit/write-audit";
import { asPerson } from "@/lib/infra/db";
import { endOtherDoors } from "./end-session";

const OPERATOR: readonly Role[] = ["coordinator", "finance", "admin"];
const CLINIC: readonly Role[] = ["clinic_reviewer", "clinic_manager"];

/**
 * Gives a member of staff another set of roles of the same kind. Their sessions and tokens end in the same
 * transaction, so the old rights are gone with the next request. Nobody changes their own.
 */
export async function changeRoles(
  admin: Admin,
  personId: string,
  roles: Role[],
  now: Date,
): Promise<Outcome<null, "not_found" | "own_roles" | "invalid_roles">> {
  if (personId === admin.personId) return refused("own_roles");
  return asPerson(admin, async (tx) => {
    const person = await tx.person.findUnique({ where: { id: personId }, select: { kind: true } });
    if (!person || person.kind === "private") return refused("not_found");
    const allowed = person.kind === "operator" ? OPERATOR : CLINIC;
    if (roles.some((role) => !allowed.includes(role))) return refused("invalid_roles", { path: "roles" });
    await tx.person.updateMany({ where: { id: personId }, data: { roles } });
    await endOtherDoors(tx, personId, null, now);
    await writeAudit(tx, admin, "person.roles_changed", {
      objectType: "person",
      objectId: personId,
      facts: { roles: roles.join(" ") },
    });
    return done(null);
  });
}
