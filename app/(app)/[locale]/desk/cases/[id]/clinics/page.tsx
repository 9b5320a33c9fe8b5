import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { notFound } from "next/navigation";
import { CaseFrame } from "@/components/desk/case-frame";
import { ConsentTable } from "@/components/desk/consent-table";
import { SendToClinics } from "@/components/desk/send-to-clinics";
import { ReviewCard } from "@/components/reviews/review-card";
import { DESK_ZONE } from "@/lib/desk/clock";
import { openDeskCase } from "@/lib/desk/open-desk-case";
import { clinicNames, consentedClinics } from "@/lib/desk/queries/case";
import { requireCoordinator } from "@/lib/infra/session";
import { reviewsOfCase } from "@/lib/reviews/queries";
import { reviewViewOf } from "@/lib/reviews/views";
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
  const clinics = await consentedClinics(coordinator, id);
  const reviews = (await reviewsOfCase(coordinator, id)) ?? [];
  const names = await clinicNames(
    coordinator,
    facts.consents.flatMap((consent) => consent.clinicId ?? []),
  );
  const isMine = facts.ownerId === coordinator.personId;
  const asks = isMine && clinics.length > 0 && MAY_ASK.includes(facts.stage);
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
            {reviews.length === 0 ? <p className="text-ink-soft">{t("noReviews")}</p> : null}
            {reviews.map((review) => (
              <ReviewCard key={review.id} review={reviewViewOf(review, "coordinator")} zone={DESK_ZONE} />
            ))}
          </section>
          {asks ? <SendToClinics clinics={clinics} action={sendToClinicsAction.bind(null, id)} /> : null}
        </div>
        <ConsentTable consents={facts.consents} clinicNames={names} />
      </div>
    </CaseFrame>
  );
}
