import "server-only";
import type { Patient } from "@/lib/kernel/actor";
import { done, type Outcome, refused } from "@/lib/kernel/outcome";
import { asPerson } from "@/lib/infra/db";
import { currentConsentText } from "./consent-text";
import type { SubmitCaseForm } from "./forms";
import { missingForSubmit } from "./intake";
import { moveCase } from "./move-case";
import { lockedOwnCase } from "./queries";
import { recordConsent } from "./record-consent";
import { flagsOf } from "./views";

type Refusal = "not_found" | "forbidden" | "illegal_transition" | "invalid_incomplete";

/** Sends a draft to the coordinators. A warning sign never keeps it back: it makes the case urgent. */
export async function submitCase(
  patient: Patient,
  caseId: string,
  form: SubmitCaseForm,
  now: Date,
): Promise<Outcome<{ id: string }, Refusal>> {
  return asPerson(patient, async (tx) => {
    const own = await lockedOwnCase(tx, patient, caseId);
    if (!own.ok) return own;
    const draft = own.value;
    if (draft.stage !== "draft") return refused("illegal_transition", { from: draft.stage, to: "submitted" });
    const [missing] = missingForSubmit({ ...draft, redFlags: flagsOf(draft.redFlags) });
    if (missing) return refused("invalid_incomplete", { path: missing });
    const { language } = draft;
    const current = currentConsentText("triage").version;
    const textVersion = form.textVersion ?? current;
    await recordConsent(tx, {
      caseId,
      purpose: "triage",
      textVersion,
      language,
      givenById: patient.personId,
    });
    await tx.case.updateMany({ where: { id: caseId, stage: "draft" }, data: { consentedAt: now } });
    const moved = await moveCase(tx, patient, { caseId, to: "submitted" }, now);
    return moved.ok ? done({ id: caseId }) : moved;
  });
}
