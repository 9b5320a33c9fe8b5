"use server";

import { getTranslations } from "next-intl/server";
import { cookies, headers } from "next/headers";
import { redirect } from "next/navigation";
import { z } from "zod";
import type { FormState } from "@/components/ui/form-state";
import { actionLocale } from "@/i18n/action-locale";
import type { DraftHolder, Patient } from "@/lib/kernel/actor";
import type { CaseFacts } from "@/lib/cases/case-facts";
import { claimDraft } from "@/lib/cases/claim-draft";
import { currentConsentText } from "@/lib/cases/consent-text";
import { editCase, editDraft } from "@/lib/cases/edit-case";
import { type Slip, unitWord } from "@/lib/cases/feeling";
import { type EditCaseForm, editCaseForm, startDraftForm } from "@/lib/cases/forms";
import { furtherStep, type IntakeStep, type Question, QUESTIONS, stepAfter } from "@/lib/cases/intake";
import { type Fault, readAnswer, withoutFields } from "@/lib/cases/intake-answer";
import { type DraftKeeper, readCurrentDraft } from "@/lib/cases/read-draft";
import { startDraft } from "@/lib/cases/start-draft";
import { submitCase } from "@/lib/cases/submit-case";
import { faultsOf, typedValues } from "@/lib/infra/action-answer";
import { clientAddress } from "@/lib/infra/client-address";
import {
  draftCookie,
  DRAFT_COOKIE,
  OWN_DRAFT_COOKIE,
  ownDraftCookie,
  refuseForeignPost,
  requirePatient,
} from "@/lib/infra/session";

interface OpenDraft {
  keeper: DraftKeeper;
  facts: CaseFacts;
}

/**
 * The draft a form was made for. A browser may hold two, one's own and one without an owner: an answer must never go
 * into the other one.
 */
