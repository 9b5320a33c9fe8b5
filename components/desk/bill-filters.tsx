import { useLocale, useTranslations } from "next-intl";
import { FilterLinks, filterQuery } from "@/components/desk/filter-links";
import { formatNumber } from "@/components/ui/format";
import type { BookingToSettle } from "@/lib/desk/queries/bills";

interface BillFiltersProps {
  bookings: readonly BookingToSettle[];
  /** Chosen in the address; empty for all. */
  clinic: string;
  state: string;
}

/** Narrows the list to one state or one centre; each says how many rows it has. */
export function BillFilters({ bookings, clinic, state }: BillFiltersProps) {
  const t = useTranslations("bills.desk");
  const locale = useLocale();
  const clinics = [...new Map(bookings.map((one) => [one.clinicId, one.clinic]))].toSorted(
    ([, one], [, other]) => one.localeCompare(other, locale),
  );
  const places = [...new Set(bookings.map((one) => one.place))];
  const counted = (of: (one: BookingToSettle) => boolean) => formatNumber(bookings.filter(of).length, locale);
  const hrefOf = (asked: Record<string, string>) =>
    `/${locale}/desk/money/bills?${filterQuery({ clinic, state, ...asked })}`;
  if (bookings.length === 0) return null;
  return (
    <div>
      <FilterLinks
        label={t("state")}
        current={state}
        hrefOf={(value) => hrefOf({ state: value })}
        choices={[
          { value: "", label: t("all") },
          ...places.map((place) => ({
            ...{ value: place, label: t(`states.${place}`) },
            count: counted((one) => one.place === place),
          })),
        ]}
      />
      <FilterLinks
        label={t("clinic")}
        current={clinic}
        hrefOf={(value) => hrefOf({ clinic: value })}
        choices={[
          { value: "", label: t("all") },
          ...clinics.map(([value, label]) => ({
            ...{ value, label },
            count: counted((one) => one.clinicId === value),
          })),
        ]}
      />
    </div>
  );
}
