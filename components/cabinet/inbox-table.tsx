import { useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { TreatmentWords } from "@/components/desk/step-words";
import { UnreadMark } from "@/components/messages/unread-mark";
import { ReviewState } from "@/components/reviews/review-card";
import { ClockArc } from "@/components/ui/clock-arc";
import { formatMoment } from "@/components/ui/format";
import { Table } from "@/components/ui/table";
import { StateTag } from "@/components/ui/tag";
import { TextLink } from "@/components/ui/text-link";
import type { ReviewView } from "@/lib/reviews/views/review";

interface InboxTableProps {
  id: string;
  heading: string;
  /** With the number of messages of its case the reader has not read. */
  reviews: readonly (ReviewView & { unread: number })[];
  zone: string;
  /** Where a review is opened: `${base}/${id}`. */
  base: string;
  now: Date;
  empty: ReactNode;
}

/** Questions to a centre, each with its clock. */
export function InboxTable({ id, heading, reviews, zone, base, now, empty }: InboxTableProps) {
  const t = useTranslations("cabinet.inbox");
  const verdicts = useTranslations("verdicts");
  const locale = useLocale();
  return (
    <section aria-labelledby={id}>
      <h2 id={id} className="text-md">
        {heading}
      </h2>
      <Table
        caption={heading}
        hideCaption
        stacked
        rows={reviews}
        rowKey={(row) => row.id}
        empty={empty}
        columns={[
          {
            key: "case",
            label: t("case"),
            cell: (row) => (
              <span className="flex flex-wrap items-center gap-2">
                <TextLink href={`${base}/${row.id}`}>
                  <bdi>{row.caseNumber}</bdi>
                </TextLink>
                {row.urgent ? <StateTag tone="danger">{t("urgent")}</StateTag> : null}
                {row.opinionDueAt ? <StateTag tone="info">{t("opinion")}</StateTag> : null}
                <UnreadMark count={row.unread} />
              </span>
            ),
          },
          { key: "treatment", label: t("treatment"), cell: (row) => <TreatmentWords slug={row.treatment} /> },
          { key: "state", label: t("state"), cell: (row) => <ReviewState review={row} /> },
          { key: "verdict", label: t("verdict"), cell: (row) => (row.verdict ? verdicts(row.verdict) : "–") },
          {
            key: "asked",
            label: t("asked"),
            cell: (row) => formatMoment(new Date(row.requestedAt), zone, locale),
          },
          { key: "due", label: t("due"), cell: (row) => <DueBy review={row} zone={zone} now={now} /> },
        ]}
      />
    </section>
  );
}

/** The clock of an open question; an answered one shows its day only. */
function DueBy({ review, zone, now }: { review: ReviewView; zone: string; now: Date }) {
  const t = useTranslations("cabinet.inbox");
  const locale = useLocale();
  const dueAt = new Date(review.dueAt);
  const label = formatMoment(dueAt, zone, locale);
  const begun = new Date(review.requestedAt).getTime();
  const gone = (now.getTime() - begun) / Math.max(1, dueAt.getTime() - begun);
  return (
    <>
      {["requested", "opened"].includes(review.state) ? <ClockArc gone={gone} label={label} /> : label}
      {review.opinionDueAt ? (
        <span className="block text-sm text-ink-soft">
          {t("opinionDue", { when: formatMoment(new Date(review.opinionDueAt), zone, locale) })}
        </span>
      ) : null}
    </>
  );
}
