import { useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { ReviewAnswer } from "@/components/reviews/review-answer";
import { formatDay, formatMoment } from "@/components/ui/format";
import { Notice } from "@/components/ui/notice";
import { StateTag } from "@/components/ui/tag";
import { isPositive } from "@/lib/reviews/review";
import type { ReviewView } from "@/lib/reviews/views/review";

interface ReviewCardProps {
  review: ReviewView;
  /** IANA name of the zone the reader lives in. */
  zone: string;
  /** What the reader may do with it. */
  children?: ReactNode;
}

/** One question to one centre and its answer as far as this reader may see it. */
export function ReviewCard({ review, zone, children }: ReviewCardProps) {
  const t = useTranslations("answers");
  const items = useTranslations("records.items");
  const itemName = (code: string) =>
    items.has(`${code as "ecg"}.title`) ? items(`${code as "ecg"}.title`) : code;
  const locale = useLocale();
  const when = (at: string) => formatMoment(new Date(at), zone, locale);
  const facts = [
    review.round > 1 ? t("round", { round: review.round }) : null,
    t("askedOn", { when: when(review.requestedAt) }),
    review.firstSignedAt
      ? t("answeredOn", { when: when(review.firstSignedAt) })
      : t("dueBy", { when: when(review.dueAt) }),
    review.answerExpiresAt && review.binding
      ? t("validUntil", { when: formatDay(review.answerExpiresAt.slice(0, 10), locale) })
      : null,
  ];
  return (
    <article className="space-y-gap border-t border-line py-gap-m first:border-t-0 first:pt-0">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <h3 className="text-md">
          <bdi>{review.clinicName}</bdi>
        </h3>
        <ReviewState review={review} />
      </div>
      <p className="text-sm text-ink-soft">{facts.filter((fact) => fact !== null).join(" · ")}</p>
      {review.reconfirm && isPositive(review.verdict) ? (
        <Notice tone="attention">{t("reconfirm")}</Notice>
      ) : null}
      {review.verdict ? <Verdict review={review} /> : null}
      {review.declineReason ? <Said term={t("declined")} lines={[review.declineReason]} /> : null}
      {review.requests.length > 0 ? (
        <Said term={t("requests")} lines={review.requests.map((request) => textOf(request, itemName))} />
      ) : null}
      {review.answer ? (
        <details open>
          <summary className="link inline-flex min-h-control items-center">{t("details")}</summary>
          <ReviewAnswer answer={review.answer} />
          <p className="pt-2 text-sm text-ink-soft">{t("disclaimer")}</p>
        </details>
      ) : null}
      {children}
    </article>
  );
}

/** Only a yes looks like one. */
const VERDICT_TONES = {
  eligible: "good",
  eligible_with_conditions: "good",
  need_more_data: "attention",
  not_eligible: "info",
  refer_elsewhere: "info",
} as const;

export function ReviewState({ review }: { review: ReviewView }) {
  const t = useTranslations("answers");
  const verdicts = useTranslations("verdicts.state");
  if (review.state === "decided" && review.binding) {
    const tone = review.verdict ? VERDICT_TONES[review.verdict] : "info";
    return <StateTag tone={tone}>{t("binding")}</StateTag>;
  }
  if (review.state === "decided") return <StateTag tone="attention">{t("preliminary")}</StateTag>;
  const isOver = ["declined", "expired", "withdrawn"].includes(review.state);
  return (
    <StateTag tone={isOver ? "still" : review.state === "more_info" ? "attention" : "info"}>
      {verdicts(review.state)}
    </StateTag>
  );
}

function Verdict({ review }: { review: ReviewView }) {
  const t = useTranslations("answers");
  const verdicts = useTranslations("verdicts");
  const { firstSigner: first, secondSigner: second } = review;
  return (
    <div className="space-y-gap">
      {review.blocksTravel ? <Notice tone="danger">{t("blocksTravel")}</Notice> : null}
      <p className="font-semibold">{review.verdict ? verdicts(review.verdict) : null}</p>
      {first ? (
        <p className="text-sm text-ink-soft">
          {second ? t("signers", { first, second }) : t("oneSigner", { first })}
        </p>
      ) : null}
      {review.reason ? <Said term={t("reason")} lines={[review.reason]} /> : null}
      {review.conditions.length > 0 ? (
        <Said term={t("conditions")} lines={review.conditions.map((condition) => textOf(condition))} />
      ) : null}
    </div>
  );
}

function Said({ term, lines }: { term: string; lines: readonly string[] }) {
  return (
    <div>
      <p className="text-sm text-ink-soft">{term}</p>
      <ul className={lines.length > 1 ? "list-disc ps-5" : ""}>
        {lines.map((line, index) => (
          <li key={index} dir="auto" className="whitespace-pre-line [unicode-bidi:plaintext]">
            {line}
          </li>
        ))}
      </ul>
    </div>
  );
}

/** A condition or request as one line: its text, who owns it, by when. */
export function textOf(value: unknown, itemName: (code: string) => string = (code) => code): string {
  if (typeof value === "string") return value;
  if (typeof value !== "object" || value === null) return "";
  const { item, text, reason, owner, dueOn } = value as Record<string, unknown>;
  const named = typeof item === "string" ? itemName(item) : item;
  return [named, text, reason, owner, dueOn]
    .filter((part) => typeof part === "string" && part !== "")
    .join(" – ");
}
