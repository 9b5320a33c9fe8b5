import { useLocale, useTranslations } from "next-intl";
import { Tabs } from "@/components/ui/tabs";

const PLACES = ["general", "money", "rates", "centres", "suppliers", "catalogue"] as const;
type SettingsPlace = (typeof PLACES)[number];
type SettingsReader = "admin" | "finance" | "coordinator";

const READ: Readonly<Record<SettingsReader, readonly SettingsPlace[]>> = {
  admin: PLACES,
  finance: ["money", "rates", "centres"],
  coordinator: ["suppliers", "catalogue"],
};

/** The pages of settings, each with its own address: finance reads those about money, coordinators those about services. */
export function SettingsTabs({ here, reader }: { here: SettingsPlace; reader: SettingsReader }) {
  const t = useTranslations("moneySettings.places");
  const locale = useLocale();
  return (
    <div className="mb-gap-m">
      <Tabs
        label={t("label")}
        wraps
        tabs={READ[reader].map((place) => ({
          href: `/${locale}/desk/settings${place === "general" ? "" : `/${place}`}`,
          label: t(place),
          current: place === here,
        }))}
      />
    </div>
  );
}
