import "server-only";
import type { Admin } from "@/lib/kernel/actor";
import { type Outcome, done, refused } from "@/lib/kernel/outcome";
import { writeAudit } from "@/lib/audit/write-audit";
import { asPerson } from "@/lib/infra/db";
import { systemActor } from "@/lib/infra/session";
import { claimColleague } from "./claim-colleague";
import { endOtherDoors } from "./end-session";

export interface ClosedDoors {
  sessions: number;
  tokens: number;
}

/** Signs a colleague out of every browser and ends every token of theirs: a lost laptop, a last working day. */
export async function closeDoors(
  admin: Admin,
  personId: string,
  now: Date,
): Promise<Outcome<ClosedDoors, "not_found" | "own_account">> {
  if (personId === admin.personId) return refused("own_account");
  return asPerson(systemActor("close-doors"), async (tx) => {
    if (!(await claimColleague(tx, admin, personId))) return refused("not_found");
    const ended = await endOtherDoors(tx, personId, null, now);
    await writeAudit(tx, admin, "person.signed_out", {
      objectType: "person",
      objectId: personId,
      facts: { ...ended },
    });
    return done(ended);
  });
}
