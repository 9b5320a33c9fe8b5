import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { notFound } from "next/navigation";
import { CasePath } from "@/components/cases/case-path";
import { CaseFactsCard } from "@/components/cases/case-facts-card";
import { ConsentWording } from "@/components/cases/consent-wording";
import { EmergencyStep } from "@/components/cases/emergency-step";
import { NEXT_SECTION } from "@/components/cases/next-section";
import { ActionForm } from "@/components/ui/action-form";
import { LinkButton } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Checkbox } from "@/components/ui/choices";
import { TextInput } from "@/components/ui/controls";
import { Field } from "@/components/ui/field";
import { formatMoment } from "@/components/ui/format";
import { PageHeader } from "@/components/ui/page-header";
import { SubmitButton } from "@/components/ui/submit-button";
import { isEnded } from "@/lib/cases/case";
import { currentConsentText } from "@/lib/cases/consent-text";
import { visitCase } from "@/lib/cases/open-case";
import { readRights } from "@/lib/cases/read-rights";
import { type CaseView, caseViewOf } from "@/lib/cases/views";
import { clinicNames } from "@/lib/clinics/queries/clinic-names";
import { readerZone } from "@/lib/infra/reader-zone";
import { requirePatient } from "@/lib/infra/session";
import { reopenDraftAction } from "../../../start/actions";
import { cancelCaseAction, seenAction, submitCaseAction } from "./actions";

interface CaseProps {
  params: Promise<{ id: string }>;
}

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("my.tabs");
  return { title: t("overview") };
}

export default async function CasePage({ params }: CaseProps) {
  const patient = await requirePatient();
  const { id } = await params;
  const facts = await visitCase(patient, id, new Date());
  if (!facts) notFound();
  const { decide: decides } = await readRights(patient, id, new Date());
  const view = caseViewOf(facts, "patient");
  const t = await getTranslations("my.overview");
  const stages = await getTranslations("stages");
  const locale = await getLocale();
  const next = await nextOf(view, locale);
  const section = view.emergency ? undefined : NEXT_SECTION[view.stage];
  const wished = view.clinic ? (await clinicNames()).find(({ slug }) => slug === view.clinic) : undefined;
  const act = section ? (
    <LinkButton look="primary" href={`/${locale}/my/cases/${id}/${section}`}>
      {t(`go.${section}`)}
    </LinkButton>
  ) : undefined;
  return (
    <>
      <PageHeader title={stages(view.stage)} lead={next} act={act} />
      <div className="grid gap-gap-l lg:grid-cols-[minmax(0,1fr)_minmax(0,22rem)]">
        <div className="space-y-gap-l">
          {view.emergency ? (
            <EmergencyStep
              emergency={view.emergency}
              locale={locale}
              action={decides ? seenAction.bind(null, id) : null}
            />
          ) : null}
          {view.stage === "draft" && decides ? (
            <Card>
              <p className="mb-gap-m">{t("unsent")}</p>
              <form action={reopenDraftAction.bind(null, id)} className="mb-gap-l">
                <SubmitButton look="quiet">{t("change")}</SubmitButton>
              </form>
              <ActionForm action={submitCaseAction.bind(null, id)}>
                <ConsentWording text={currentConsentText("triage")} />
                <Checkbox name="consent" label={t("agree")} required />
                <SubmitButton>{t("submit")}</SubmitButton>
              </ActionForm>
            </Card>
          ) : null}
          <CaseFactsCard view={view} clinic={wished?.name} locale={locale} />
          {isEnded(view.stage) || !decides ? null : (
            <details>
              <summary className="link inline-flex min-h-11 items-center">{t("cancel")}</summary>
              <Card className="mt-gap">
                <ActionForm action={cancelCaseAction.bind(null, id)}>
                  <p className="text-ink-soft">{t("cancelLead")}</p>
                  <Field name="cause" label={t("cause")}>
                    <TextInput required maxLength={200} />
                  </Field>
                  <SubmitButton look="danger">{t("cancel")}</SubmitButton>
                </ActionForm>
              </Card>
            </details>
          )}
        </div>
        <Card heading={t("path")}>
          <CasePath stage={view.stage} next={next} />
        </Card>
      </div>
    </>
  );
}

async function nextOf(view: CaseView, locale: string): Promise<string> {
  if (!view.nextDueAt) return "";
  const t = await getTranslations("my.list");
  const actions = await getTranslations("actions");
  const code = (view.nextAction ?? "other") as "other";
  const action = actions.has(code) ? actions(code) : actions("other");
  return `${t("next", { action })} ${t("by", { when: formatMoment(new Date(view.nextDueAt), await readerZone(), locale) })}`;
}
