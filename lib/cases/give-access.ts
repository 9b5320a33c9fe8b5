import "server-only";
import type { Patient } from "@/lib/kernel/actor";
import { addHours } from "@/lib/kernel/day";
import { newId, newToken } from "@/lib/kernel/ids";
import { done, type Outcome, refused } from "@/lib/kernel/outcome";
import { writeAudit } from "@/lib/audit/write-audit";
import { asPerson } from "@/lib/infra/db";
import { sha256 } from "@/lib/infra/hash";
import { queueMail } from "@/lib/infra/mailer";
import { isEnded } from "./case";
import type { GiveAccessForm } from "./forms";
import { companionScopes, INVITATION_DAYS, INVITATIONS_A_DAY, nameForMail } from "./invitation";
import { lockedOwnCase } from "./queries";

type Refusal =
  | "not_found"
  | "forbidden"
  | "illegal_transition"
  | "invalid_own_address"
  | "already_invited"
  | "too_many";

const RETRY_SECONDS = 60 * 60;

/**
 * Asks somebody by mail to help with a case. Whether the address has an account makes no difference here: only who
 * signs in with it can accept, so nobody learns from an invitation who has one.
 */
export async function giveAccess(
  patient: Patient,
  caseId: string,
  form: GiveAccessForm,
  now: Date,
): Promise<Outcome<{ id: string }, Refusal>> {
  return asPerson(patient, async (tx) => {
    const own = await lockedOwnCase(tx, patient, caseId);
    if (!own.ok) return own;
    const found = own.value;
    if (isEnded(found.stage)) return refused("illegal_transition", { from: found.stage });
    const { email } = form;
    if (email === patient.email) return refused("invalid_own_address", { path: "email" });
    const today = { invitedById: patient.personId, invitedAt: { gt: addHours(now, -24) } };
    if ((await tx.caseInvitation.count({ where: today })) >= INVITATIONS_A_DAY)
      return refused("too_many", { retryAfter: RETRY_SECONDS });
    await tx.caseInvitation.updateMany({
      where: { caseId, email, acceptedAt: null, revokedAt: null, expiresAt: { lte: now } },
      data: { revokedAt: now },
    });
    const id = newId(now.getTime());
    const token = newToken();
    const scopes = companionScopes(form.scopes);
    const expiresAt = addHours(now, INVITATION_DAYS * 24);
    const row = { id, caseId, email, scopes, expiresAt, invitedAt: now, invitedById: patient.personId };
    const { count } = await tx.caseInvitation.createMany({
      data: [{ ...row, tokenHash: sha256(token) }],
      skipDuplicates: true,
    });
    if (count === 0) return refused("already_invited");
    await writeAudit(tx, patient, "access.invited", {
      caseId,
      objectType: "invitation",
      objectId: id,
      facts: { scopes: scopes.join(",") },
    });
    const path = `/${found.language}/my/invitations/${token}`;
    const asked = { name: nameForMail(patient.name) ?? patient.email, acts: scopes };
    await queueMail(tx, { to: email, locale: found.language, template: "help_wanted", path, asked });
    return done({ id });
  });
}
