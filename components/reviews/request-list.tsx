import { useTranslations } from "next-intl";
import { textOf } from "@/components/reviews/review-card";
import type { ReviewView } from "@/lib/reviews/views/review";

interface RequestListProps {
  reviews: readonly ReviewView[];
  /** The titles of the checklist's lines by their codes. */
  titles: ReadonlyMap<string, string>;
}

/** What centres wait for before they can answer, in their own words. */
export function RequestList({ reviews, titles }: RequestListProps) {
  const t = useTranslations("answers");
  return (
    <ul className="divide-y divide-line">
      {reviews.map((review) => (
        <li key={review.id} className="space-y-1 py-gap">
          <p className="font-semibold">
            <bdi>{review.clinicName}</bdi>
          </p>
          <p className="text-sm text-ink-soft">{t("requests")}</p>
          <ul className="list-disc ps-5">
            {review.requests.map((request, index) => (
              <li key={index} dir="auto" className="whitespace-pre-line [unicode-bidi:plaintext]">
                {textOf(named(request, titles))}
              </li>
            ))}
          </ul>
        </li>
      ))}
    </ul>
  );
}

/** A request that names a line of the checklist by its code is read by its title. */
function named(request: unknown, titles: RequestListProps["titles"]): unknown {
  if (typeof request !== "object" || request === null || !("item" in request)) return request;
  const { item } = request;
  return { ...request, item: typeof item === "string" ? (titles.get(item) ?? item) : undefined };
}
