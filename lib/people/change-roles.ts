import "server-only";
import type { Admin, Role } from "@/lib/kernel/actor";
import { type Outcome, done, refused } from "@/lib/kernel/outcome";
import { writeAudit } from "@/lib/audit/write-audit";
import { asPerson } from "@/lib/infra/db";
import { systemActor } from "@/lib/infra/session";
import { claimColleague } from "./claim-colleague";
import { endOtherDoors } from "./end-session";
import type { ChangeRolesForm } from "./forms";
import { rolesOf } from "./person";

type Refusal = "not_found" | "own_roles" | "invalid_roles" | "stale_roles";

/**
 * Gives a member of staff another set of roles of the same kind. Their sessions and tokens end in the same
 * transaction, so the old rights are gone with the next request. Nobody changes their own, and nobody gives back
 * without knowing what somebody else has just taken away.
 */
export async function changeRoles(
  admin: Admin,
  personId: string,
  { roles, seen }: ChangeRolesForm,
  now: Date,
): Promise<Outcome<null, Refusal>> {
  if (personId === admin.personId) return refused("own_roles");
  // An administrator reaches nobody else's half sign-ins: the system ends them, and the trace names who asked.
  return asPerson(systemActor("change-roles"), async (tx) => {
    const person = await claimColleague(tx, admin, personId);
    if (!person) return refused("not_found");
    const { kind, roles: before } = person;
    if (seen && !isSame(seen, before)) return refused("stale_roles");
    const allowed: readonly Role[] = rolesOf(kind);
    if (roles.length === 0 || roles.some((role) => !allowed.includes(role)))
      return refused("invalid_roles", { path: "roles" });
    const { count } = await tx.person.updateMany({
      where: { id: personId, roles: { equals: before } },
      data: { roles: [...new Set(roles)] },
    });
    if (count === 0) return refused("stale_roles");
    await endOtherDoors(tx, personId, null, now);
    await writeAudit(tx, admin, "person.roles_changed", {
      objectType: "person",
      objectId: personId,
      facts: { before: before.join(" "), roles: roles.join(" ") },
    });
    return done(null);
  });
}

/** The order roles were given in means nothing. */
function isSame(seen: readonly Role[], before: readonly Role[]): boolean {
  return new Set(seen).symmetricDifference(new Set(before)).size === 0;
}
