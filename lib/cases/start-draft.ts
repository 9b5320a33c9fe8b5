import "server-only";
import { newId, newToken } from "@/lib/kernel/ids";
import { done, type Outcome, refused } from "@/lib/kernel/outcome";
import { asPerson } from "@/lib/infra/db";
import { spend } from "@/lib/infra/rate-limit";
import { draftHolder } from "@/lib/infra/session";
import type { StartDraftForm } from "./forms";
import { publishedClinic } from "./queries";
import { recordConsent } from "./record-consent";
import { insertCase, noteStart } from "./start-case";

/**
 * Starts a case for somebody without an account. The token is shown once; who holds it may go on with the draft. Each
 * address has so many an hour, so that no script fills the desk.
 */
export async function startDraft(
  form: StartDraftForm,
  fromAddress: string,
  now: Date,
): Promise<Outcome<{ id: string; token: string }, "too_many">> {
  const retryAfter = await spend("draft_address", fromAddress);
  if (retryAfter) return refused("too_many", { retryAfter });
  const token = newToken();
  const holder = draftHolder(token);
  const id = newId(now.getTime());
  const { language, treatment } = form;
  const { textVersion } = form.consent;
  await asPerson(holder, async (tx) => {
    // A centre that left the portal meanwhile is no reason to keep somebody out.
    const clinic = form.clinic ? await publishedClinic(tx, form.clinic) : null;
    const start = { id, draftTokenHash: holder.draftTokenHash, language, wishedClinicId: clinic?.id ?? null };
    await insertCase(tx, { ...start, treatment: treatment ?? null }, now);
    await recordConsent(tx, { caseId: id, purpose: "health_intake", textVersion, language, givenById: null });
    await noteStart(tx, holder, id);
  });
  return done({ id, token });
}
