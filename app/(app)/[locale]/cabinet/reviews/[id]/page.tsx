import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { notFound } from "next/navigation";
import { AskMoreForm, OneStep, ReasonForm } from "@/components/cabinet/review-acts";
import { ReviewFrame } from "@/components/cabinet/review-frame";
import { IntakeAnswers } from "@/components/desk/intake-answers";
import { RecordPanel } from "@/components/desk/record-panel";
import { ClosedLines } from "@/components/records/closed-lines";
import { StudyDownloads } from "@/components/records/study-downloads";
import { LinkButton } from "@/components/ui/button";
import { visitCase } from "@/lib/cases/open-case";
import { caseViewOf } from "@/lib/cases/views";
import { ownClinic } from "@/lib/desk/queries/cabinet";
import { requireClinicReviewer } from "@/lib/infra/session";
import { isUuid } from "@/lib/kernel/ids";
import { unreadOfCases } from "@/lib/messages/queries";
import { studiesOfCase } from "@/lib/records/find-studies";
import { checklistForCase, recordsOfCase } from "@/lib/records/queries";
import { showRecord } from "@/lib/records/views/record";
import { readReview } from "@/lib/reviews/read-review";
import { isBinding, isOpen, isPositive, needsAnswer } from "@/lib/reviews/review";
import { reviewViewOf } from "@/lib/reviews/views/review";
import { askMoreAction, confirmAnswerAction, declineAction, openReviewAction } from "./actions";

interface ReviewProps {
  params: Promise<{ id: string }>;
}

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("cabinet.review.tabs");
  return { title: t("case") };
}

const FILES_SHOWN = 6_000;

export default async function ReviewPage({ params }: ReviewProps) {
  const reviewer = await requireClinicReviewer();
  const { id } = await params;
  const review = isUuid(id) ? await readReview(reviewer, id) : null;
  const facts = review && (await visitCase(reviewer, review.caseId, new Date()));
  if (!review || !facts) notFound();
  const files = await recordsOfCase(reviewer, review.caseId, { limit: FILES_SHOWN });
  const studies = (await studiesOfCase(reviewer, review.caseId)) ?? [];
  const lines = (await checklistForCase(reviewer, review.caseId)) ?? [];
  const { timeZone } = await ownClinic(reviewer);
  const unread = (await unreadOfCases(reviewer, [review.caseId])).get(review.caseId) ?? 0;
  const t = await getTranslations("cabinet.review");
  const base = `/${await getLocale()}/cabinet/reviews/${id}`;
  const { state } = review;
  const view = reviewViewOf(review, "clinic_reviewer");
  const words = { heading: t("records"), none: t("noRecords"), lead: t("recordsLead") };
  return (
    <ReviewFrame review={view} zone={timeZone} unread={unread} current="case">
      <div className="grid gap-gap-l xl:grid-cols-[minmax(0,1fr)_minmax(0,26rem)]">
        <div className="space-y-gap-l">
          <RecordPanel
            records={(files?.items ?? []).map(showRecord)}
            base={`${base}/records`}
            judge={null}
            words={words}
          />
          <StudyDownloads caseId={review.caseId} studies={studies} />
          <ClosedLines lines={lines} />
          <IntakeAnswers view={caseViewOf(facts, "clinic_reviewer")} />
        </div>
        <div className="space-y-gap-m">
          {state === "requested" || state === "more_info" ? (
            <OneStep
              lead={t("openLead")}
              label={state === "requested" ? t("open") : t("goOn")}
              action={openReviewAction.bind(null, id)}
            />
          ) : null}
          {state === "opened" ? (
            <>
              <LinkButton look="primary" href={`${base}/answer`}>
                {t("toAnswer")}
              </LinkButton>
              <AskMoreForm action={askMoreAction.bind(null, id)} />
            </>
          ) : null}
          {isBinding(review) && isPositive(review.verdict) && needsAnswer(facts.stage) ? (
            <OneStep
              lead={t(view.reconfirm ? "confirmAsked" : "confirmLead")}
              label={t("confirm")}
              action={confirmAnswerAction.bind(null, id)}
            />
          ) : null}
          {isOpen(state) ? <ReasonForm kind="decline" action={declineAction.bind(null, id)} /> : null}
        </div>
      </div>
    </ReviewFrame>
  );
}
