import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { cookies } from "next/headers";
import { ConsentStep } from "@/components/cases/consent-step";
import { ContactStep } from "@/components/cases/contact-step";
import { EmergencyStep } from "@/components/cases/emergency-step";
import { FlagsStep } from "@/components/cases/flags-step";
import { ProblemStep } from "@/components/cases/problem-step";
import { SendStep } from "@/components/cases/send-step";
import { Notice } from "@/components/ui/notice";
import { PageHeader } from "@/components/ui/page-header";
import { currentConsentText } from "@/lib/cases/consent-text";
import { TREATMENT_WISHES } from "@/lib/cases/forms";
import { draftForHolder } from "@/lib/cases/queries";
import { caseViewOf, type CaseView } from "@/lib/cases/views";
import { EMERGENCY_NUMBERS } from "@/lib/guides/emergency";
import { currentIdentity, draftHolder } from "@/lib/infra/session";
import {
  agreeAction,
  saveContactAction,
  saveFlagsAction,
  saveProblemAction,
  seenByDoctorAction,
  sendCaseAction,
} from "./actions";

const STEPS = ["consent", "flags", "problem", "contact", "send"] as const;
type Step = (typeof STEPS)[number] | "emergency";

interface StartProps {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("intake");
  return { title: t("title") };
}

/** Nobody jumps over the consent or past a warning sign; everything else may be visited again. */
function stepOf(wanted: unknown, draft: CaseView | null): Step {
  if (!draft) return "consent";
  if (draft.emergency) return wanted === "flags" ? "flags" : "emergency";
  if (!draft.redFlags) return "flags";
  return STEPS.find((step) => step === wanted && step !== "consent") ?? "problem";
}

export default async function StartPage({ searchParams }: StartProps) {
  const t = await getTranslations("intake");
  const locale = await getLocale();
  const token = (await cookies()).get("valvia_draft")?.value;
  const facts = token ? await draftForHolder(draftHolder(token)) : null;
  const draft = facts ? caseViewOf(facts, "draft_holder") : null;
  const { step: wanted, wait } = await searchParams;
  const step = stepOf(wanted, draft);
  const now = STEPS.findIndex((each) => each === step) + 1;
  const identity = await currentIdentity();
  return (
    <>
      <PageHeader
        title={t("title")}
        lead={step === "consent" ? t("lead") : undefined}
        above={now > 0 ? <p className="text-ink-soft">{t("step", { now, all: STEPS.length })}</p> : undefined}
      />
      {step === "consent" && wait ? (
        <Notice tone="attention">{t("wait", { minutes: Number(wait) || 1 })}</Notice>
      ) : null}
      {step === "consent" ? (
        <ConsentStep text={currentConsentText("health_intake").body} action={agreeAction} />
      ) : null}
      {step === "flags" ? <FlagsStep flags={draft?.redFlags ?? null} action={saveFlagsAction} /> : null}
      {step === "emergency" && draft?.emergency ? (
        <EmergencyStep emergency={draft.emergency} locale={locale} action={seenByDoctorAction} />
      ) : null}
      {step === "problem" && draft ? (
        <ProblemStep draft={draft} treatments={TREATMENT_WISHES} action={saveProblemAction} />
      ) : null}
      {step === "contact" && draft ? (
        <ContactStep
          draft={draft}
          countries={EMERGENCY_NUMBERS.map((entry) => entry.country)}
          locale={locale}
          action={saveContactAction}
        />
      ) : null}
      {step === "send" && draft ? (
        <SendStep
          text={currentConsentText("triage").body}
          isPatient={identity?.roles.includes("patient") ?? false}
          missing={missingOf(draft)}
          locale={locale}
          action={sendCaseAction}
        />
      ) : null}
    </>
  );
}

function missingOf(draft: CaseView): string[] {
  const { problem, treatment, contact } = draft;
  return [
    ...(problem && treatment ? [] : ["problem"]),
    ...(contact.name && contact.email && contact.country ? [] : ["contact"]),
  ];
}
