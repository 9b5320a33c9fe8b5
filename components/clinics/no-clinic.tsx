import { useTranslations } from "next-intl";
import { EmptyState } from "@/components/ui/empty-state";
import { PlainLink, PlainLinkButton } from "@/components/ui/plain-link";
import { useChosenNames } from "./chosen-filters";
import { listAddress, type SearchFilters } from "./search-address";

interface NoClinicProps {
  locale: string;
  filters: SearchFilters;
  /** How many centres there would be without each chosen filter. */
  without: Readonly<Record<string, number>>;
}

/** Nothing found: says which single filter to drop, and that a person can be asked. */
export function NoClinic({ locale, filters, without }: NoClinicProps) {
  const t = useTranslations("clinics.search.empty");
  const helpful = useChosenNames(locale, filters).filter(({ key }) => (without[key] ?? 0) > 0);
  return (
    <EmptyState
      title={t("title")}
      act={
        <div className="flex flex-wrap justify-center gap-gap">
          <PlainLinkButton href={`/${locale}/clinics`}>{t("all")}</PlainLinkButton>
          <PlainLinkButton href={`/${locale}/start`} look="primary">
            {t("ask")}
          </PlainLinkButton>
        </div>
      }
    >
      <p>{t("body")}</p>
      <ul className="mt-gap">
        {helpful.map(({ key, name }) => (
          <li key={key}>
            <PlainLink href={listAddress(locale, filters, { [key]: "" })}>
              {t("drop", { name: `\u2068${name}\u2069`, count: without[key] ?? 0 })}
            </PlainLink>
          </li>
        ))}
      </ul>
    </EmptyState>
  );
}
