import "server-only";
import { writeAudit } from "@/lib/audit/write-audit";
import { asPerson } from "@/lib/infra/db";
import { systemActor } from "@/lib/infra/session";

/** Leaves the trace of a sign-in by a link from a mail, whose session next-auth opened. */
export async function noteLinkSignIn(personId: string): Promise<void> {
  const system = systemActor("sign-in-link");
  await asPerson(system, (tx) =>
    writeAudit(tx, system, "session.opened", { objectType: "person", objectId: personId }),
  );
}
