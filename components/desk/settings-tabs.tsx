import { useLocale, useTranslations } from "next-intl";
import { Tabs } from "@/components/ui/tabs";

const PLACES = ["general", "money", "rates", "centres"] as const;
export type SettingsPlace = (typeof PLACES)[number];

/** The pages of settings, each with its own address; finance reads those about money. */
export function SettingsTabs({ here, isAdmin }: { here: SettingsPlace; isAdmin: boolean }) {
  const t = useTranslations("moneySettings.places");
  const locale = useLocale();
  return (
    <div className="mb-gap-m">
      <Tabs
        label={t("label")}
        wraps
        tabs={PLACES.filter((place) => isAdmin || place !== "general").map((place) => ({
          href: `/${locale}/desk/settings${place === "general" ? "" : `/${place}`}`,
          label: t(place),
          current: place === here,
        }))}
      />
    </div>
  );
}
