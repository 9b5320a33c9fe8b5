import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { notFound } from "next/navigation";
import { OpinionList } from "@/components/reviews/opinion-list";
import { OpinionOffers } from "@/components/reviews/opinion-offers";
import { OpinionTerms } from "@/components/reviews/opinion-terms";
import { Card } from "@/components/ui/card";
import { PageHeader } from "@/components/ui/page-header";
import { readRights } from "@/lib/cases/read-rights";
import { readerZone } from "@/lib/infra/reader-zone";
import { requirePatient } from "@/lib/infra/session";
import { offerView, opinionView } from "@/lib/payments/opinion-view";
import { readBankAccount } from "@/lib/payments/read-bank-account";
import { feeRestsFor } from "@/lib/payments/read-fee-rests";
import { ANSWER_DAYS } from "@/lib/reviews/opinion";
import { offersForCase, opinionsOfCase } from "@/lib/reviews/read-opinions";
import { announceFeeAction, callOffOpinionAction, orderOpinionAction, payOpinionAction } from "./actions";

interface OpinionsProps {
  params: Promise<{ id: string }>;
}

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("opinions");
  return { title: t("title") };
}

/** A written second opinion for a fee: its terms, who gives one, and what was ordered. */
export default async function OpinionsPage({ params }: OpinionsProps) {
  const patient = await requirePatient();
  const { id } = await params;
  const now = new Date();
  const rights = await readRights(patient, id, now);
  if (!rights.seeMoney) notFound();
  const [offers, opinions, rests] = await Promise.all([
    offersForCase(patient, id, now),
    opinionsOfCase(patient, id),
    feeRestsFor(patient, id),
  ]);
  if (!offers || !opinions) notFound();
  const t = await getTranslations("opinions");
  const clinicsPage = `/${await getLocale()}/my/cases/${id}/clinics`;
  // Whoever ordered already reads the terms of that order in its papers; what is offered now stands here.
  const answerDays = offers[0]?.answerDays ?? opinions.at(-1)?.answerDays ?? ANSWER_DAYS.usual;
  return (
    <>
      <PageHeader title={t("title")} lead={t("lead")} />
      <div className="space-y-gap-l">
        {opinions.length > 0 ? (
          <Card heading={t("yours")}>
            <OpinionList
              opinions={opinions.map((opinion) => opinionView(opinion))}
              rests={rests}
              zone={await readerZone()}
              answersPage={clinicsPage}
              account={await readBankAccount(patient)}
              acts={{
                pay: rights.pay ? payOpinionAction : null,
                byBank: rights.pay ? announceFeeAction : null,
                callOff: rights.decide ? callOffOpinionAction : null,
              }}
            />
          </Card>
        ) : null}
        <OpinionTerms answerDays={answerDays} />
        <Card heading={t("offers")}>
          <OpinionOffers
            offers={offers.map(offerView)}
            action={rights.decide ? orderOpinionAction.bind(null, id) : null}
            clinicsPage={clinicsPage}
          />
        </Card>
      </div>
    </>
  );
}
