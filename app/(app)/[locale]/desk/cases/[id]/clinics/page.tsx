import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { notFound } from "next/navigation";
import { CaseFrame } from "@/components/desk/case-frame";
import { CaseOpinions } from "@/components/desk/case-opinions";
import { ConsentTable } from "@/components/desk/consent-table";
import { SendToClinics } from "@/components/desk/send-to-clinics";
import { ReviewCard } from "@/components/reviews/review-card";
import { PartPlace } from "@/components/ui/part-place";
import { DESK_ZONE } from "@/lib/desk/clock";
import { openDeskCase } from "@/lib/desk/open-desk-case";
import { clinicNames, consentedClinics } from "@/lib/desk/queries/case";
import { part } from "@/lib/infra/part";
import { requireCoordinator } from "@/lib/infra/session";
import { opinionsOfCase } from "@/lib/reviews/read-opinions";
import { reviewsOfCase } from "@/lib/reviews/queries";
import { reviewViewOf } from "@/lib/reviews/views/review";
import { moveCaseAction, takeCaseAction } from "../actions";
import { sendToClinicsAction } from "./actions";

interface ClinicsProps {
  params: Promise<{ id: string }>;
}

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("desk.case.tabs");
  return { title: t("clinics") };
}

const MAY_ASK = ["triage", "collecting_records", "with_centres", "choosing", "no_offer"];

export default async function ClinicsPage({ params }: ClinicsProps) {
  const coordinator = await requireCoordinator();
  const { id } = await params;
  const now = new Date();
  const facts = await openDeskCase(coordinator, id, now);
  if (!facts) notFound();
  const t = await getTranslations("desk.clinics");
  const second = await getTranslations("opinions.desk");
  const clinics = await part("consented centres", () => consentedClinics(coordinator, id));
  const reviews = await part("answers of centres", () => reviewsOfCase(coordinator, id));
  const opinions = await part("second opinions", () => opinionsOfCase(coordinator, id));
  const shared = facts.consents.flatMap((consent) => consent.clinicId ?? []);
  const names = await part("names of centres", () => clinicNames(coordinator, shared));
  const isMine = facts.ownerId === coordinator.personId;
  const asks = isMine && MAY_ASK.includes(facts.stage) && !(clinics.ok && clinics.value.length === 0);
  const here = `/${await getLocale()}/desk/cases/${id}/clinics`;
  return (
    <CaseFrame
      facts={facts}
      meId={coordinator.personId}
      now={now}
      current="clinics"
      acts={{ take: takeCaseAction.bind(null, id), move: moveCaseAction.bind(null, id) }}
    >
      <div className="space-y-gap-l">
        <div className={asks ? "grid gap-gap-l xl:grid-cols-[minmax(0,1fr)_minmax(0,26rem)]" : ""}>
          <section aria-labelledby="answers" className="space-y-1">
            <h2 id="answers" className="text-md">
              {t("reviews")}
            </h2>
            <PartPlace part={reviews} name={t("reviews")} here={here}>
              {(found) =>
                found === null || found.length === 0 ? (
                  <p className="text-ink-soft">{t("noReviews")}</p>
                ) : (
                  found.map((review) => (
                    <ReviewCard
                      key={review.id}
                      review={reviewViewOf(review, "coordinator")}
                      zone={DESK_ZONE}
                    />
                  ))
                )
              }
            </PartPlace>
          </section>
          {asks ? (
            <PartPlace part={clinics} name={t("send")} here={here}>
              {(found) => <SendToClinics clinics={found} action={sendToClinicsAction.bind(null, id)} />}
            </PartPlace>
          ) : null}
        </div>
        <PartPlace part={opinions} name={second("case")} here={here}>
          {(found) => <CaseOpinions opinions={found ?? []} />}
        </PartPlace>
        <PartPlace part={names} name={t("consents")} here={here}>
          {(found) => <ConsentTable consents={facts.consents} clinicNames={found} />}
        </PartPlace>
      </div>
    </CaseFrame>
  );
}
