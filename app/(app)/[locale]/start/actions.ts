"use server";

import { getTranslations } from "next-intl/server";
import { cookies, headers } from "next/headers";
import { redirect } from "next/navigation";
import type { FormState } from "@/components/ui/form-state";
import { actionLocale } from "@/i18n/action-locale";
import { claimDraft } from "@/lib/cases/claim-draft";
import { currentConsentText } from "@/lib/cases/consent-text";
import { editDraft } from "@/lib/cases/edit-case";
import { type EditCaseForm, editCaseForm } from "@/lib/cases/forms";
import { mustSeekHelp, RED_FLAG_QUESTIONS } from "@/lib/cases/intake";
import { startDraft } from "@/lib/cases/start-draft";
import { submitCase } from "@/lib/cases/submit-case";
import { typedValues } from "@/lib/infra/action-answer";
import { clientAddress } from "@/lib/infra/client-address";
import { env } from "@/lib/infra/env";
import { draftHolder, refuseForeignPost, requirePatient } from "@/lib/infra/session";

const COOKIE = "valvia_draft";
const DRAFT_SECONDS = 30 * 86_400;

async function holder() {
  await refuseForeignPost();
  const token = (await cookies()).get(COOKIE)?.value;
  return token ? draftHolder(token) : null;
}

async function goTo(step: string): Promise<never> {
  return redirect(`/${await actionLocale()}/start?step=${step}`);
}

export async function agreeAction(): Promise<void> {
  await refuseForeignPost();
  const language = await actionLocale();
  const text = currentConsentText("health_intake");
  const asked = { consent: { textVersion: text.version }, language };
  const started = await startDraft(asked, clientAddress(await headers()), new Date());
  if (!started.ok) {
    const minutes = Math.ceil(Number(started.detail.retryAfter) / 60);
    return redirect(`/${language}/start?step=consent&wait=${minutes}`);
  }
  (await cookies()).set(COOKIE, started.value.token, {
    httpOnly: true,
    sameSite: "lax",
    secure: env().APP_URL.startsWith("https:"),
    path: "/",
    maxAge: DRAFT_SECONDS,
  });
  return goTo("flags");
}

/** Saves one step; refusals keep everything typed. */
async function save(form: FormData, given: object, next: string): Promise<FormState> {
  const t = await getTranslations({ locale: await actionLocale(), namespace: "intake" });
  const draft = await holder();
  const values = typedValues(form);
  if (!draft) return { status: "refused", message: t("gone"), values };
  const parsed = editCaseForm.safeParse(given);
  if (!parsed.success) {
    const errors = Object.fromEntries(
      parsed.error.issues.map((issue) => [issue.path.join("."), issue.message]),
    );
    return { status: "refused", message: t("refused"), errors, values };
  }
  const changes: EditCaseForm = { ...parsed.data, intakeStep: next };
  const saved = await editDraft(draft, changes, new Date());
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

export async function saveFlagsAction(_before: FormState, form: FormData): Promise<FormState> {
  const t = await getTranslations({ locale: await actionLocale(), namespace: "intake.flags" });
  const answers = RED_FLAG_QUESTIONS.map((question) => [question, form.get(question)] as const);
  const open = answers
    .filter(([, answer]) => answer !== "yes" && answer !== "no")
    .map(([question]) => question);
  if (open.length > 0) {
    const errors = Object.fromEntries(open.map((question) => [question, t("all")]));
    return { status: "refused", message: t("all"), errors, values: typedValues(form) };
  }
  const redFlags = Object.fromEntries(answers.map(([question, answer]) => [question, answer === "yes"]));
  return save(form, { redFlags }, mustSeekHelp({ redFlags, seenByDoctorAt: null }) ? "emergency" : "problem");
}

export async function seenByDoctorAction(): Promise<void> {
  const draft = await holder();
  if (draft) await editDraft(draft, { seenByDoctor: true, intakeStep: "problem" }, new Date());
  return goTo("problem");
}

export async function saveProblemAction(_before: FormState, form: FormData): Promise<FormState> {
  const { birthOn, ...answers } = typedValues(form);
  return save(form, birthOn ? { ...answers, birthOn } : answers, "contact");
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
  const draft = await holder();
  if (!draft) return { status: "refused", message: t("gone") };
  const now = new Date();
  const claimed = await claimDraft(patient, draft, now);
  if (!claimed.ok) return { status: "refused", message: t("gone") };
  const caseId = claimed.value.id;
  (await cookies()).delete(COOKIE);
  // A draft that cannot be sent yet is the patient's own now: their case page says what is missing.
  await submitCase(
    patient,
    caseId,
    { consent: true, textVersion: currentConsentText("triage").version },
    now,
  );
  redirect(`/${locale}/my/cases/${caseId}`);
}
