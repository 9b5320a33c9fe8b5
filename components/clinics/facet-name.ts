import { useLocale, useTranslations } from "next-intl";
import { formatCountry, formatLanguage } from "@/components/ui/format";
import { deviceNameOf } from "@/lib/clinics/views/catalogue";
import type { Facet } from "@/lib/clinics/search";
import { isAccessRoute, isTreatment } from "@/lib/guides/treatment";

/** What one value of a facet is called in the reader's language: ("country", "DE") is "Germany". */
export function useFacetName(): (facet: Facet, value: string) => string {
  const locale = useLocale();
  const t = useTranslations("guides");
  return (facet, value) => {
    switch (facet) {
      case "treatment":
        return isTreatment(value) ? t(`treatment.${value}.short`) : value;
      case "access":
        return isAccessRoute(value) ? t(`access.${value}`) : value;
      case "device":
        return deviceNameOf(value);
      case "country":
        return nameOr(value, () => formatCountry(value, locale));
      case "language":
        return nameOr(value, () => formatLanguage(value, locale));
      case "accreditation":
        return value;
    }
  };
}

/** Codes come from an address anybody can type: Intl refuses what is no code. */
function nameOr(value: string, name: () => string): string {
  return /^[A-Za-z]{2,3}$/.test(value) ? name() : value;
}
