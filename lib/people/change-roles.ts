import "server-only";
import type { Admin, Role } from "@/lib/kernel/actor";
import { type Outcome, done, refused } from "@/lib/kernel/outcome";
import { writeAudit } from "@/lib/audit/write-audit";
import { asPerson } from "@/lib/infra/db";
import { systemActor } from "@/lib/infra/session";
import { claimColleague } from "./claim-colleague";
import { endOtherDoors } from "./end-session";
import { rolesOf } from "./person";

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
  // An administrator reaches nobody else's half sign-ins: the system ends them, and the trace names who asked.
  return asPerson(systemActor("change-roles"), async (tx) => {
    const person = await claimColleague(tx, admin, personId);
    if (!person) return refused("not_found");
    const allowed: readonly Role[] = rolesOf(person.kind);
    if (roles.length === 0 || roles.some((role) => !allowed.includes(role)))
      return refused("invalid_roles", { path: "roles" });
    await tx.person.updateMany({ where: { id: personId }, data: { roles: [...new Set(roles)] } });
    await endOtherDoors(tx, personId, null, now);
    await writeAudit(tx, admin, "person.roles_changed", {
      objectType: "person",
      objectId: personId,
      facts: { roles: roles.join(" ") },
    });
    return done(null);
  });
}
