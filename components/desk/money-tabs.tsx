import { useLocale, useTranslations } from "next-intl";
import { Tabs } from "@/components/ui/tabs";

const PLACES = [
  ...(["today", "disputes", "returns", "releases", "opinions"] as const),
  ...(["bills", "accounts", "papers", "months"] as const),
] as const;
export type MoneyPlace = (typeof PLACES)[number];

/** The pages of finance, each with its own address. */
export function MoneyTabs({ here }: { here: MoneyPlace }) {
  const t = useTranslations("books.places");
  const locale = useLocale();
  return (
    <div className="mb-gap-m">
      <Tabs
        label={t("label")}
        wraps
        tabs={PLACES.map((place) => ({
          href: `/${locale}/desk/money${place === "today" ? "" : `/${place}`}`,
          label: t(place),
          current: place === here,
        }))}
      />
    </div>
  );
}
