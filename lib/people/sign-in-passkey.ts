import "server-only";
import { type Outcome, done, refused } from "@/lib/kernel/outcome";
import { writeAudit } from "@/lib/audit/write-audit";
import { asPerson } from "@/lib/infra/db";
import { openSession } from "@/lib/infra/auth-session";
import { systemActor } from "@/lib/infra/session";
import { checkPasskey } from "./check-passkey";
import { type FinishedSignIn, openPending, readPendingSignIn } from "./finish-sign-in";
import type { PasskeyProof } from "./forms";
import { holdPerson } from "./hold-person";

type Entered = Outcome<FinishedSignIn, "passkey_refused" | "sign_in_over">;

/** A passkey alone opens a session: the device is one step, the finger or the PIN that opened it the other. */
export async function signInByPasskey(
  proof: PasskeyProof,
  entry: { userAgent: string | null; next: string | null },
  now: Date,
): Promise<Entered> {
  const checked = await checkPasskey(proof, null, now);
  if (!checked.ok) return checked;
  const { personId } = checked.value;
  const system = systemActor("sign-in");
  return asPerson(system, async (tx) => {
    const person = await holdPerson(tx, personId);
    // Removed at this very moment, the key opens nothing any more.
    const isKept = (await tx.passkey.count({ where: { personId, credentialId: proof.id } })) === 1;
    if (!person || !isKept) return refused("passkey_refused");
    const { roles, locale } = person;
    await writeAudit(tx, system, "session.opened", {
      objectType: "person",
      objectId: personId,
      facts: { steps: 2, passkey: true },
    });
    const opened = await openSession(tx, person, entry.userAgent, { mfaAt: now });
    return done({ personId, roles, locale, next: entry.next, ...opened });
  });
}

/** A passkey as the second step after a password or a link. */
export async function finishByPasskey(
  token: string,
  proof: PasskeyProof,
  userAgent: string | null,
  now: Date,
): Promise<Entered> {
  const pending = await readPendingSignIn(token, now);
  if (!pending) return refused("sign_in_over");
  const checked = await checkPasskey(proof, pending.personId, now);
  return checked.ok ? openPending(token, pending, userAgent, now) : checked;
}
