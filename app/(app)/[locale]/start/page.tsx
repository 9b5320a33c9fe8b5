import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { ConsentStep } from "@/components/cases/consent-step";
import { ContactStep } from "@/components/cases/contact-step";
import { EmergencyStep } from "@/components/cases/emergency-step";
import { FeelingStep } from "@/components/cases/feeling-step";
import { FlagsStep } from "@/components/cases/flags-step";
import { IntakePath } from "@/components/cases/intake-path";
import { ProblemStep } from "@/components/cases/problem-step";
import { ReopenedDraft } from "@/components/cases/reopened-draft";
import { SendStep } from "@/components/cases/send-step";
import { CameFromClinic, KeptClinic } from "@/components/cases/wished-clinic";
import { Notice } from "@/components/ui/notice";
import { PageHeader } from "@/components/ui/page-header";
import { currentConsentText } from "@/lib/cases/consent-text";
import { TREATMENT_WISHES } from "@/lib/cases/forms";
import { furtherStep, INTAKE_STEPS, type IntakeStep, openStepOf } from "@/lib/cases/intake";
import { readCurrentDraft } from "@/lib/cases/read-draft";
import { caseViewOf, type CaseView, flagsOf } from "@/lib/cases/views";
import { type ClinicName, clinicNames } from "@/lib/clinics/queries/clinic-names";
import { RESIDENCES } from "@/lib/guides/residence";
import { currentIdentity } from "@/lib/infra/session";
import {
  agreeAction,
  leaveDraftAction,
  saveContactAction,
  saveFeelingAction,
  saveFlagsAction,
  saveProblemAction,
  seenByDoctorAction,
  sendCaseAction,
  skipFeelingAction,
  wishClinicAction,
} from "./actions";

interface StartProps {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("intake");
  return { title: t("title") };
}

/** Nobody jumps over the consent or past a warning sign; everything else may be visited again. */
function stepOf(wanted: unknown, draft: CaseView | null, open: IntakeStep): IntakeStep | "emergency" {
  if (!draft) return "consent";
  if (draft.emergency) return wanted === "flags" ? "flags" : "emergency";
  if (open === "flags") return "flags";
  return INTAKE_STEPS.find((step) => step === wanted && step !== "consent") ?? open;
}

export default async function StartPage({ searchParams }: StartProps) {
  const t = await getTranslations("intake");
  const locale = await getLocale();
  const kept = await readCurrentDraft();
  const facts = kept?.facts ?? null;
  const draft = facts ? caseViewOf(facts, "draft_holder") : null;
  const isOwn = kept !== null && "patient" in kept.keeper;
  const { step: wanted, wait, clinic, treatment } = await searchParams;
  const open = facts ? openStepOf({ ...facts, redFlags: flagsOf(facts.redFlags) }) : "consent";
  const step = stepOf(wanted, draft, open);
  const came = TREATMENT_WISHES.find((each) => each === treatment);
  const names = clinic !== undefined || draft?.clinic ? await clinicNames() : [];
  const asked = names.find(({ slug }) => slug === clinic);
  return (
    <>
      {step === "emergency" ? (
        <PageHeader title={t("emergency.title")} />
      ) : (
        <PageHeader
          title={t("title")}
          lead={step === "consent" ? t("lead") : undefined}
          above={
            <IntakePath step={step} reached={furtherStep(facts?.intakeStep ?? null, open)} locale={locale} />
          }
        />
      )}
      {isOwn && draft ? <ReopenedDraft draft={draft} locale={locale} leave={leaveDraftAction} /> : null}
      {step === "emergency" ? null : <Wish draft={draft} asked={asked} names={names} />}
      {step === "consent" && wait ? (
        <Notice tone="attention">{t("wait", { minutes: Number(wait) || 1 })}</Notice>
      ) : null}
      {step === "consent" ? (
        <ConsentStep
          text={currentConsentText("health_intake")}
          action={agreeAction.bind(null, {
            ...(asked ? { clinic: asked.slug } : {}),
            ...(came ? { treatment: came } : {}),
          })}
        />
      ) : null}
      {step === "flags" ? <FlagsStep flags={draft?.redFlags ?? null} action={saveFlagsAction} /> : null}
      {step === "emergency" && draft?.emergency ? (
        <EmergencyStep
          emergency={draft.emergency}
          locale={locale}
          action={seenByDoctorAction}
          again={`/${locale}/start?step=flags`}
        />
      ) : null}
      {draft ? <AnswerStep step={step} draft={draft} wished={came} locale={locale} /> : null}
    </>
  );
}

interface WishProps {
  draft: CaseView | null;
  /** The centre whose page led here. */
  asked: ClinicName | undefined;
  names: readonly ClinicName[];
}

/** The centre one starts with; a draft changes its wish only when its holder says so. */
function Wish({ draft, asked, names }: WishProps) {
  const kept = names.find(({ slug }) => slug === draft?.clinic);
  if (asked && asked.slug !== kept?.slug) {
    const take = draft ? wishClinicAction.bind(null, asked.slug) : undefined;
    return <CameFromClinic clinic={asked} take={take} />;
  }
  return kept ? <KeptClinic clinic={kept} remove={wishClinicAction.bind(null, null)} /> : null;
}

interface AnswerStepProps {
  step: IntakeStep | "emergency";
  draft: CaseView;
  wished: string | undefined;
  locale: string;
}

async function AnswerStep({ step, draft, wished, locale }: AnswerStepProps) {
  switch (step) {
    case "problem":
      return (
        <ProblemStep draft={draft} treatments={TREATMENT_WISHES} wished={wished} action={saveProblemAction} />
      );
    case "feeling":
      return (
        <FeelingStep draft={draft} locale={locale} action={saveFeelingAction} skip={skipFeelingAction} />
      );
    case "contact":
      return <ContactStep draft={draft} countries={RESIDENCES} locale={locale} action={saveContactAction} />;
    case "send":
      return (
        <SendStep
          text={currentConsentText("triage")}
          isPatient={(await currentIdentity())?.roles.includes("patient") ?? false}
          missing={missingOf(draft)}
          locale={locale}
          action={sendCaseAction}
        />
      );
    default:
      return null;
  }
}

function missingOf(draft: CaseView): ("problem" | "contact")[] {
  const { problem, treatment, contact } = draft;
  return [
    ...(problem && treatment ? [] : (["problem"] as const)),
    ...(contact.name && contact.email && contact.country ? [] : (["contact"] as const)),
  ];
}
