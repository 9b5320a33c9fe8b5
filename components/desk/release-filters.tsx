import { useLocale, useTranslations } from "next-intl";
import { FilterLinks, filterQuery } from "@/components/desk/filter-links";
import { RELEASE_STATES, SUPPLIERS } from "@/lib/payments/release";

interface ReleaseFiltersProps {
  clinics: readonly { payeeKey: string; payee: string }[];
  /** Chosen in the address; empty for all. */
  payee: string;
  state: string;
}

/** Narrows what waits and what has ended to one payee or one state. */
export function ReleaseFilters({ clinics, payee, state }: ReleaseFiltersProps) {
  const t = useTranslations("books.releases");
  const locale = useLocale();
  const hrefOf = (asked: Record<string, string>) =>
    `/${locale}/desk/money/releases?${filterQuery({ payee, state, ...asked })}#waiting`;
  return (
    <div>
      <FilterLinks
        label={t("state")}
        current={state}
        hrefOf={(value) => hrefOf({ state: value })}
        choices={[
          { value: "", label: t("all") },
          ...RELEASE_STATES.map((value) => ({ value, label: t(`states.${value}`) })),
        ]}
      />
      <FilterLinks
        label={t("payee")}
        current={payee}
        hrefOf={(value) => hrefOf({ payee: value })}
        choices={[
          { value: "", label: t("all") },
          ...clinics.map((one) => ({ value: one.payeeKey, label: one.payee })),
          { value: SUPPLIERS, label: t("suppliers") },
        ]}
      />
    </div>
  );
}
