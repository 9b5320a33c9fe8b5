import "server-only";
import { newId, newToken } from "@/lib/kernel/ids";
import { done, type Outcome } from "@/lib/kernel/outcome";
import { asPerson } from "@/lib/infra/db";
import { draftHolder } from "@/lib/infra/session";
import type { StartDraftForm } from "./forms";
import { recordConsent } from "./record-consent";
import { insertCase, noteStart } from "./start-case";

/** Starts a case for somebody without an account. The token is shown once; who holds it may go on with the draft. */
export async function startDraft(
  form: StartDraftForm,
  now: Date,
): Promise<Outcome<{ id: string; token: string }, never>> {
  const token = newToken();
  const holder = draftHolder(token);
  const id = newId(now.getTime());
  const { language } = form;
  const { textVersion } = form.consent;
  await asPerson(holder, async (tx) => {
    await insertCase(tx, { id, draftTokenHash: holder.draftTokenHash, language }, now);
    await recordConsent(tx, { caseId: id, purpose: "health_intake", textVersion, language, givenById: null });
    await noteStart(tx, holder, id);
  });
  return done({ id, token });
}
