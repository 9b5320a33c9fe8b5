import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { notFound } from "next/navigation";
import { DecideForm } from "@/components/cabinet/decide-form";
import { OneStep, ReasonForm } from "@/components/cabinet/review-acts";
import { ReviewFrame } from "@/components/cabinet/review-frame";
import { ReviewCard } from "@/components/reviews/review-card";
import { ownClinic } from "@/lib/desk/queries/cabinet";
import { requireClinicReviewer } from "@/lib/infra/session";
import { isUuid } from "@/lib/kernel/ids";
import { unreadOfCases } from "@/lib/messages/queries";
import { readReview } from "@/lib/reviews/read-review";
import { isBinding } from "@/lib/reviews/review";
import { reviewViewOf } from "@/lib/reviews/views/review";
import { countersignAction, decideAction, openReviewAction, reopenAction } from "../actions";

interface AnswerProps {
  params: Promise<{ id: string }>;
}

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("cabinet.review.tabs");
  return { title: t("answer") };
}

export default async function AnswerPage({ params }: AnswerProps) {
  const reviewer = await requireClinicReviewer();
  const { id } = await params;
  const review = isUuid(id) ? await readReview(reviewer, id) : null;
  if (!review) notFound();
  const { timeZone, country } = await ownClinic(reviewer);
  const unread = (await unreadOfCases(reviewer, [review.caseId])).get(review.caseId) ?? 0;
  const t = await getTranslations("cabinet.review");
  const view = reviewViewOf(review, "clinic_reviewer");
  const isPreliminary = review.state === "decided" && !isBinding(review);
  const mayBegin = review.state === "requested" || review.state === "more_info";
  const isOwn = review.firstSignerId === reviewer.personId;
  return (
    <ReviewFrame review={view} zone={timeZone} unread={unread} current="answer">
      {review.state === "opened" ? (
        <DecideForm country={country} writerId={reviewer.personId} action={decideAction.bind(null, id)} />
      ) : (
        <ReviewCard review={view} zone={timeZone}>
          {isPreliminary ? (
            <div className="max-w-xl space-y-gap border-t border-line pt-gap-m">
              {isOwn ? (
                <p>{t("ownSignature")}</p>
              ) : (
                <OneStep
                  lead={t("countersignLead")}
                  label={t("countersign")}
                  action={countersignAction.bind(null, id)}
                />
              )}
              <ReasonForm kind="reopen" action={reopenAction.bind(null, id)} />
            </div>
          ) : null}
          {mayBegin ? (
            <div className="border-t border-line pt-gap-m">
              <OneStep
                lead={t("openLead")}
                label={t(review.state === "requested" ? "open" : "goOn")}
                action={openReviewAction.bind(null, id)}
              />
            </div>
          ) : null}
        </ReviewCard>
      )}
    </ReviewFrame>
  );
}
