import { useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { TreatmentWords } from "@/components/desk/step-words";
import { ReviewState } from "@/components/reviews/review-card";
import { Breadcrumbs } from "@/components/ui/breadcrumbs";
import { formatMoment } from "@/components/ui/format";
import { PageHeader } from "@/components/ui/page-header";
import { Tabs } from "@/components/ui/tabs";
import { StateTag } from "@/components/ui/tag";
import type { ReviewView } from "@/lib/reviews/views/review";

interface ReviewFrameProps {
  review: ReviewView;
  zone: string;
  /** Messages of this case the reader has not read. */
  unread: number;
  current: "case" | "numbers" | "answer" | "messages";
  act?: ReactNode;
  children: ReactNode;
}

/** What stands on every page of a review: which case, where the answer stands, by when. */
export function ReviewFrame({ review, zone, unread, current, act, children }: ReviewFrameProps) {
  const t = useTranslations("cabinet.review");
  const inbox = useTranslations("cabinet.inbox");
  const words = useTranslations("unread");
  const locale = useLocale();
  const base = `/${locale}/cabinet`;
  const own = `${base}/reviews/${review.id}`;
  const tabs = [
    { href: own, label: t("tabs.case"), current: current === "case" },
    { href: `${own}/numbers`, label: t("tabs.numbers"), current: current === "numbers" },
    { href: `${own}/answer`, label: t("tabs.answer"), current: current === "answer" },
    {
      href: `${own}/messages`,
      label: t("tabs.messages"),
      current: current === "messages",
      ...(unread > 0 ? { count: words("mark", { count: unread }) } : {}),
    },
  ];
  return (
    <>
      <PageHeader
        above={<Breadcrumbs label={t("crumbs")} crumbs={[{ href: `${base}/reviews`, label: t("back") }]} />}
        title={
          <span className="flex flex-wrap items-center gap-2">
            <bdi>{review.caseNumber}</bdi>
            <ReviewState review={review} />
            {review.urgent ? <StateTag tone="danger">{inbox("urgent")}</StateTag> : null}
            {review.opinionDueAt ? <StateTag tone="info">{inbox("opinion")}</StateTag> : null}
          </span>
        }
        lead={
          <>
            <TreatmentWords slug={review.treatment} /> ·{" "}
            {t("due", { when: formatMoment(new Date(review.dueAt), zone, locale) })}
            {review.opinionDueAt ? (
              <span className="block">
                {t("opinionDue", { when: formatMoment(new Date(review.opinionDueAt), zone, locale) })}
              </span>
            ) : null}
          </>
        }
        {...(act ? { act } : {})}
      />
      <div className="mb-gap-l">
        <Tabs label={t("tabs.label")} tabs={tabs} />
      </div>
      {children}
    </>
  );
}
