import { useTranslations } from "next-intl";
import { ReviewCard } from "@/components/reviews/review-card";
import { TextLink } from "@/components/ui/text-link";
import { isNegative } from "@/lib/reviews/review";
import type { ReviewView } from "@/lib/reviews/views/review";

interface AnswerListProps {
  reviews: readonly ReviewView[];
  /** IANA name of the reader's zone. */
  zone: string;
  /** Where the report about a "no" lies. */
  documents: string;
}

/** What each clinic said, as far as two of its doctors have signed it; what a clinic still waits for, in its words. */
export function AnswerList({ reviews, zone, documents }: AnswerListProps) {
  const t = useTranslations("my.clinics");
  if (reviews.length === 0) return <p className="text-ink-soft">{t("noAnswers")}</p>;
  return (
    <div>
      {reviews.map((review) => (
        <ReviewCard key={review.id} review={review} zone={zone}>
          {review.state === "declined" || (review.binding && isNegative(review.verdict)) ? (
            <p>
              <TextLink href={documents}>{t("declineReport")}</TextLink>
            </p>
          ) : null}
        </ReviewCard>
      ))}
    </div>
  );
}
