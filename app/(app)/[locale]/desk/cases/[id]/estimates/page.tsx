import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { notFound } from "next/navigation";
import { CaseFrame } from "@/components/desk/case-frame";
import { EstimatePanel } from "@/components/desk/estimate-panel";
import { LinkButton } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { openDeskCase } from "@/lib/desk/open-desk-case";
import { operatorFees } from "@/lib/desk/queries/estimate";
import { wayToRates } from "@/lib/desk/queries/rates";
import { savedTally } from "@/lib/desk/saved-tally";
import { mayCarryEstimate } from "@/lib/estimates/estimate";
import { estimatesOfCase } from "@/lib/estimates/queries";
import { estimateView, versionBefore } from "@/lib/estimates/views";
import { requireCoordinator } from "@/lib/infra/session";
import { reviewsOfCase } from "@/lib/reviews/queries";
import { moveCaseAction, takeCaseAction } from "../actions";
import { sendEstimateAction } from "./actions";

interface EstimatesProps {
  params: Promise<{ id: string }>;
}

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("desk.case.tabs");
  return { title: t("estimates") };
}

const MAY_DRAFT = ["collecting_records", "with_centres", "choosing", "contracting"];

export default async function EstimatesPage({ params }: EstimatesProps) {
  const coordinator = await requireCoordinator();
  const { id } = await params;
  const now = new Date();
  const facts = await openDeskCase(coordinator, id, now);
  if (!facts) notFound();
  const t = await getTranslations("desk.estimates");
  const found = (await estimatesOfCase(coordinator, id)) ?? [];
  const shown = found.map((row) => ({ one: estimateView(row, now), tally: savedTally(row) }));
  const estimates = shown.map(({ one }) => one);
  const reviews = (await reviewsOfCase(coordinator, id)) ?? [];
  const fees = await operatorFees(
    coordinator,
    estimates.map((one) => one.currency),
  );
  const isMine = facts.ownerId === coordinator.personId;
  const base = `/${await getLocale()}/desk/cases/${id}/estimates`;
  const ratesHref = await wayToRates(await getLocale());
  const drafted = new Set(estimates.flatMap((one) => (one.state === "draft" ? [one.reviewId] : [])));
  const newestOf = (reviewId: string) =>
    estimates
      .filter((one) => one.reviewId === reviewId)
      .toSorted((one, other) => other.version - one.version)
      .at(0);
  const open =
    isMine && MAY_DRAFT.includes(facts.stage)
      ? reviews
          .filter((one) => mayCarryEstimate(one).ok && !drafted.has(one.id))
          .map((review) => ({ review, last: newestOf(review.id) }))
      : [];
  return (
    <CaseFrame
      facts={facts}
      meId={coordinator.personId}
      now={now}
      current="estimates"
      acts={{ take: takeCaseAction.bind(null, id), move: moveCaseAction.bind(null, id) }}
    >
      <div className="space-y-gap">
        {open.map(({ review, last }) => (
          <p key={review.id} className="flex flex-wrap items-center gap-gap">
            <bdi>{t("buildFor", { clinic: review.clinic.name })}</bdi>
            {last ? (
              <LinkButton look="quiet" href={`${base}/new?review=${review.id}&from=${last.id}`}>
                {t("again", { version: last.version })}
              </LinkButton>
            ) : null}
            <LinkButton
              look={estimates.length === 0 ? "primary" : "quiet"}
              href={`${base}/new?review=${review.id}`}
            >
              {t("build")}
            </LinkButton>
          </p>
        ))}
        {estimates.length === 0 && open.length === 0 ? (
          <EmptyState title={t("none")}>{t("noneLead")}</EmptyState>
        ) : null}
        {shown.map(({ one, tally }) => (
          <EstimatePanel
            key={one.id}
            estimate={one}
            tally={tally}
            before={versionBefore(estimates, one)}
            feeMinor={fees.get(one.currency) ?? null}
            ratesHref={ratesHref}
            editHref={`${base}/${one.id}`}
            send={isMine ? sendEstimateAction.bind(null, one.id) : null}
          />
        ))}
      </div>
    </CaseFrame>
  );
}
