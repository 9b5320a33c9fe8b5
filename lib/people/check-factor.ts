import "server-only";
import { type Outcome, done, refused } from "@/lib/kernel/outcome";
import { writeAudit } from "@/lib/audit/write-audit";
import { keyedHash, openFor } from "@/lib/infra/auth-secret";
import { asPerson, type Tx } from "@/lib/infra/db";
import { blockedFor, forgive, spend } from "@/lib/infra/rate-limit";
import { systemActor } from "@/lib/infra/session";
import { stepOf } from "./one-time-code";
import { readCode, type TypedCode } from "./recovery-code";

/**
 * Uses up a code: of the app, good for one sign-in, or a recovery code, good for one ever. Each try counts before it is
 * compared, so that a hundred sent at once are ten; while they are counted nothing is let through.
 */
export async function checkFactor(
  personId: string,
  typed: string,
  now: Date,
): Promise<Outcome<TypedCode["kind"], "wrong_code" | "too_many">> {
  const retryAfter = (await blockedFor("factor_day", personId)) ?? (await spend("factor_try", personId));
  if (retryAfter) return refused("too_many", { retryAfter });
  const code = readCode(typed);
  const fits = code !== null && (await spendCode(personId, code, now));
  if (!fits) {
    await spend("factor_day", personId);
    return refused("wrong_code", { path: "code" });
  }
  await forgive("factor_try", personId);
  return done(code.kind);
}

async function spendCode(personId: string, { kind, code }: TypedCode, now: Date): Promise<boolean> {
  const system = systemActor("second-factor");
  return asPerson(system, async (tx) => {
    if (kind === "app") return spendStep(tx, personId, code, now);
    const { count } = await tx.recoveryCode.updateMany({
      where: { personId, codeHash: keyedHash(personId, code), usedAt: null },
      data: { usedAt: now },
    });
    if (count === 0) return false;
    await writeAudit(tx, system, "person.recovery_code_used", { objectType: "person", objectId: personId });
    return true;
  });
}

/** The database decides which of two uses of one code was first; nothing older works after it. */
async function spendStep(tx: Tx, personId: string, code: string, now: Date): Promise<boolean> {
  const app = await tx.authenticator.findUnique({ where: { personId } });
  if (!app?.confirmedAt) return false;
  const step = stepOf(openFor(personId, app.secretSealed), code, now);
  if (step === null) return false;
  const { count } = await tx.authenticator.updateMany({
    where: { personId, confirmedAt: { not: null }, lastStep: { lt: step } },
    data: { lastStep: step },
  });
  return count === 1;
}
