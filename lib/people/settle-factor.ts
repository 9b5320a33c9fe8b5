import "server-only";
import type { SignedIn } from "@/lib/kernel/actor";
import { keyedHash } from "@/lib/infra/auth-secret";
import type { Tx } from "@/lib/infra/db";
import { endOtherDoors } from "./end-session";
import { newRecoveryCode, readCode, RECOVERY_CODES } from "./recovery-code";

/** The browser a factor is changed from: it stays open, every other one is closed. */
export interface FromBrowser {
  sessionId: string;
  address: string;
}

/**
 * Factors of one person change one after the other: who counts them waits here for who changes them, and the browser
 * they are changed from stays signed in, or is already out, until the end of the transaction.
 */
export async function lockFactors(tx: Tx, personId: string, sessionId: string): Promise<void> {
  await tx.$queryRaw`SELECT 1 FROM "Person" WHERE "id" = ${personId}::uuid FOR UPDATE`;
  await tx.$queryRaw`SELECT 1 FROM "Session" WHERE "id" = ${sessionId}::uuid FOR UPDATE`;
}

/**
 * After a factor was added or taken away: whether signing in takes two steps, and the recovery codes that go with it.
 * Answers new codes when this was the first factor. Every other browser and every token ends.
 */
export async function settleFactor(
  tx: Tx,
  person: SignedIn,
  sessionId: string,
  now: Date,
): Promise<{ codes: string[]; sessions: number; tokens: number }> {
  const { personId } = person;
  const isOn = await holdsFactor(tx, personId);
  const first = await tx.person.updateMany({
    where: { id: personId, secondFactorAt: isOn ? null : { not: null } },
    data: { secondFactorAt: isOn ? now : null },
  });
  if (!isOn) await tx.recoveryCode.deleteMany({ where: { personId } });
  const codes = isOn && first.count === 1 ? await makeCodes(tx, personId) : [];
  const here = await tx.session.updateMany({
    where: { id: sessionId, personId },
    data: { mfaAt: isOn ? now : null },
  });
  if (here.count === 0) throw new Error("A factor was changed from a browser that is not signed in.");
  return { codes, ...(await endOtherDoors(tx, personId, sessionId, now)) };
}

async function holdsFactor(tx: Tx, personId: string): Promise<boolean> {
  if ((await tx.passkey.count({ where: { personId } })) > 0) return true;
  return (await tx.authenticator.count({ where: { personId, confirmedAt: { not: null } } })) > 0;
}

/** Ten new ones instead of whatever there was; their text is answered once and kept as hashes. */
export async function makeCodes(tx: Tx, personId: string): Promise<string[]> {
  await tx.recoveryCode.deleteMany({ where: { personId } });
  const codes = new Set<string>();
  while (codes.size < RECOVERY_CODES) codes.add(newRecoveryCode());
  await tx.recoveryCode.createMany({
    data: [...codes].map((code) => ({
      personId,
      codeHash: keyedHash(personId, readCode(code)?.code ?? code),
    })),
  });
  return [...codes];
}
