import "server-only";
import type { SignedIn } from "@/lib/kernel/actor";
import { type Outcome, done, refused } from "@/lib/kernel/outcome";
import { writeAudit } from "@/lib/audit/write-audit";
import { asPerson } from "@/lib/infra/db";
import { announceChange } from "./announce-change";
import { isFresh } from "./check-owner";
import { lockFactors, makeCodes } from "./settle-factor";

/** Ten new recovery codes; the old ones open nothing from here on. */
export async function changeRecoveryCodes(
  person: SignedIn,
  sessionId: string,
  now: Date,
): Promise<Outcome<{ codes: string[] }, "not_found" | "step_up_required">> {
  const { personId } = person;
  return asPerson(person, async (tx) => {
    await lockFactors(tx, personId, sessionId);
    const has = await tx.person.count({ where: { id: personId, secondFactorAt: { not: null } } });
    if (has === 0) return refused("not_found");
    if (!(await isFresh(tx, person, sessionId, now))) return refused("step_up_required");
    const codes = await makeCodes(tx, personId);
    await announceChange(tx, person, "recovery_codes_changed");
    await writeAudit(tx, person, "person.recovery_codes_changed", {
      objectType: "person",
      objectId: personId,
    });
    return done({ codes });
  });
}
