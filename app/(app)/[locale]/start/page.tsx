import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { CheckAnswers } from "@/components/cases/check-answers";
import { ConsentStep } from "@/components/cases/consent-step";
import { EmergencyStep } from "@/components/cases/emergency-step";
import { IntakePlace } from "@/components/cases/intake-place";
import { QuestionFields } from "@/components/cases/question-fields";
import { QuestionForm } from "@/components/cases/question-form";
import { ReopenedDraft } from "@/components/cases/reopened-draft";
import { SendCard } from "@/components/cases/send-card";
import { CameFromClinic, KeptClinic } from "@/components/cases/wished-clinic";
import { Notice } from "@/components/ui/notice";
import { PageHeader } from "@/components/ui/page-header";
import { currentConsentText } from "@/lib/cases/consent-text";
import { TREATMENT_WISHES } from "@/lib/cases/forms";
import {
  furtherStep,
  INTAKE_STEPS,
  type IntakeStep,
  missingQuestions,
  OPTIONAL_QUESTIONS,
  openStepOf,
  type Question,
  QUESTIONS,
} from "@/lib/cases/intake";
import { readCurrentDraft } from "@/lib/cases/read-draft";
import { caseViewOf, type CaseView, flagsOf } from "@/lib/cases/views";
import { type ClinicName, clinicNames } from "@/lib/clinics/queries/clinic-names";
import { currentIdentity } from "@/lib/infra/session";
import {
  agreeAction,
  leaveDraftAction,
  saveAnswerAction,
  seenByDoctorAction,
  sendCaseAction,
  wishClinicAction,
} from "./actions";

