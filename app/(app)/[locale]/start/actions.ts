"use server";

import { getTranslations } from "next-intl/server";
import { cookies, headers } from "next/headers";
import { redirect } from "next/navigation";
import type { FormState } from "@/components/ui/form-state";
import { actionLocale } from "@/i18n/action-locale";
import type { DraftHolder, Patient } from "@/lib/kernel/actor";
import { claimDraft } from "@/lib/cases/claim-draft";
import { currentConsentText } from "@/lib/cases/consent-text";
import { editCase, editDraft } from "@/lib/cases/edit-case";
import { readFeeling, type Slip, unitWord, type ValueCode } from "@/lib/cases/feeling";
import { type EditCaseForm, editCaseForm, startDraftForm } from "@/lib/cases/forms";
import { furtherStep, type IntakeStep, mustSeekHelp, RED_FLAG_QUESTIONS } from "@/lib/cases/intake";
import { type DraftKeeper, readCurrentDraft } from "@/lib/cases/read-draft";
import { startDraft } from "@/lib/cases/start-draft";
import { submitCase } from "@/lib/cases/submit-case";
import { faultsOf, typedValues } from "@/lib/infra/action-answer";
import { clientAddress } from "@/lib/infra/client-address";
import { env } from "@/lib/infra/env";
import { DRAFT_COOKIE, OWN_DRAFT_COOKIE, refuseForeignPost, requirePatient } from "@/lib/infra/session";

const DRAFT_SECONDS = 30 * 86_400;

async function keptDraft() {
  await refuseForeignPost();
  return readCurrentDraft();
}

function change(keeper: DraftKeeper, form: EditCaseForm) {
  const now = new Date();
  return "patient" in keeper
    ? editCase(keeper.patient, keeper.caseId, form, now)
    : editDraft(keeper, form, now);
}

interface Came {
  clinic?: string;
  treatment?: string;
}

async function goTo(step: string): Promise<never> {
  return redirect(`/${await actionLocale()}/start?step=${step}`);
}

/** Starts a draft; the page somebody came from names a centre or a treatment, or neither. */
export async function agreeAction(came: Came): Promise<void> {
  await refuseForeignPost();
  const language = await actionLocale();
  const text = currentConsentText("health_intake");
  const asked = startDraftForm.parse({ consent: { textVersion: text.version }, language, ...came });
  const started = await startDraft(asked, clientAddress(await headers()), new Date());
  if (!started.ok) {
    const minutes = Math.ceil(Number(started.detail.retryAfter) / 60);
    return redirect(`/${language}/start?step=consent&wait=${minutes}`);
  }
  (await cookies()).set(DRAFT_COOKIE, started.value.token, {
    httpOnly: true,
    sameSite: "lax",
    secure: env().APP_URL.startsWith("https:"),
    path: "/",
    maxAge: DRAFT_SECONDS,
  });
  return goTo("flags");
}

/** Saves one step; refusals keep everything typed. */
async function save(form: FormData, given: object, next: IntakeStep | "emergency"): Promise<FormState> {
  const t = await getTranslations({ locale: await actionLocale(), namespace: "intake" });
  const draft = await keptDraft();
  const values = typedValues(form);
  if (!draft) return { status: "refused", message: t("gone"), values };
  const parsed = editCaseForm.safeParse(given);
  if (!parsed.success) {
    const errors = await faultsOf(parsed.error);
    return { status: "refused", message: t("refused"), errors, values };
  }
  const changes: EditCaseForm = { ...parsed.data, ...stepReached(draft.facts, next) };
  const saved = await change(draft.keeper, changes);
  if (!saved.ok) {
    const errors: Record<string, string> =
      saved.reason === "invalid_birth_date" ? { birthOn: t("problem.birthHint") } : {};
    return {
      status: "refused",
      message: saved.reason === "not_found" ? t("gone") : t("refused"),
      errors,
      values,
    };
  }
  return goTo(next);
}

/** How far the intake got, for who comes back another day; the warning page is no step of it. */
function stepReached(
  kept: { intakeStep: string | null },
  next: IntakeStep | "emergency",
): { intakeStep: string } {
  return { intakeStep: furtherStep(kept.intakeStep, next === "emergency" ? "problem" : next) };
}

export async function saveFlagsAction(_before: FormState, form: FormData): Promise<FormState> {
  const t = await getTranslations({ locale: await actionLocale(), namespace: "intake.flags" });
  const answers = RED_FLAG_QUESTIONS.map((question) => [question, form.get(question)] as const);
  const open = answers
    .filter(([question, answer]) => !isGiven(question, answer))
    .map(([question]) => question);
  if (open.length > 0) {
    const errors = Object.fromEntries(open.map((question) => [question, t("all")]));
    return { status: "refused", message: t("all"), errors, values: typedValues(form) };
  }
  const redFlags = Object.fromEntries(
    answers.map(([question, answer]) => [question, answer === "unknown" ? null : answer === "yes"]),
  );
  return save(form, { redFlags }, mustSeekHelp({ redFlags, seenByDoctorAt: null }) ? "emergency" : "problem");
}

