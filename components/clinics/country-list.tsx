import { useTranslations } from "next-intl";
import { formatCountry } from "@/components/ui/format";
import { PlainLink } from "@/components/ui/plain-link";

interface CountryListProps {
  /** Code and number of published centres. */
  countries: readonly { code: string; centres: number; hasGuide: boolean }[];
  locale: string;
}

/** Each country with its centres and, where one is written, its guide to entry, visa and medicines. */
export function CountryList({ countries, locale }: CountryListProps) {
  const t = useTranslations("clinics.map");
  return (
    <ul className="grid gap-x-gap-l sm:grid-cols-2 lg:grid-cols-3">
      {countries.map(({ code, centres, hasGuide }) => (
        <li key={code} className="flex min-h-11 flex-wrap items-baseline gap-x-3 border-b border-line py-2">
          {hasGuide ? (
            <PlainLink href={`/${locale}/countries/${code}`}>{formatCountry(code, locale)}</PlainLink>
          ) : (
            <span>{formatCountry(code, locale)}</span>
          )}
          <span className="ms-auto text-base">
            <PlainLink href={`/${locale}/clinics?country=${code}`}>
              {t("centres", { count: centres })}
            </PlainLink>
          </span>
        </li>
      ))}
    </ul>
  );
}
