import "server-only";
import type { Patient } from "@/lib/kernel/actor";
import { done, type Outcome, refused } from "@/lib/kernel/outcome";
import { writeAudit } from "@/lib/audit/write-audit";
import { asPerson } from "@/lib/infra/db";
import { isEnded } from "./case";
import type { GiveConsentForm } from "./forms";
import { noteCaseEvent } from "./move-case";
import { lockedOwnCase, publishedClinic } from "./queries";
import { recordConsent } from "./record-consent";

type Refusal = "not_found" | "forbidden" | "illegal_transition" | "invalid_clinic" | "invalid_country";

export interface GivenConsent {
  id: string;
  /** False when the same consent was live already, from a second click or another tab. */
  isNew: boolean;
}

/** Lets one centre in one country see this case. Nothing is sent yet: a review request does that. */
export async function giveConsent(
  patient: Patient,
  caseId: string,
  form: GiveConsentForm,
): Promise<Outcome<GivenConsent, Refusal>> {
  return asPerson(patient, async (tx) => {
    const own = await lockedOwnCase(tx, patient, caseId);
    if (!own.ok) return own;
    const found = own.value;
    if (isEnded(found.stage) && found.stage !== "no_offer")
      return refused("illegal_transition", { from: found.stage });
    const clinic = await publishedClinic(tx, form.clinic);
    if (!clinic) return refused("invalid_clinic", { path: "clinic" });
    if (form.country && form.country !== clinic.country)
      return refused("invalid_country", { path: "country" });
    const { textVersion, language, deidentified } = form;
    const { id: clinicId, country } = clinic;
    const givenById = patient.personId;
    const purpose = "share_with_clinic";
    const isNew = await recordConsent(tx, {
      caseId,
      purpose,
      clinicId,
      country,
      textVersion,
      language,
      deidentified,
      givenById,
    });
    const consent = await tx.consent.findFirstOrThrow({
      where: { caseId, clinicId, withdrawnAt: null },
      select: { id: true },
    });
    if (!isNew) return done({ id: consent.id, isNew });
    await noteCaseEvent(tx, patient, { caseId, kind: "consent_given" });
    await writeAudit(tx, patient, "consent.given", {
      caseId,
      objectType: "consent",
      objectId: consent.id,
      facts: { clinicId, country, textVersion, deidentified },
    });
    return done({ id: consent.id, isNew });
  });
}