function isGiven(question: string, answer: FormDataEntryValue | null): boolean {
  return answer === "yes" || answer === "no" || (answer === "unknown" && question === "oxygenBelow92");
}

export async function seenByDoctorAction(): Promise<void> {
  const draft = await keptDraft();
  if (draft) await change(draft.keeper, { seenByDoctor: true });
  return goTo("problem");
}

export async function saveProblemAction(_before: FormState, form: FormData): Promise<FormState> {
  const { birthOn, ...answers } = typedValues(form);
  return save(form, birthOn ? { ...answers, birthOn } : answers, "feeling");
}

export async function saveFeelingAction(_before: FormState, form: FormData): Promise<FormState> {
  const t = await getTranslations({ locale: await actionLocale(), namespace: "intake.feeling" });
  const draft = await keptDraft();
  const values = typedValues(form);
  const read = readFeeling(values, { symptoms: draft?.facts.symptoms, values: draft?.facts.values });
  if (read.ok) return save(form, read.value, "contact");
  const wrong = Object.entries(read.slips) as [ValueCode, Slip][];
  const errors = Object.fromEntries(
    wrong.map(([code, slip]) => [
      `values.${code}`,
      t(`slip.${slip.slip}`, { label: t(`value.${code}`), ...wordsOf(slip) }),
    ]),
  );
  return { status: "refused", message: t("refused"), errors, values };
}

function wordsOf(slip: Slip): Record<string, string | number> {
  if (slip.slip === "number") return {};
  if (slip.slip === "range") return { low: slip.low, high: slip.high, unit: unitWord(slip.unit) };
  return { value: slip.value, unit: unitWord(slip.unit), other: unitWord(slip.other) };
}

/** Passes over how one feels; what was answered there before stays. */
export async function skipFeelingAction(): Promise<void> {
  const draft = await keptDraft();
  if (draft) await change(draft.keeper, stepReached(draft.facts, "contact"));
  return goTo("contact");
}

/** Somebody with a draft came from the page of a centre: the wish is kept, or taken away, at once. */
export async function wishClinicAction(clinic: string | null): Promise<void> {
  const draft = await keptDraft();
  if (draft) await change(draft.keeper, { clinic });
  return redirect(`/${await actionLocale()}/start`);
}

export async function saveContactAction(_before: FormState, form: FormData): Promise<FormState> {
  const typed = typedValues(form);
  const contact = Object.fromEntries(
    ["name", "email", "phone", "country"].flatMap((name) => {
      const value = typed[`contact.${name}`];
      return value === undefined || (name === "phone" && value === "") ? [] : [[name, value]];
    }),
  );
  return save(form, { contact }, "send");
}

export async function sendCaseAction(): Promise<FormState> {
  const patient = await requirePatient();
  const locale = await actionLocale();
  const t = await getTranslations({ locale, namespace: "intake" });
  const draft = await keptDraft();
  if (!draft) return { status: "refused", message: t("gone") };
  const now = new Date();
  const { keeper } = draft;
  const caseId = "patient" in keeper ? keeper.caseId : await claimedId(patient, keeper, now);
  if (caseId === null) return { status: "refused", message: t("gone") };
  (await cookies()).delete("patient" in keeper ? OWN_DRAFT_COOKIE : DRAFT_COOKIE);
  // A draft that cannot be sent yet is the patient's own now: their case page says what is missing.
  await submitCase(
    patient,
    caseId,
    { consent: true, textVersion: currentConsentText("triage").version },
    now,
  );
  redirect(`/${locale}/my/cases/${caseId}`);
}

async function claimedId(patient: Patient, holder: DraftHolder, now: Date): Promise<string | null> {
  const claimed = await claimDraft(patient, holder, now);
  return claimed.ok ? claimed.value.id : null;
}

/** Opens the intake for a draft that has its patient already. Whose it is, each step asks again. */
export async function reopenDraftAction(caseId: string): Promise<void> {
  await requirePatient();
  (await cookies()).set(OWN_DRAFT_COOKIE, caseId, {
    httpOnly: true,
    sameSite: "lax",
    secure: env().APP_URL.startsWith("https:"),
    path: "/",
  });
  return redirect(`/${await actionLocale()}/start`);
}

/** Leaves the own draft as it is, for another case. */
export async function leaveDraftAction(): Promise<void> {
  await refuseForeignPost();
  (await cookies()).delete(OWN_DRAFT_COOKIE);
  return redirect(`/${await actionLocale()}/start`);
}
