import { useLocale, useTranslations } from "next-intl";
import { formatMoment, formatMoney } from "@/components/ui/format";
import { StateTag } from "@/components/ui/tag";
import { DESK_ZONE } from "@/lib/desk/clock";
import type { OpinionRow } from "@/lib/reviews/read-opinions";

/** The second opinions of a case for its coordinator: which is paid, and whether the centre is still to be asked. */
export function CaseOpinions({ opinions }: { opinions: readonly OpinionRow[] }) {
  const t = useTranslations("opinions");
  const locale = useLocale();
  if (opinions.length === 0) return null;
  return (
    <section aria-labelledby="second-opinions" className="space-y-1">
      <h2 id="second-opinions" className="text-md">
        {t("desk.case")}
      </h2>
      <ul className="divide-y divide-line">
        {opinions.map((one) => {
          const { id, state, clinic, number, feeMinor, currency, reviewId, dueAt, endCause } = one;
          return (
            <li key={id} className="flex flex-wrap items-center gap-x-3 gap-y-1 py-2">
              <bdi className="font-semibold">{clinic.name}</bdi>
              <StateTag tone={state === "paid" ? "attention" : "still"}>{t(`desk.states.${state}`)}</StateTag>
              <span className="text-ink-soft tabular">
                <bdi>{number}</bdi>, <bdi>{formatMoney(feeMinor, currency, locale)}</bdi>
              </span>
              {state === "paid" && dueAt ? (
                <span>{t("desk.due", { when: formatMoment(dueAt, DESK_ZONE, locale) })}</span>
              ) : null}
              {state === "paid" && reviewId === null ? <span>{t("desk.toAsk")}</span> : null}
              {endCause ? <span className="text-ink-soft">{t(`ends.${endCause as "declined"}`)}</span> : null}
            </li>
          );
        })}
      </ul>
    </section>
  );
}
