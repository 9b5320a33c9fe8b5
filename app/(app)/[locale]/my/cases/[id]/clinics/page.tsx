import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { notFound } from "next/navigation";
import { ConsentForm } from "@/components/cases/consent-form";
import { ConsentList } from "@/components/cases/consent-list";
import { AnswerList } from "@/components/reviews/answer-list";
import { LinkButton } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { PageHeader } from "@/components/ui/page-header";
import { currentConsentText } from "@/lib/cases/consent-text";
import { visitCase } from "@/lib/cases/open-case";
import { readRights } from "@/lib/cases/read-rights";
import { caseViewOf } from "@/lib/cases/views";
import { clinicNames } from "@/lib/clinics/queries/clinic-names";
import { readerZone } from "@/lib/infra/reader-zone";
import { requirePatient } from "@/lib/infra/session";
import { reviewsOfCase } from "@/lib/reviews/queries";
import { reviewViewOf } from "@/lib/reviews/views/review";
import { giveConsentAction, withdrawConsentAction } from "./actions";

interface ClinicsProps {
  params: Promise<{ id: string }>;
}

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("my.clinics");
  return { title: t("title") };
}

export default async function CaseClinicsPage({ params }: ClinicsProps) {
  const patient = await requirePatient();
  const { id } = await params;
  const facts = await visitCase(patient, id, new Date());
  const reviews = await reviewsOfCase(patient, id);
  if (!facts || !reviews) notFound();
  const t = await getTranslations("my.clinics");
  const locale = await getLocale();
  const view = caseViewOf(facts, "patient");
  const rights = await readRights(patient, id, new Date());
  const { decide: decides } = rights;
  const second = await getTranslations("opinions");
  const live = view.consents.filter((consent) => consent.clinic && !consent.withdrawnAt);
  const names = await clinicNames();
  const open = names.filter((clinic) => !live.some((consent) => consent.clinic === clinic.slug));
  return (
    <>
      <PageHeader title={t("title")} lead={t("lead")} />
      <div className="space-y-gap-l">
        <Card heading={t("answers")}>
          <AnswerList
            reviews={reviews.map((review) => reviewViewOf(review, "patient"))}
            zone={await readerZone()}
            documents={`/${locale}/my/cases/${id}/documents`}
          />
        </Card>
        {rights.seeMoney ? (
          <Card heading={second("link")}>
            <p className="max-w-prose">{second("linkLead")}</p>
            <LinkButton href={`/${locale}/my/cases/${id}/orders`}>{second("title")}</LinkButton>
          </Card>
        ) : null}
        <Card heading={t("list")}>
          <ConsentList
            consents={live}
            names={names}
            locale={locale}
            zone={await readerZone()}
            action={decides ? withdrawConsentAction.bind(null, id) : null}
          />
        </Card>
        {decides ? (
          <Card heading={t("choose")}>
            <ConsentForm
              clinics={open}
              chosen={open.find((clinic) => clinic.slug === view.clinic)?.slug ?? null}
              text={currentConsentText("share_with_clinic")}
              locale={locale}
              action={giveConsentAction.bind(null, id)}
            />
          </Card>
        ) : null}
      </div>
    </>
  );
}