async function keptDraft(draftId: string): Promise<OpenDraft | "gone" | "other"> {
  await refuseForeignPost();
  const draft = await readCurrentDraft();
  if (!draft) return "gone";
  return draft.facts.id === draftId ? draft : "other";
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
export async function agreeAction(came: Came, _before: FormState, form: FormData): Promise<FormState> {
  await refuseForeignPost();
  const language = await actionLocale();
  const t = await getTranslations({ locale: language, namespace: "intake.consent" });
  if (form.get("agree") !== "on")
    return { status: "refused", message: t("first"), errors: { agree: t("first") } };
  // An old page sent once more must not put aside what was begun meanwhile.
  if (await readCurrentDraft())
    return redirect(`/${language}/start${came.clinic ? `?clinic=${encodeURIComponent(came.clinic)}` : ""}`);
  const text = currentConsentText("health_intake");
  const asked = startDraftForm.parse({ consent: { textVersion: text.version }, language, ...came });
  const started = await startDraft(asked, clientAddress(await headers()), new Date());
  if (!started.ok) {
    const minutes = Math.ceil(Number(started.detail.retryAfter) / 60);
    return redirect(`/${language}/start?step=consent&wait=${minutes}`);
  }
  (await cookies()).set(draftCookie(started.value.token));
  return goTo("flags");
}

const placeForm = z.object({ draft: z.uuid(), question: z.enum(QUESTIONS), fromCheck: z.boolean() });

/** Saves the answer of one screen; refusals keep everything typed. */
export async function saveAnswerAction(
  place: z.input<typeof placeForm>,
  _before: FormState,
  form: FormData,
): Promise<FormState> {
  const { draft: draftId, question, fromCheck } = placeForm.parse(place);
  const draft = await keptDraft(draftId);
  const { then, ...typed } = typedValues(form);
  if (typeof draft === "string") return refusal(typed, draft);
  const next = stepAfter(question, fromCheck);
  if (then === "skip") return leaveOut(draft, next);
  if (then === "later") return breakOff(draft, question, typed);
  const read = readAnswer({ question, typed, breaksOff: false }, draft.facts);
  if (!read.ok) return refusal(typed, "refused", await faultWordsOf(read.faults));
  const parsed = editCaseForm.safeParse(read.changes);
  if (!parsed.success) return refusal(typed, "refused", await lacksOf(parsed.error, typed));
  const saved = await change(draft.keeper, { ...parsed.data, ...stepReached(draft.facts, next) });
  if (saved.ok) return goTo(next);
  if (saved.reason === "not_found") return refusal(typed, "gone");
  const faults: Record<string, Fault> =
    saved.reason === "invalid_birth_date" ? { birthOn: { fault: "not_yet" } } : {};
  return refusal(typed, "refused", await faultWordsOf(faults));
}

/** Somebody leaves. What can be read is kept, and the page they come to names what could not. */
async function breakOff(
  draft: OpenDraft,
  question: Question,
  typed: Record<string, string>,
): Promise<FormState> {
  const read = readAnswer({ question, typed, breaksOff: true }, draft.facts);
  const parsed = editCaseForm.safeParse(read.changes);
  const unfit = parsed.success ? [] : parsed.error.issues.map(({ path }) => path.join("."));
  const fitting = parsed.success ? parsed.data : editCaseForm.parse(withoutFields(read.changes, unfit));
  const saved = await change(draft.keeper, fitting);
  if (!saved.ok && saved.reason === "not_found") return refusal(typed, "gone");
  // A birth that has not come yet is found out only with the clock, and is the one answer of its screen.
  const left = [...(read.ok ? [] : Object.keys(read.faults)), ...unfit, ...(saved.ok ? [] : ["birthOn"])];
  const told = left.length === 0 ? "" : `?${new URLSearchParams({ left: left.join(",") })}`;
  return redirect(`/${await actionLocale()}/start/later${told}`);
}

/** Fields with a sentence of their own for whatever is wrong with them. */
const LACKS = {
  problem: "lack.problem",
  "contact.name": "lack.name",
  "contact.country": "lack.country",
  "contact.email": "lack.email",
  "contact.phone": "lack.phone",
} as const;

async function lacksOf(error: z.ZodError, typed: Record<string, string>): Promise<Record<string, string>> {
  const t = await getTranslations({ locale: await actionLocale(), namespace: "intake" });
  const told = Object.entries(await faultsOf(error)).map(([name, sentence]) => {
    const own = Object.entries(LACKS).find(([field]) => field === name)?.[1];
    const isTooLong = (name === "problem" || name === "contact.name") && typed[name]?.trim();
    return [name, own && !isTooLong ? t(own) : sentence];
  });
  return Object.fromEntries(told);
}

async function refusal(
  values: Record<string, string>,
  why: "gone" | "other" | "refused",
  errors: Record<string, string> = {},
): Promise<FormState> {
  const t = await getTranslations({ locale: await actionLocale(), namespace: "intake" });
  return { status: "refused", message: t(why), errors, values };
}

/** Passes over a question; what was answered there before stays. */
async function leaveOut(draft: OpenDraft, next: IntakeStep): Promise<never> {
  await change(draft.keeper, stepReached(draft.facts, next));
  return goTo(next);
}

/** How far the intake got, for who comes back another day. A warning sign shows its own page whatever the step. */
function stepReached(kept: { intakeStep: string | null }, next: IntakeStep): { intakeStep: string } {
  return { intakeStep: furtherStep(kept.intakeStep, next) };
}

async function faultWordsOf(faults: Record<string, Fault>): Promise<Record<string, string>> {
  const t = await getTranslations({ locale: await actionLocale(), namespace: "intake" });
  const wordsOf = (fault: Fault): string => {
    if (fault.fault === "unanswered") return t("flags.all");
    if (fault.fault === "no_day") return t("born.wrong");
    if (fault.fault === "not_yet") return t("born.future");
    const label = t(`feeling.value.${fault.code}`);
    return t(`feeling.slip.${fault.slip.slip}`, { label, ...factsOf(fault.slip) });
  };
  return Object.fromEntries(Object.entries(faults).map(([name, fault]) => [name, wordsOf(fault)]));
}

function factsOf(slip: Slip): Record<string, string | number> {
  if (slip.slip === "number") return {};
  if (slip.slip === "range") return { low: slip.low, high: slip.high, unit: unitWord(slip.unit) };
  return { value: slip.value, unit: unitWord(slip.unit), other: unitWord(slip.other) };
}

/** For acts without a form to keep: another draft is open by now, and the page says so. */
async function toOpenDraft(): Promise<never> {
  return redirect(`/${await actionLocale()}/start?refused=other`);
}

export async function seenByDoctorAction(draftId: string): Promise<void> {
  const draft = await keptDraft(draftId);
  if (typeof draft === "string") return toOpenDraft();
  await change(draft.keeper, { seenByDoctor: true });
  return redirect(`/${await actionLocale()}/start`);
}

/** Somebody with a draft came from the page of a centre: the wish is kept, or taken away, at once. */
export async function wishClinicAction(draftId: string, clinic: string | null): Promise<void> {
  const draft = await keptDraft(draftId);
  if (typeof draft === "string") return toOpenDraft();
  await change(draft.keeper, { clinic });
  return redirect(`/${await actionLocale()}/start`);
}

export async function sendCaseAction(
  draftId: string,
  _before: FormState,
  form: FormData,
): Promise<FormState> {
  const patient = await requirePatient();
  const locale = await actionLocale();
  const t = await getTranslations({ locale, namespace: "intake.send" });
  if (form.get("consent") !== "on")
    return { status: "refused", message: t("first"), errors: { consent: t("first") } };
  const draft = await keptDraft(draftId);
  if (typeof draft === "string") return refusal({}, draft);
  const now = new Date();
  const { keeper } = draft;
  const caseId = "patient" in keeper ? keeper.caseId : await claimedId(patient, keeper, now);
  if (caseId === null) return refusal({}, "gone");
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
  (await cookies()).set(ownDraftCookie(caseId));
  return redirect(`/${await actionLocale()}/start`);
}

/** Leaves the own draft as it is, for another case. */
export async function leaveDraftAction(draftId: string): Promise<void> {
  const draft = await keptDraft(draftId);
  if (typeof draft === "string") return toOpenDraft();
  (await cookies()).delete(OWN_DRAFT_COOKIE);
  return redirect(`/${await actionLocale()}/start`);
}
