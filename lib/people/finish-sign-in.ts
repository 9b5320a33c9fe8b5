import "server-only";
import type { Role } from "@/lib/kernel/actor";
import { type Outcome, done, refused } from "@/lib/kernel/outcome";
import { writeAudit } from "@/lib/audit/write-audit";
import { asPerson } from "@/lib/infra/db";
import { sha256 } from "@/lib/infra/hash";
import { openSession } from "@/lib/infra/auth-session";
import { systemActor } from "@/lib/infra/session";
import { checkFactor } from "./check-factor";

const FAILURES_MAX = 5;

export interface PendingEntry {
  personId: string;
  roles: Role[];
  locale: string;
  next: string | null;
}

export interface FinishedSignIn extends PendingEntry {
  token: string;
  endsLatestAt: Date;
}

/** Who waits for their second step behind this token; null when the five minutes or the five tries are over. */
export async function readPendingSignIn(token: string, now: Date): Promise<PendingEntry | null> {
  const found = await asPerson(systemActor("sign-in"), (tx) =>
    tx.pendingSignIn.findFirst({
      where: { tokenHash: sha256(token), expiresAt: { gt: now }, failures: { lt: FAILURES_MAX } },
      select: {
        personId: true,
        next: true,
        person: { select: { roles: true, locale: true, erasedAt: true } },
      },
    }),
  );
  if (!found || found.person.erasedAt) return null;
  const { personId, next, person } = found;
  return { personId, next, roles: person.roles, locale: person.locale };
}

/** The second step by a code: the session opens, and what waited for it is gone. */
export async function finishSignIn(
  token: string,
  typed: string,
  userAgent: string | null,
  now: Date,
): Promise<Outcome<FinishedSignIn, "sign_in_over" | "wrong_code" | "too_many">> {
  const pending = await readPendingSignIn(token, now);
  if (!pending) return refused("sign_in_over");
  const checked = await checkFactor(pending.personId, typed, now);
  if (checked.ok) return openPending(token, pending, userAgent, now);
  if (checked.reason === "wrong_code") await noteFailure(token);
  return checked;
}

/** Opens what waits behind the token for somebody who has just taken their second step. Of two at once one is in. */
export async function openPending(
  token: string,
  pending: PendingEntry,
  userAgent: string | null,
  now: Date,
): Promise<Outcome<FinishedSignIn, "sign_in_over">> {
  const system = systemActor("sign-in");
  const { personId: id, roles } = pending;
  return asPerson(system, async (tx) => {
    const { count } = await tx.pendingSignIn.deleteMany({
      where: { tokenHash: sha256(token), expiresAt: { gt: now } },
    });
    if (count === 0) return refused("sign_in_over");
    await writeAudit(tx, system, "session.opened", {
      objectType: "person",
      objectId: id,
      facts: { steps: 2 },
    });
    return done({ ...pending, ...(await openSession(tx, { id, roles }, userAgent, { mfaAt: now })) });
  });
}

async function noteFailure(token: string): Promise<void> {
  await asPerson(systemActor("sign-in"), (tx) =>
    tx.pendingSignIn.updateMany({
      where: { tokenHash: sha256(token) },
      data: { failures: { increment: 1 } },
    }),
  );
}
