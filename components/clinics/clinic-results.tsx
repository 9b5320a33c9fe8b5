import { useTranslations } from "next-intl";
import { Pager } from "@/components/ui/pager";
import { formatDay } from "@/components/ui/format";
import { rateSource } from "@/lib/clinics/rate-source";
import type { SearchAnswer } from "@/lib/clinics/views/catalogue";
import { ClinicCard } from "./clinic-card";
import { listAddress, type SearchFilters } from "./search-address";

interface ClinicResultsProps {
  locale: string;
  answer: SearchAnswer;
  filters: SearchFilters;
  isFirstPage: boolean;
}

/** The cards in one form: ticking and sending leads to the comparison without any script. */
export function ClinicResults({ locale, answer, filters, isFirstPage }: ClinicResultsProps) {
  const t = useTranslations("clinics");
  const sources = useTranslations("estimateRates.sources");
  const pager = useTranslations("common.pager");
  const { rate } = answer;
  return (
    <form action={`/${locale}/compare`} aria-label={t("search.cards")} className="hits">
      <p className="no-print text-sm text-ink-soft">{t("card.compareHint")}</p>
      {filters.treatment === undefined ? null : (
        <input type="hidden" name="treatment" value={filters.treatment} />
      )}
      {answer.items.map((clinic) => (
        <ClinicCard key={clinic.slug} clinic={clinic} locale={locale} />
      ))}
      <div className="hits-bar no-print">
        <button type="submit" className="button button-primary">
          {t("card.compareSelected")}
          <span className="hits-count" />
        </button>
      </div>
      {rate === null ? null : (
        <p className="mt-gap text-sm text-ink-soft">
          {filters.currency === undefined
            ? t("card.inEuros")
            : t("card.rate", {
                day: formatDay(rate.at.slice(0, 10), locale),
                source: rateSource(rate.source, sources),
              })}
        </p>
      )}
      <Pager
        label={pager("label")}
        firstLabel={pager("first")}
        nextLabel={pager("next")}
        first={isFirstPage ? undefined : listAddress(locale, filters)}
        next={answer.next === null ? undefined : listAddress(locale, filters, { cursor: answer.next })}
      />
    </form>
  );
}