interface StartProps {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

type Screen = IntakeStep | "emergency";

const OPTIONAL: readonly string[] = OPTIONAL_QUESTIONS;

/** Everything this address shows, from the draft of this browser and the step somebody asked for. */
async function readScreen(params: Awaited<StartProps["searchParams"]>) {
  const kept = await readCurrentDraft();
  const facts = kept?.facts ?? null;
  const draft = facts ? caseViewOf(facts, "draft_holder") : null;
  const open = facts ? openStepOf({ ...facts, redFlags: flagsOf(facts.redFlags) }) : "consent";
  const step = stepOf(params.step, draft, open);
  const reached = furtherStep(facts?.intakeStep ?? null, open);
  const missing = facts ? missingQuestions({ ...facts, redFlags: flagsOf(facts.redFlags) }) : [];
  return { draft, isOwn: kept !== null && "patient" in kept.keeper, step, reached, missing };
}

/** Nobody jumps over the consent or past a warning sign; everything else may be visited again. */
function stepOf(wanted: unknown, draft: CaseView | null, open: IntakeStep): Screen {
  if (!draft) return "consent";
  if (draft.emergency) return wanted === "flags" ? "flags" : "emergency";
  if (open === "flags") return "flags";
  return INTAKE_STEPS.find((step) => step === wanted && step !== "consent") ?? open;
}

function isQuestion(step: Screen): step is Question {
  return QUESTIONS.some((question) => question === step);
}

async function titleOf(step: Screen): Promise<string> {
  const t = await getTranslations("intake");
  if (step === "consent") return t("title");
  return step === "breath" ? t("feeling.question.nyha") : t(`${step}.title`);
}

export async function generateMetadata({ searchParams }: StartProps): Promise<Metadata> {
  const { step } = await readScreen(await searchParams);
  const t = await getTranslations("intake");
  return { title: step === "consent" ? t("title") : `${await titleOf(step)} – ${t("title")}` };
}

async function leadOf(step: Screen): Promise<string | undefined> {
  const t = await getTranslations("intake");
  const words =
    step === "consent" ? t("lead") : t.has(`${step}.lead` as "lead") ? t(`${step}.lead` as "lead") : "";
  const optional = OPTIONAL.includes(step) ? t("optional") : "";
  return step === "emergency" ? undefined : [words, optional].filter(Boolean).join(" ") || undefined;
}

export default async function StartPage({ searchParams }: StartProps) {
  const t = await getTranslations("intake");
  const locale = await getLocale();
  const params = await searchParams;
  const { draft, isOwn, step, reached, missing } = await readScreen(params);
  const fromCheck = params.from === "check" && isQuestion(step);
  const came = TREATMENT_WISHES.find((each) => each === params.treatment);
  const names = params.clinic !== undefined || draft?.clinic ? await clinicNames() : [];
  const asked = names.find(({ slug }) => slug === params.clinic);
  const place = step === "emergency" ? null : { step, reached, fromCheck, locale };
  return (
    <>
      {params.refused === "other" ? (
        <div className="mb-gap-m">
          <Notice tone="attention">{t("otherOpen")}</Notice>
        </div>
      ) : null}
      <PageHeader
        title={await titleOf(step)}
        lead={await leadOf(step)}
        above={place ? <IntakePlace {...place} /> : undefined}
      />
      {step === "consent" && params.wait ? (
        <Notice tone="attention">{t("wait", { minutes: Number(params.wait) || 1 })}</Notice>
      ) : null}
      {draft ? null : <Wish draft={draft} asked={asked} names={names} />}
      {draft === null || step === "consent" ? (
        <ConsentStep
          text={currentConsentText("health_intake")}
          action={agreeAction.bind(null, {
            ...(asked ? { clinic: asked.slug } : {}),
            ...(came ? { treatment: came } : {}),
          })}
        />
      ) : (
        <DraftScreen {...{ step, draft, fromCheck, missing, locale }} wished={came} />
      )}
      {draft && step !== "emergency" ? (
        <div className="mt-gap-l space-y-gap-m text-base">
          {isOwn ? (
            <ReopenedDraft draft={draft} locale={locale} leave={leaveDraftAction.bind(null, draft.id)} />
          ) : null}
          <Wish draft={draft} asked={asked} names={names} />
        </div>
      ) : null}
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
    const take = draft ? wishClinicAction.bind(null, draft.id, asked.slug) : undefined;
    return <CameFromClinic clinic={asked} take={take} />;
  }
  if (!kept || !draft) return null;
  return <KeptClinic clinic={kept} remove={wishClinicAction.bind(null, draft.id, null)} />;
}

interface DraftScreenProps {
  step: Screen;
  draft: CaseView;
  fromCheck: boolean;
  missing: readonly Question[];
  wished: string | undefined;
  locale: string;
}

async function DraftScreen({ step, draft, fromCheck, missing, wished, locale }: DraftScreenProps) {
  const t = await getTranslations("intake.send");
  if (step === "emergency" && draft.emergency)
    return (
      <EmergencyStep
        emergency={draft.emergency}
        locale={locale}
        action={seenByDoctorAction.bind(null, draft.id)}
        again={`/${locale}/start?step=flags`}
      />
    );
  if (isQuestion(step))
    return (
      <QuestionForm
        key={step}
        action={saveAnswerAction.bind(null, { draft: draft.id, question: step, fromCheck })}
        isOptional={OPTIONAL.includes(step)}
      >
        <QuestionFields question={step} draft={draft} wished={wished} locale={locale} />
      </QuestionForm>
    );
  const isPatient = (await currentIdentity())?.roles.includes("patient") ?? false;
  return (
    <div className="space-y-gap-l">
      {missing.length > 0 ? (
        <Notice tone="attention">{t("missing")}</Notice>
      ) : (
        <Notice tone="info">
          <p>{t(isPatient ? "left" : "leftAccount")}</p>
          <a className="link inline-flex min-h-11 items-center" href="#send">
            {t("to")}
          </a>
        </Notice>
      )}
      <CheckAnswers draft={draft} missing={missing} locale={locale} />
      {missing.length > 0 ? null : (
        <SendCard
          text={currentConsentText("triage")}
          isPatient={isPatient}
          locale={locale}
          action={sendCaseAction.bind(null, draft.id)}
        />
      )}
    </div>
  );
}
