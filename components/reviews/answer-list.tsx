import { useTranslations } from "next-intl";
import { formatMoment } from "@/components/ui/format";
import { StateTag } from "@/components/ui/tag";
import type { ReviewView } from "@/lib/reviews/views";

interface AnswerListProps {
  reviews: readonly ReviewView[];
  locale: string;
  /** IANA name of the reader's zone. */
  zone: string;
}

/** What each clinic said, as far as two of its doctors have signed it. */
export function AnswerList({ reviews, locale, zone }: AnswerListProps) {
  const t = useTranslations("my.clinics");
  const verdicts = useTranslations("verdicts");
  if (reviews.length === 0) return <p className="text-ink-soft">{t("noAnswers")}</p>;
  return (
    <ul className="divide-y divide-line">
      {reviews.map((review) => (
        <li key={review.id} className="space-y-1 py-gap">
          <p className="flex flex-wrap items-center gap-gap">
            <bdi className="font-semibold">{review.clinicName}</bdi>
            <StateTag tone={review.binding ? "good" : "info"}>
              {review.binding && review.verdict
                ? verdicts(review.verdict)
                : verdicts(`state.${review.state}`)}
            </StateTag>
          </p>
          {review.binding && review.reason ? <p dir="auto">{review.reason}</p> : null}
          <p className="text-sm text-ink-soft">
            {t("waiting", {
              when: formatMoment(new Date(review.requestedAt), zone, locale),
              due: formatMoment(new Date(review.dueAt), zone, locale),
            })}
          </p>
          {review.binding ? <p className="text-sm text-ink-soft">{review.disclaimer}</p> : null}
        </li>
      ))}
    </ul>
  );
}
