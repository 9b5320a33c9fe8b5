import "server-only";
import { writeAudit } from "@/lib/audit/write-audit";
import { isDemo } from "@/lib/infra/env";
import { asPerson } from "@/lib/infra/db";
import { systemActor } from "@/lib/infra/session";
import { endOtherDoors } from "./end-session";

/**
 * A link from a mail proves that an address is somebody's own. Whatever was set on the account before, by whoever typed
 * the address, is theirs no more: the password goes, and with it every session and token.
 */
export async function verifyAddress(personId: string, now: Date): Promise<void> {
  const system = systemActor("verify-address");
  await asPerson(system, async (tx) => {
    const { count } = await tx.person.updateMany({
      where: { id: personId, emailVerifiedAt: null },
      // The demo sends no mails out: there every address counts as its owner's from the beginning.
      data: { emailVerifiedAt: now, ...(isDemo() ? {} : { passwordHash: null }) },
    });
    if (count === 0) return;
    if (!isDemo()) await endOtherDoors(tx, personId, null, now);
    await writeAudit(tx, system, "person.address_verified", { objectType: "person", objectId: personId });
  });
}
